import type { Route } from '../../../shared/model/port-rule.ts'
import type { RouteOut } from '../../../shared/runtime.ts'

export const status = {
  off: 'Off',
  forwardingOff: 'Off while forwarding is off',
  starting: 'Starting…',
  listening: 'Listening',
  listeningOn: (address: string) => `Listening on ${address}`,
  unbound: ({ route, isHop, why }: RouteOut) => {
    const state = { down: 'down', maintenance: 'in maintenance', mixed: 'down or in maintenance' }[why]
    const subject = isHop ? `the next hop “${route}” is` : `all next hops of “${route}” are`
    return `Not listening: ${subject} ${state}`
  },
}

export const route = {
  direct: 'Direct',
  block: 'Block',
  missing: 'missing',
  via: (kind: Route['kind'], name: string) => {
    if (kind === 'direct') return 'direct, without a next hop'
    if (kind === 'block') return 'blocked'
    return `via ${name}`
  },
}

export const rules = {
  subtitle: 'Programs connect to a local port; the traffic goes through a next hop.',
  add: 'Add rule',
  addTitle: 'Add a port rule',
  editTitle: (name: string) => `Edit ${name}`,
  search: 'Search rules',
  none: 'No port rules yet',
  noneText: 'A rule listens on a local port, and forwards what arrives there to one destination.',
  nameAndAddress: 'Rule and address',
  destinationAndRoute: 'Destination and route',
  status: 'Status',
  open: 'Open',
  rate: 'Rate',
  total: 'Total',
  on: 'On',
  order: 'Order',
  lastError: (when: string, what: string) => `${what}, ${when}`,
  selectAll: 'Select all rules',
  select: (name: string) => `Select ${name}`,
  selected: (count: number) => `${count} selected`,
  clearSelection: 'Clear the selection',
  switchOn: 'Switch on',
  switchOff: 'Switch off',
  switch: (name: string) => `${name}: on or off`,
  reorder: (name: string) => `Move ${name}`,
  reorderHint: 'Drag, or press the up and down arrow keys',
  edit: (name: string) => `Edit ${name}`,
  editItem: 'Edit…',
  explainItem: 'Explain the route…',
  duplicate: 'Duplicate…',
  copyOf: (name: string) => `Copy of ${name}`,
  removedMany: (count: number) => `Deleted ${count} rules`,
  copyAddress: 'Copy address',
  copyLine: 'Copy this line',
  copyCommand: (program: string) => `Copy ${program} line`,
  showConnections: 'Show connections',
  closeConnections: (count: number) => (count === 1 ? 'Close 1 connection' : `Close ${count} connections`),
  tryIt: 'Try it',
  tryAgain: 'Try again',
  listen: 'Listen on',
  listenKind: 'Kind of listener',
  tcp: 'TCP port',
  unix: 'Unix socket',
  listenHost: 'Listen address',
  listenPort: 'Listen port',
  listenPath: 'Socket path',
  suggest: 'Free port',
  suggestHint: 'Suggest a free port near this one',
  exposed:
    'This address is open to other machines, not only to programs on this one. Say below who may connect.',
  host: 'Destination host',
  port: 'Destination port',
  route: 'Route',
  chooseRoute: 'Choose a next hop, a list, direct or block',
  withoutHop: 'Without a next hop',
  newHop: 'New next hop…',
  name: 'Name',
  namePlaceholder: 'For example: Production database',
  sentence: 'As a gateway rule',
  allowedClients: 'Allowed clients',
  allowedClientsHint: 'Networks like 192.168.0.0/16, one per line. Empty: only this machine.',
  idle: 'Idle time-out (s)',
  idleHint: '0: connections may be idle for ever',
  limit: 'Connection limit',
  limitHint: '0: no limit',
  onFailure: 'If a connection fails',
  onFailureChoice: {
    explain: 'Tell the client why',
    reset: 'Reset the connection',
    close: 'Close the connection',
  },
  onFailureHint: {
    explain: 'In its own protocol: a page for browsers, an error for databases and mail; else a reset',
    reset: 'The client sees that something failed, not what',
    close: 'The client sees an empty answer',
  },
  optionsSummary: (idle: string, limit: string) =>
    [
      idle === '0' ? 'no idle time-out' : `${idle} s idle time-out`,
      limit === '0' ? 'no limit' : `at most ${limit}`,
    ].join(', '),
  inUse: (open: number) =>
    open === 1
      ? '1 connection is open. It is kept, and goes on as the rule was.'
      : `${open} connections are open. They are kept, and go on as the rule was.`,
  closeOnSave: 'Close them when saving',
}
