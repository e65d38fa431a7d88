import { makeHop, makeRule, type ConfigFields } from '../../support/config.ts'

/** Ports that a sample config needs: of hops that work and one that does not, of a target, and of one that is busy. */
export interface SamplePorts {
  readonly hop: number
  readonly deadHop: number
  readonly web: number
  readonly echo: number
  readonly busy: number
}

/** A config as somebody has after a while: several hops, lists and rules, not all of them well. */
export function sampleConfig(ports: SamplePorts): ConfigFields {
  return {
    hops: [
      makeHop({ id: 'office', name: 'Office proxy', port: ports.hop, user: 'ann', password: 'secret' }),
      makeHop({ id: 'branch', name: 'Branch office, Rotterdam', port: ports.hop }),
      makeHop({
        id: 'backup',
        name: 'Backup proxy',
        port: ports.deadHop,
        version: '4a',
        failureWaitMs: 60_000,
      }),
      makeHop({ id: 'tor', name: 'Tor', host: 'localhost', port: 9050, user: 'isolate-1' }),
    ],
    lists: [
      { id: 'all', name: 'Office, then backup', hopIds: ['office', 'backup'] },
      { id: 'turns', name: 'Both offices in turn', mode: 'round-robin', hopIds: ['office', 'branch'] },
    ],
    conditions: [
      {
        id: 'local',
        destination: ['*.rotterdam.branch.example.com', '192.168.0.0/16'],
        route: { kind: 'direct' },
        enabled: false,
      },
    ],
    rules: [
      makeRule({
        id: 'intranet',
        name: 'Intranet',
        to: { host: 'localhost', port: ports.web },
        route: { kind: 'list', listId: 'turns' },
      }),
      makeRule({
        id: 'database',
        name: 'Production database',
        to: { host: 'localhost', port: ports.echo },
        route: { kind: 'hop', hopId: 'branch' },
      }),
      makeRule({
        id: 'git',
        name: 'Git over SSH',
        listen: ports.busy,
        to: { host: 'git.example.com', port: 22 },
        route: { kind: 'list', listId: 'all' },
        conditions: [
          {
            id: 'night',
            name: 'At night',
            time: { from: '22:00', to: '06:00', days: ['fri', 'sat'] },
            route: { kind: 'block' },
          },
          {
            id: 'build',
            client: ['10.8.0.0/16'],
            protocol: ['ssh'],
            route: { kind: 'hop', hopId: 'branch' },
          },
        ],
      }),
      makeRule({
        id: 'legacy',
        name: 'Legacy reports behind the backup proxy',
        to: { host: 'reports.rotterdam.branch.example.com', port: 8443 },
        route: { kind: 'hop', hopId: 'backup' },
      }),
      makeRule({
        id: 'mail',
        name: 'Mail',
        enabled: false,
        to: { host: 'mail.example.com', port: 993 },
        route: { kind: 'hop', hopId: 'office' },
      }),
      makeRule({
        id: 'printer',
        name: 'Printer',
        to: { host: '192.168.1.40', port: 9100 },
        route: { kind: 'direct' },
      }),
    ],
  }
}
