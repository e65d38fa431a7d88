import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../shared/model/config.ts'
import { reaches } from '../../../shared/model/cross-check.ts'
import { formatIssue } from '../../../shared/model/issues.ts'
import type { NextHopListInput } from '../../../shared/model/next-hop-list.ts'
import type { NextHopInput } from '../../../shared/model/next-hop.ts'
import type { PortRuleInput } from '../../../shared/model/port-rule.ts'
import { makeHop, makeRule } from '../../support/config.ts'

interface Parts {
  readonly hops?: NextHopInput[]
  readonly lists?: NextHopListInput[]
  readonly rules?: PortRuleInput[]
}

function mistakes(parts: Parts): string[] {
  const result = parseConfig({ version: 1, ...parts })
  return result.ok ? [] : result.issues.map(formatIssue)
}

const hop = makeHop({ port: 1080, host: 'hop.example' })
const rule = makeRule({ to: 80, listen: 9102 })
const direct = { kind: 'direct' } as const

describe('crossCheck accepts', () => {
  it.each<[string, Parts]>([
    ['one hop in many rules', { hops: [hop], rules: [rule, makeRule({ id: 'b', to: 80, listen: 9103 })] }],
    ['port 0 more than once', { hops: [hop], rules: [makeRule({ to: 80 }), makeRule({ id: 'b', to: 80 })] }],
    [
      'a port twice where one of the rules is off',
      { hops: [hop], rules: [rule, makeRule({ id: 'b', to: 80, listen: 9102, enabled: false })] },
    ],
    [
      'one name for a hop, a list and a rule',
      {
        hops: [makeHop({ port: 1, name: 'Same' })],
        lists: [{ id: 'l', name: 'Same', hopIds: ['hop'] }],
        rules: [makeRule({ to: 80, name: 'Same' })],
      },
    ],
    [
      'an IPv6 destination over SOCKS5',
      { hops: [hop], rules: [makeRule({ to: { host: '2001:db8::1', port: 80 } })] },
    ],
    [
      'a chain of direct rules that ends elsewhere',
      {
        rules: [
          makeRule({ id: 'a', listen: 9102, to: 9103, route: direct }),
          makeRule({ id: 'b', listen: 9103, to: 9104, route: direct }),
        ],
      },
    ],
    [
      'a destination that is another rule by way of a hop elsewhere',
      { hops: [hop], rules: [makeRule({ listen: 9102, to: 9102 })] },
    ],
  ])('%s', (_, parts) => {
    expect(mistakes(parts)).toEqual([])
  })
})

describe('crossCheck refuses', () => {
  it.each<[string, Parts, string[]]>([
    [
      'an id used twice',
      { hops: [hop, makeHop({ port: 1, host: 'x', name: 'Second' })] },
      ['hops[1].id: Id "hop" is used twice: ids must differ'],
    ],
    [
      'a name used twice, whatever its letters',
      { hops: [hop, makeHop({ id: 'b', port: 1, host: 'x', name: 'TEST HOP' })] },
      ['hops[1].name: Name "TEST HOP" is taken by another next hop: choose a different one'],
    ],
    [
      'a route to a hop that is not there',
      { rules: [rule] },
      ['rules[0].route.hopId: There is no next hop with the id "hop": add it, or choose another route'],
    ],
    [
      'a route to a list that is not there',
      { rules: [makeRule({ to: 80, route: { kind: 'list', listId: 'l' } })] },
      ['rules[0].route.listId: There is no next-hop list with the id "l": add it, or choose another route'],
    ],
    [
      'a list with a hop that is not there',
      { hops: [hop], lists: [{ id: 'l', name: 'L', hopIds: ['hop', 'gone'] }] },
      ['lists[0].hopIds[1]: There is no next hop with the id "gone": add it, or take it off the list'],
    ],
    [
      'an IPv6 destination over SOCKS4',
      {
        hops: [makeHop({ port: 1080, host: 'hop.example', version: '4' })],
        rules: [makeRule({ to: { host: '::1', port: 80 } })],
      },
      [
        'rules[0].destination.host: Destination host is an IPv6 address, which the next hop "Test hop" can\'t reach ' +
          'with SOCKS4: use SOCKS5, or a name or IPv4 address',
      ],
    ],
    [
      'an IPv6 destination over a list with one SOCKS4a hop',
      {
        hops: [hop, makeHop({ id: 'old', name: 'Old', port: 1, host: 'x', version: '4a' })],
        lists: [{ id: 'l', name: 'L', hopIds: ['hop', 'old'] }],
        rules: [makeRule({ to: { host: '::1', port: 80 }, route: { kind: 'list', listId: 'l' } })],
      },
      [
        'rules[0].destination.host: Destination host is an IPv6 address, which the next hop "Old" can\'t reach ' +
          'with SOCKS4a: use SOCKS5, or a name or IPv4 address',
      ],
    ],
    [
      'a leg of a chain over SOCKS4a to a hop with an IPv6 address',
      {
        hops: [
          makeHop({ id: 'old', name: 'Old', port: 1, host: 'x', version: '4a' }),
          makeHop({ id: 'six', name: 'Six', port: 1080, host: '2001:db8::1' }),
        ],
        rules: [makeRule({ to: 80, route: { kind: 'chain', hopIds: ['old', 'six'] } })],
      },
      [
        'rules[0].route.hopIds[1]: The next hop "Six" has an IPv6 address, which "Old" before it can\'t reach with ' +
          'SOCKS4a: put it first, or use SOCKS5 before it',
      ],
    ],
    [
      'one port for two rules',
      { hops: [hop], rules: [rule, makeRule({ id: 'b', to: 81, listen: 9102 })] },
      [
        'rules[1].listen.port: 127.0.0.1:9102 is already the listen address of the rule "Test rule": ' +
          'choose another, or switch one off',
      ],
    ],
    [
      'one socket for two rules',
      {
        hops: [hop],
        rules: [
          makeRule({ to: 80, listen: { kind: 'unix', path: '/run/x' } }),
          makeRule({ id: 'b', to: 80, listen: { kind: 'unix', path: '/run/x' } }),
        ],
      },
      [
        'rules[1].listen.path: unix:/run/x is already the listen address of the rule "Test rule": ' +
          'choose another, or switch one off',
      ],
    ],
    [
      'a hop that is one of our own listeners',
      { hops: [makeHop({ port: 9102 })], rules: [rule] },
      [
        'hops[0].port: 127.0.0.1:9102 is the listen address of the rule "Test rule", a loop: ' +
          "give the proxy's own address",
      ],
    ],
    [
      'a hop at the address of a rule that is off',
      { hops: [makeHop({ port: 9102 })], rules: [{ ...rule, enabled: false }] },
      [],
    ],
    [
      'a direct rule that leads to itself while it is off',
      { rules: [makeRule({ listen: 9102, to: 9102, route: direct, enabled: false })] },
      [],
    ],
    [
      'a hop that is one of our own listeners, as IPv4-mapped address',
      { hops: [makeHop({ host: '::ffff:127.0.0.1', port: 9102 })], rules: [rule] },
      [
        'hops[0].port: 127.0.0.1:9102 is the listen address of the rule "Test rule", a loop: ' +
          "give the proxy's own address",
      ],
    ],
    [
      'a direct rule that leads to itself',
      { rules: [makeRule({ listen: 9102, to: 9102, route: direct })] },
      [
        'rules[0].destination.port: 127.0.0.1:9102 leads back to this rule, a loop: choose another destination',
      ],
    ],
    [
      'two direct rules that lead to each other',
      {
        rules: [
          makeRule({ id: 'a', listen: 9102, to: 9103, route: direct }),
          makeRule({ id: 'b', listen: 9103, to: 9102, route: direct }),
        ],
      },
      [
        'rules[0].destination.port: 127.0.0.1:9103 leads back to this rule, a loop: choose another destination',
        'rules[1].destination.port: 127.0.0.1:9102 leads back to this rule, a loop: choose another destination',
      ],
    ],
  ])('%s', (_, parts, expected) => {
    expect(mistakes(parts)).toEqual(expected)
  })
})

describe('reaches', () => {
  const tcp = (host: string, port = 9102) => ({ kind: 'tcp', host, port }) as const
  it.each([
    ['127.0.0.1', tcp('127.0.0.1'), true],
    ['localhost', tcp('127.0.0.1'), true],
    ['127.0.0.1', tcp('localhost'), true],
    ['localhost', tcp('::1'), true],
    ['0.0.0.0', tcp('127.0.0.1'), true],
    ['127.0.0.9', tcp('0.0.0.0'), true],
    ['::1', tcp('::'), true],
    ['127.0.0.2', tcp('127.0.0.1'), false],
    ['::1', tcp('127.0.0.1'), false],
    ['127.0.0.1', tcp('127.0.0.1', 9103), false],
    ['127.0.0.1', tcp('127.0.0.1', 0), false],
    ['10.0.0.1', tcp('127.0.0.1'), false],
    ['10.0.0.1', tcp('10.0.0.1'), true],
    ['db.internal', tcp('0.0.0.0'), false],
    ['127.0.0.1', { kind: 'unix', path: '/x' } as const, false],
  ])('%s and %j: %s', (host, listen, answer) => {
    expect(reaches({ host, port: 9102 }, listen)).toBe(answer)
  })
})
