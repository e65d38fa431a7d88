import { describe, expect, it } from 'vitest'
import { exportHaproxy } from '../../../../main/app/export/haproxy.ts'
import { exportV2ray } from '../../../../main/app/export/v2ray.ts'
import { readForeign } from '../../../../main/app/import/read-foreign.ts'
import type { NextHopListInput } from '../../../../shared/model/next-hop-list.ts'
import { makeConfig, makeHop, makeRule, type ConfigFields } from '../../../support/config.ts'

const five = makeHop({ id: 'five', name: 'Five', port: 1080, user: 'ann', password: 'topsecret' })
const other = makeHop({ id: 'other', name: 'Other', port: 1081 })
const four = makeHop({ id: 'four', name: 'Four', host: '10.0.0.4', port: 1084, version: '4' })
const fourA = makeHop({ id: 'four-a', name: 'Four A', host: '10.0.0.5', port: 1085, version: '4a' })

const v2ray = (fields: ConfigFields, withPasswords = false) => {
  const { text, ...rest } = exportV2ray(makeConfig(fields), { withPasswords })
  return { document: JSON.parse(text) as Record<string, unknown>, text, ...rest }
}
const haproxy = (fields: ConfigFields) => exportHaproxy(makeConfig(fields), { withPasswords: false })

describe('a config for V2Ray', () => {
  it('has the rules, and reads back as what it was made of', () => {
    const { text, document, notes, unmapped } = v2ray(
      {
        hops: [five],
        rules: [
          makeRule({ name: 'Data base', listen: 9102, to: 5432, route: { kind: 'hop', hopId: 'five' } }),
          makeRule({ id: 'b', listen: 9103, to: 80, route: { kind: 'direct' }, idleTimeoutMs: 60_000 }),
        ],
      },
      true,
    )
    expect({ notes, unmapped }).toEqual({ notes: [], unmapped: [] })
    expect(document['policy']).toEqual({
      levels: {
        0: { connIdle: 604_800, uplinkOnly: 604_800, downlinkOnly: 604_800 },
        1: { connIdle: 60, uplinkOnly: 60, downlinkOnly: 60 },
      },
    })
    const back = readForeign(text)
    expect(back?.config.hops).toMatchObject([{ port: 1080, user: 'ann', password: 'topsecret' }])
    expect(back?.config.rules).toMatchObject([
      { name: 'data-base-rule', listen: { port: 9102 }, destination: { port: 5432 }, route: { kind: 'hop' } },
      { listen: { port: 9103 }, destination: { port: 80 }, route: { kind: 'direct' } },
    ])
  })

  it('has passwords only where they were asked for', () => {
    const config = {
      hops: [five],
      rules: [makeRule({ listen: 1, to: 2, route: { kind: 'hop', hopId: 'five' } })],
    }
    expect(v2ray(config, true).text).toContain('topsecret')
    const { text, notes } = v2ray(config)
    expect(text).not.toContain('topsecret')
    expect(notes).toEqual(['The password of "Five" is not in the file: put it in place of CHANGE-ME'])
  })

  it('lets nobody in that the rule keeps out', () => {
    const { document } = v2ray({
      rules: [
        makeRule({
          listen: { kind: 'tcp', host: '0.0.0.0', port: 9102 },
          to: 80,
          route: { kind: 'direct' },
          allowedClients: ['192.168.0.0/16'],
        }),
      ],
    })
    const base = { type: 'field', inboundTag: ['test-rule-rule'], network: 'tcp' }
    expect(document['routing']).toMatchObject({
      rules: [
        { ...base, source: ['192.168.0.0/16'], outboundTag: 'direct' },
        { ...base, outboundTag: 'block' },
      ],
    })
    expect(document['outbounds']).toMatchObject([{ protocol: 'blackhole' }, { protocol: 'freedom' }])
  })

  it('makes an inbound of each port of a range, and a balancer of a round robin', () => {
    const { document, notes } = v2ray({
      hops: [five, other],
      lists: [{ id: 'both', name: 'Both', mode: 'round-robin', hopIds: ['five', 'other'] }],
      rules: [
        {
          ...makeRule({ listen: 9000, to: 1, route: { kind: 'list', listId: 'both' } }),
          destination: { kind: 'range', host: 'a', port: 80, count: 2 },
        },
      ],
    })
    expect(document['inbounds']).toMatchObject([
      { port: 9000, settings: { port: 80 } },
      { port: 9001, settings: { port: 81 } },
    ])
    expect(document['routing']).toMatchObject({
      balancers: [{ tag: 'both-both', selector: ['five-five', 'other-other'] }],
      rules: [{ balancerTag: 'both-both' }],
    })
    expect(notes).toContain(
      'The list "Both" chooses at random in V2Ray, and does not leave out hops that are down',
    )
  })

  it.each<[string, ConfigFields, string]>([
    [
      'a rule that is off',
      { rules: [makeRule({ listen: 1, to: 2, enabled: false, route: { kind: 'direct' } })] },
      'it is switched off',
    ],
    [
      'a free port',
      { rules: [makeRule({ listen: 0, to: 2, route: { kind: 'direct' } })] },
      'V2Ray needs a listen port that is fixed',
    ],
    [
      'SOCKS4',
      { hops: [four], rules: [makeRule({ listen: 1, to: 2, route: { kind: 'hop', hopId: 'four' } })] },
      'the next hop "Four" speaks SOCKS4, and V2Ray SOCKS5',
    ],
    [
      'SNI',
      {
        rules: [
          { ...makeRule({ listen: 1, to: 2, route: { kind: 'direct' } }), destination: { kind: 'sniff' } },
        ],
      },
      'its destination is found in the traffic, which is not exported',
    ],
  ])('leaves out %s, and says so', (_, fields, reason) => {
    const { document, unmapped } = v2ray(fields)
    expect(document['inbounds'] === undefined || (document['routing'] as { rules: unknown[] }).rules).toEqual(
      [],
    )
    expect(unmapped).toEqual([`Port rule "Test rule": ${reason}`])
  })
})

describe('a config for HAProxy', () => {
  it('has a section for each rule', () => {
    const { text, notes, unmapped } = haproxy({
      hops: [four, fourA],
      lists: [{ id: 'both', name: 'Both', mode: 'failover', hopIds: ['four', 'four-a'] }],
      rules: [
        makeRule({
          name: 'DB',
          listen: 9102,
          to: 5432,
          route: { kind: 'list', listId: 'both' },
          maxConnections: 9,
        }),
        makeRule({ id: 'no', listen: 9103, to: 1, route: { kind: 'block' } }),
      ],
    })
    expect(text).toContain(
      [
        '# DB',
        'listen db-rule',
        '  bind 127.0.0.1:9102',
        '  timeout client 604800s',
        '  timeout server 604800s',
        '  maxconn 9',
        '  balance roundrobin',
        '  retries 2',
        '  option redispatch 1',
        '  server four-four 127.0.0.1:5432 socks4 10.0.0.4:1084 check check-via-socks4 rise 1 fall 1 observe layer4 error-limit 1 on-error mark-down',
        '  server four-a-four-a 127.0.0.1:5432 socks4 10.0.0.5:1085 check check-via-socks4 rise 1 fall 1 observe layer4 error-limit 1 on-error mark-down backup',
      ].join('\n'),
    )
    expect(text).toContain(
      '  bind 127.0.0.1:9103\n  timeout client 604800s\n  timeout server 604800s\n  tcp-request connection reject\n',
    )
    expect(notes).toEqual(['HAProxy lets connections over the limit of "DB" wait, which Nexthop closes'])
    expect(unmapped).toEqual([])
  })

  it.each<[string, ConfigFields, string]>([
    [
      'SOCKS5',
      { hops: [five], rules: [makeRule({ listen: 1, to: 2, route: { kind: 'hop', hopId: 'five' } })] },
      'the next hop "Five" speaks SOCKS5, and HAProxy SOCKS4',
    ],
    [
      'a hop with a name',
      {
        hops: [makeHop({ name: 'N', host: 'proxy', port: 1, version: '4a' })],
        rules: [makeRule({ listen: 1, to: 2 })],
      },
      'the next hop "N" has a name, and HAProxy wants the address of a SOCKS proxy',
    ],
    [
      'a proxy for clients',
      {
        rules: [
          { ...makeRule({ listen: 1, to: 2, route: { kind: 'direct' } }), destination: { kind: 'proxy' } },
        ],
      },
      'its destination is found in the traffic, and HAProxy needs a fixed one for SOCKS',
    ],
  ])('leaves out %s, and says so', (_, fields, reason) => {
    const { text, unmapped } = haproxy(fields)
    expect(text).not.toContain('listen ')
    expect(unmapped).toEqual([`Port rule "Test rule": ${reason}`])
  })
})

describe('what the engines do not have', () => {
  const via = (hopId: string) => [makeRule({ name: 'Web', listen: 1, to: 2, route: { kind: 'hop', hopId } })]
  const listed = [makeRule({ name: 'Web', listen: 1, to: 2, route: { kind: 'list', listId: 'l' } })]
  const http = makeHop({ id: 'http', name: 'Http', port: 3128, protocol: 'http' })
  const secure = makeHop({ id: 'secure', name: 'Secure', port: 443, tls: {} })

  it('leaves a rule out, with its reason: HTTP proxies and TLS to the hop', () => {
    for (const hop of [http, secure]) {
      expect(v2ray({ hops: [hop], rules: via(hop.id) }).unmapped).toHaveLength(1)
      expect(haproxy({ hops: [hop], rules: via(hop.id) }).unmapped).toHaveLength(1)
    }
  })

  it('is told of a list: its mode for HAProxy, its backups for V2Ray', () => {
    const list: NextHopListInput = { id: 'l', name: 'All', mode: 'sticky', hopIds: ['four', 'four-a'] }
    const sticky = haproxy({ hops: [four, fourA], lists: [list], rules: listed })
    expect(sticky.notes.join()).toContain('"All" takes its next hops in turn in HAProxy, not by "sticky"')
    const weighted: NextHopListInput = {
      ...list,
      mode: 'round-robin',
      weights: { four: 3 },
      backupHopIds: ['four-a'],
    }
    const { text } = haproxy({ hops: [four, fourA], lists: [weighted], rules: listed })
    expect(text).toMatch(/socks4 10\.0\.0\.4:1084 .* weight 3$/m)
    expect(text).toMatch(/socks4 10\.0\.0\.5:1085 .* backup$/m)
    const ofV2ray = v2ray({
      hops: [five, other],
      lists: [{ ...list, mode: 'random', hopIds: ['five', 'other'], backupHopIds: ['other'] }],
      rules: listed,
    })
    expect(ofV2ray.notes.join()).toContain('backups of the list "All" are left out')
    expect(ofV2ray.text).not.toContain('1081')
  })

  it.each([
    ['V2Ray', v2ray, other],
    ['HAProxy', haproxy, four],
  ] as const)(
    'is told of what looks after hops, and of what is done when that fails: %s',
    (_, write, hop) => {
      const looked = { ...hop, healthCheck: { kind: 'tcp' as const }, maintenance: true, maxConnections: 5 }
      const [rule] = via(hop.id ?? '')
      const fields = { hops: [looked], rules: [{ ...rule, onAllDown: 'unbind', lastResortDirect: true }] }
      expect(write(fields as ConfigFields).notes).toEqual(
        expect.arrayContaining([
          '"Web": "unbind" while all of its next hops are down is not in the file',
          '"Web": to connect directly where no next hop can be used is not in the file',
          `The health check of "${hop.name}" is not in the file`,
          `"${hop.name}" is in maintenance, which is not in the file: it is used there`,
          `The connection limit of "${hop.name}" is not in the file`,
        ]),
      )
      expect(write({ hops: [hop], rules: via(hop.id ?? '') }).notes).toEqual([])
    },
  )

  it('leaves out rules with conditions, each by its name', () => {
    const conditions = [{ id: 'c', port: ['443'], route: { kind: 'block' as const } }]
    const rules = [
      makeRule({ name: 'Own', listen: 1, to: 2, route: { kind: 'direct' }, conditions }),
      makeRule({ id: 'b', name: 'Plain', listen: 3, to: 4, route: { kind: 'direct' } }),
    ]
    for (const write of [v2ray, haproxy]) {
      expect(write({ rules })).toMatchObject({
        ruleCount: 1,
        unmapped: ['Port rule "Own": its conditions are not exported'],
      })
      expect(write({ rules, conditions })).toMatchObject({
        ruleCount: 0,
        unmapped: [
          'Port rule "Own": its conditions and those of all rules are not exported',
          'Port rule "Plain": the conditions of all rules are not exported',
        ],
      })
    }
  })
})
