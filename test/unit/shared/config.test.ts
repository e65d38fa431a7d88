import { describe, expect, it } from 'vitest'
import { emptyConfig, parseConfig } from '../../../shared/model/config.ts'
import { formatIssue } from '../../../shared/model/issues.ts'
import { migrate } from '../../../shared/model/migrations.ts'
import { defaultSettings } from '../../../shared/model/settings.ts'

function mistakes(document: unknown): string[] {
  const result = parseConfig(document)
  return result.ok ? [] : result.issues.map(formatIssue)
}

const hopA = { id: 'a', name: 'A', host: 'a', port: 1080, version: '5' }

describe('parseConfig', () => {
  it('fills in everything that has a default', () => {
    expect(parseConfig({ version: 1 })).toEqual({ ok: true, config: emptyConfig, migratedFrom: undefined })
    expect(emptyConfig).toEqual({
      version: 1,
      hops: [],
      lists: [],
      rules: [],
      conditions: [],
      profiles: [],
      settings: defaultSettings,
    })
  })

  it('has settings that forward, drain for 3 s and keep 1000 closed connections', () => {
    expect(defaultSettings).toMatchObject({
      forwarding: true,
      drainMs: 3000,
      closedConnectionsKept: 1000,
      threads: 'automatic',
      logLevel: 'info',
    })
  })

  it('gives back what it gave before', () => {
    const document = {
      version: 1,
      hops: [
        { id: 'h', name: 'Hop', host: 'Hop.Example', port: 1080, version: '5', user: 'me', password: 'x' },
      ],
      lists: [{ id: 'l', name: 'List', hopIds: ['h'] }],
      rules: [
        {
          id: 'r',
          name: 'Rule',
          listen: { kind: 'tcp', port: 0 },
          destination: { kind: 'fixed', host: 'db', port: 1 },
          route: { kind: 'list', listId: 'l' },
        },
      ],
    }
    const first = parseConfig(document)
    expect(first.ok && parseConfig(first.config)).toEqual(first)
    expect(first.ok && first.config.lists[0]?.mode).toBe('failover')
    expect(first.ok && first.config.hops[0]?.host).toBe('hop.example')
  })

  it('finds whom nobody knows also where other fields are wrong', () => {
    const route = { kind: 'list', listId: 'gone' }
    expect(
      mistakes({
        version: 1,
        hops: [{ id: 'h', port: 'x' }, { id: 'a b' }, 7],
        lists: [{ id: 'l', hopIds: ['h', 'gone', 'a b'] }, { id: 'm' }],
        rules: [
          { route },
          { route: { kind: 'hop' }, conditions: [{ route }, { route: { kind: 'list', listId: 'm' } }] },
        ],
        conditions: [{ route: { kind: 'chain', hopIds: ['h', 'gone'] } }],
      }).filter((mistake) => mistake.includes('There is no')),
    ).toEqual([
      'lists[0].hopIds[1]: There is no next hop with the id "gone": add it, or take it off the list',
      'rules[0].route.listId: There is no next-hop list with the id "gone": add it, or choose another route',
      'rules[1].conditions[0].route.listId: There is no next-hop list with the id "gone": add it, or choose another route',
      'conditions[0].route.hopIds[1]: There is no next hop with the id "gone": add it, or take it out of the chain',
    ])
    expect(
      mistakes({ version: 1, hops: {}, rules: [{ route: { kind: 'hop', hopId: 'h' } }] }),
    ).not.toContainEqual(expect.stringContaining('There is no'))
  })

  it('finds what is used twice also where other fields are wrong', () => {
    const listen = { kind: 'tcp', port: 9102 }
    const document = {
      version: 1,
      hops: [{ id: 'h', name: 'Hop' }, { id: 'h', name: 'hop' }, { id: 'a b', name: '' }, {}],
      profiles: [{ id: 'p' }, { id: 'p' }],
      rules: [
        { id: 'r', name: 'Rule', listen, conditions: [{ id: 'c' }, { id: 'c' }] },
        { listen },
        { listen: { kind: 'unix', path: '/run/x' } },
        { listen: { kind: 'unix', path: '/run/x' } },
        { listen, enabled: false },
        { listen, enabled: 'perhaps' },
        { listen: { ...listen, port: 'x' } },
        { listen: { ...listen, port: 0 } },
        { listen: { ...listen, port: 0 } },
      ],
    }
    const told = mistakes(document).filter((mistake) => /twice|taken|already/.test(mistake))
    expect(told).toEqual([
      'hops[1].id: Id "h" is used twice: ids must differ',
      'hops[1].name: Name "hop" is taken by another next hop: choose a different one',
      'profiles[1].id: Id "p" is used twice: ids must differ',
      'rules[0].conditions[1].id: Id "c" is used twice: ids must differ',
      'rules[1].listen.port: 127.0.0.1:9102 is already the listen address of the rule "Rule": choose another, or switch one off',
      'rules[3].listen.path: unix:/run/x is already the listen address of rules[2]: choose another, or switch one off',
    ])
  })

  it.each([
    [null, 'The config must be an object, {"version": 1, …}'],
    [[], 'The config must be an object, {"version": 1, …}'],
    ['{}', 'The config must be an object, {"version": 1, …}'],
    [{}, 'version: "version" is missing: write "version": 1'],
    [{ version: '1' }, 'version: Version must be 1'],
    [{ version: 0 }, 'version: Version must be 1'],
    [{ version: 1.5 }, 'version: Version must be 1'],
    [{ version: 2 }, 'version: Version 2 is newer than this Nexthop, which knows up to 1: update Nexthop'],
    [{ version: 1, hops: {} }, 'hops: Next hops must be a list'],
    [{ version: 1, rules: 'x' }, 'rules: Port rules must be a list'],
    [{ version: 1, hop: [] }, 'hop: "hop" is not a field here: check its spelling, or remove it'],
    [
      { version: 1, settings: { drainMs: -1 } },
      'settings.drainMs: Drain time must be a whole number from 0 to 60000 ms',
    ],
    ...[0, 1.5, 17, 'many'].map((threads): [object, string] => [
      { version: 1, settings: { threads } },
      'settings.threads: Threads must be "automatic" or a whole number from 1 to 16',
    ]),
    [
      { version: 1, settings: { logLevel: 'loud' } },
      'settings.logLevel: Log level must be "error", "warn", "info" or "debug"',
    ],
    [
      { version: 1, settings: { closedConnectionsKept: 10_001 } },
      'settings.closedConnectionsKept: Closed connections kept must be a whole number from 0 to 10000',
    ],
    [
      { version: 1, lists: [{ id: 'l', name: 'List', hopIds: [] }] },
      'lists[0].hopIds: Next hops is empty: a list needs at least one',
    ],
    [
      { version: 1, hops: [hopA], lists: [{ id: 'l', name: 'List', hopIds: ['a', 'a'] }] },
      'lists[0].hopIds: Next hops names the same hop twice',
    ],
    [
      { version: 1, hops: [hopA], lists: [{ id: 'l', name: 'List', mode: 'fastest', hopIds: ['a'] }] },
      'lists[0].mode: Mode must be "failover", "round-robin", "least-connections", "lowest-latency", "random" or "sticky"',
    ],
  ])('refuses %j', (document, message) => {
    expect(mistakes(document)).toEqual([message])
  })

  it('tells all mistakes at once, each with its place', () => {
    expect(
      mistakes({
        version: 1,
        hops: [{ id: 'h', name: '', host: 'hop', port: 0, version: '5' }],
        rules: [{ id: 'r', name: 'R', listen: { kind: 'tcp', port: -1 }, route: { kind: 'direct' } }],
      }),
    ).toEqual([
      'hops[0].name: Name is empty: give it a name',
      'hops[0].port: Port must be a whole number from 1 to 65535',
      'rules[0].listen.port: Listen port must be a whole number from 0 to 65535',
      'rules[0].destination: "destination" is missing',
    ])
  })

  it('never puts a password into a message', () => {
    const hop = { id: 'h', name: 'Hop', host: 'hop', port: 1080 }
    const secret = 'hunter2'
    for (const fields of [
      { version: '4', password: secret },
      { version: '5', password: secret },
      { version: '5', user: 'me', password: secret.repeat(40) },
      { version: '5', user: 'me', password: `${secret}\0` },
      { version: '5', user: 'me', password: [secret] },
      { version: '5', user: 'me', password: { text: secret } },
      { version: '5', user: 'me', passwordFrom: secret },
      { version: '5', user: 'me', passwordFrom: { env: `${secret} x` } },
    ]) {
      const messages = mistakes({ version: 1, hops: [{ ...hop, ...fields }] })
      expect(messages.length).toBeGreaterThan(0)
      expect(messages.join()).not.toContain(secret)
    }
  })
})

describe('migrate', () => {
  it('leaves a document of the latest version as it is', () => {
    const document = { version: 1, hops: [], anything: true }
    expect(migrate(document)).toEqual({ ok: true, document, from: undefined })
  })
})
