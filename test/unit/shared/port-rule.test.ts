import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { formatIssue, toIssues } from '../../../shared/model/issues.ts'
import { isExposed, portRuleSchema } from '../../../shared/model/port-rule.ts'

const rule = {
  id: 'r',
  name: 'Rule',
  listen: { kind: 'tcp', port: 9102 },
  destination: { kind: 'fixed', host: 'db.internal', port: 5432 },
  route: { kind: 'direct' },
}
const tcp = (host: string) => ({ listen: { kind: 'tcp', host, port: 9102 } })
const unix = (path: string) => ({ listen: { kind: 'unix', path } })
const exposed =
  'allowedClients: Allowed clients is empty, but this listen address is open to other machines: say who may connect, ' +
  'for example 192.168.0.0/16, or 0.0.0.0/0 and ::/0 for everybody'

function mistakes(fields: Record<string, unknown>): string[] {
  const result = v.safeParse(portRuleSchema, { ...rule, ...fields })
  return toIssues(result.issues ?? []).map(formatIssue)
}

describe('port rule', () => {
  it('has defaults for all but what makes it', () => {
    expect(v.parse(portRuleSchema, rule)).toEqual({
      ...rule,
      listen: { kind: 'tcp', host: '127.0.0.1', port: 9102 },
      enabled: true,
      idleTimeoutMs: 0,
      maxConnections: 0,
      onFailure: 'explain',
      identifyTimeoutMs: 5000,
      receiveProxyHeader: false,
      sendProxyHeader: 'off',
      allowedClients: [],
      conditions: [],
      lastResortDirect: false,
      onAllDown: 'answer',
      closeOnRouteChange: false,
    })
  })

  it.each([
    tcp('127.8.0.1'),
    tcp('::1'),
    tcp('localhost'),
    { ...tcp('0.0.0.0'), allowedClients: ['192.168.0.0/16'] },
    { ...tcp('::'), allowedClients: ['::/0', '0.0.0.0/0'] },
    { listen: { kind: 'tcp', port: 0 } },
    unix('/run/nexthop.sock'),
    unix(`/${'x'.repeat(102)}`),
    unix('\\\\.\\pipe\\nexthop'),
    { route: { kind: 'hop', hopId: 'h' } },
    { route: { kind: 'list', listId: 'l' } },
    { route: { kind: 'block' } },
    { enabled: false, idleTimeoutMs: 604_800_000, maxConnections: 1_000_000 },
  ])('takes %j', (fields) => {
    expect(mistakes(fields)).toEqual([])
  })

  it.each([
    [tcp('0.0.0.0'), exposed],
    [tcp('::'), exposed],
    [tcp('192.168.1.2'), exposed],
    [
      { ...tcp('db.internal'), allowedClients: ['10.0.0.0/8'] },
      'listen.host: Listen address must be an IP address of this machine, or localhost',
    ],
    [tcp(''), 'listen.host: Listen address is empty: give a name or an IP address'],
    [
      { listen: { kind: 'tcp', port: 65536 } },
      'listen.port: Listen port must be a whole number from 0 to 65535',
    ],
    [{ listen: { kind: 'tcp' } }, 'listen.port: "port" is missing'],
    [unix('nexthop.sock'), 'listen.path: Socket path must be absolute, /run/nexthop.sock'],
    [unix(`/${'x'.repeat(103)}`), 'listen.path: Socket path is too long: at most 103 bytes as UTF-8'],
    [unix(`/${'é'.repeat(52)}`), 'listen.path: Socket path is too long: at most 103 bytes as UTF-8'],
    [unix('/a\0b'), 'listen.path: Socket path must not contain a NUL character'],
    [
      { listen: { kind: 'udp', port: 1 } },
      'listen.kind: Listen must be {"kind": "tcp", "host": "127.0.0.1", "port": 9102} or {"kind": "unix", "path": "/run/nexthop.sock"}',
    ],
    [
      { destination: { kind: 'fixed', host: 'db', port: 0 } },
      'destination.port: Destination port must be a whole number from 1 to 65535',
    ],
    [
      { destination: { kind: 'fixed', host: 'a b', port: 1 } },
      'destination.host: Destination host "a b" is not a host name: " " can\'t be part of one',
    ],
    [
      { destination: { kind: 'sni' } },
      'destination.kind: Destination must be of kind "fixed", "range", "sniff", "proxy" or "header"',
    ],
    [
      { route: { kind: 'magic' } },
      'route.kind: Route must be of kind "hop", "list", "chain", "direct" or "block"',
    ],
    [{ route: { kind: 'hop' } }, 'route.hopId: "hopId" is missing'],
    [{ onFailure: 'ignore' }, 'onFailure: On failure must be "explain", "reset" or "close"'],
    [{ idleTimeoutMs: -1 }, 'idleTimeoutMs: Idle time-out must be a whole number from 0 to 604800000 ms'],
    [{ maxConnections: 0.5 }, 'maxConnections: Connection limit must be a whole number from 0 to 1000000'],
    [
      { allowedClients: ['10.0.0.0/8', 'me'] },
      'allowedClients[1]: Network "me" is not an address or a network like 192.168.0.0/16 or fd00::/8',
    ],
    [{ allowedClients: '::1' }, 'allowedClients: Allowed clients must be a list of networks'],
    [{ enabled: 'yes' }, 'enabled: Enabled must be true or false'],
    [{ name: '' }, 'name: Name is empty: give it a name'],
  ])('refuses %j', (fields, message) => {
    expect(mistakes(fields)).toEqual([message])
  })

  it.each([
    [{ kind: 'tcp', host: '127.0.0.1', port: 1 }, false],
    [{ kind: 'tcp', host: 'localhost', port: 1 }, false],
    [{ kind: 'tcp', host: '0.0.0.0', port: 1 }, true],
    [{ kind: 'unix', path: '/x' }, false],
  ] as const)('knows whether %j is open to other machines', (listen, answer) => {
    expect(isExposed(listen)).toBe(answer)
  })
})
