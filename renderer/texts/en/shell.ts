import type { Stage } from '../../../shared/errors.ts'
import type { Overview } from '../../state/selectors.ts'

export const common = {
  save: 'Save',
  cancel: 'Cancel',
  close: 'Close',
  copy: 'Copy',
  stop: 'Stop',
  undo: 'Undo',
  remove: 'Delete',
  retry: 'Try again',
  notLoaded: 'This part of Nexthop could not be loaded',
  notLoadedHelp: 'It comes from the Nexthop that runs: check that it still does, then try again.',
  dismiss: 'Dismiss',
  notes: 'Notifications',
  actions: 'Actions',
  moveUp: 'Move up',
  moveDown: 'Move down',
  moreOptions: 'More options',
  discardQuestion: 'Discard your changes?',
  keepEditing: 'Keep editing',
  discard: 'Discard',
  nothingFound: 'Nothing found',
  clearSearch: 'Clear the search',
  notCopied: 'The browser did not allow copying: select the text and copy it yourself',
  more: (name: string) => `More for ${name}`,
  copied: (text: string) => `Copied: ${text}`,
  removed: (name: string) => `Deleted “${name}”`,
  nothingFoundText: (query: string) => `Nothing here matches “${query}”.`,
}

export const nav = {
  label: 'Views',
  skip: 'Skip to the content',
  rules: 'Port rules',
  hops: 'Next hops',
  connections: 'Connections',
  log: 'Log',
  settings: 'Settings',
  failed: (count: number) => (count === 1 ? '1 rule can not listen' : `${count} rules can not listen`),
}

export const header = {
  forwarding: 'Forwarding',
  opened: (count: number) => `${count} so far`,
  state: (isOn: boolean, { rules, enabled, listening, failed }: Overview) => {
    if (rules === 0) return 'No rules yet'
    if (!isOn) return 'Off: nothing listens'
    if (failed > 0) return `On: ${listening} of ${enabled} rules listen, ${failed} can not`
    if (enabled === 0) return 'On, but every rule is off'
    return listening === 1 ? 'On: 1 rule listens' : `On: ${listening} rules listen`
  },
}

export const line = {
  loading: 'Loading…',
  lost: 'The line to Nexthop is lost. Reconnecting… What you see is the last that was known.',
  signedOut:
    'Nexthop does not know this browser any more. Open the link that "nexthop serve" printed; then this window goes on by itself.',
  noState: 'Nexthop can not be reached',
  engineRestarting:
    'The engine stopped and is starting again. Open connections were lost; the rules come back.',
  engineStopped: 'The engine is stopped: nothing is forwarded. Restart Nexthop; the log says why.',
}

export const traffic = {
  all: 'Traffic of all rules',
  ofRule: 'Traffic of this rule',
  down: 'Down',
  up: 'Up',
  empty: 'Waiting for traffic…',
}

export const palette = {
  title: 'Commands',
  hint: 'Search or run…',
  placeholder: 'What do you want to do?',
  forwardingOn: 'Switch forwarding on',
  forwardingOff: 'Switch forwarding off',
  goTo: (view: string) => `Go to ${view}`,
  problems: 'Show problems',
  ruleOn: (name: string) => `Switch on ${name}`,
  ruleOff: (name: string) => `Switch off ${name}`,
  editRule: (name: string) => `Edit rule ${name}`,
  copyAddress: (name: string) => `Copy address of ${name}`,
  testHop: (name: string) => `Test ${name}`,
  editHop: (name: string) => `Edit next hop ${name}`,
  nothing: (query: string) => `No command matches “${query}”.`,
}

export const shortcuts = {
  title: 'Keyboard shortcuts',
  everywhere: 'Everywhere',
  inTables: 'On a rule',
  goTo: 'Go to a view',
  search: 'Search in this view',
  forwarding: 'Forwarding on or off',
  add: 'Add a rule (a next hop in its view)',
  addHop: 'Add a next hop',
  close: 'Close',
  move: 'Go to the next or previous row',
  details: 'Show or hide details',
  edit: 'Edit',
  duplicate: 'Duplicate',
  remove: 'Delete',
  reorder: 'Move the rule up or down',
}

const stageNames: Record<Stage, string> = {
  accept: 'Accepted',
  identify: 'Destination',
  route: 'Route',
  resolve: 'Name lookup',
  'connect-hop': 'Connect',
  secure: 'TLS',
  greet: 'SOCKS greeting',
  authenticate: 'Login',
  request: 'Request',
  'first-byte': 'First byte',
  relay: 'Relay',
  close: 'Close',
}
export const stages = stageNames
