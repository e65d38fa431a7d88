import { describe, expect, it } from 'vitest'
import { readForeign } from '../../../../main/app/import/read-foreign.ts'
import { parsePorts } from '../../../../main/app/import/xray.ts'
import { stripJsonComments } from '../../../../main/app/import/strip-json-comments.ts'
import { summarizeForeign } from '../../../support/foreign-summary.ts'

const door = (fields: object = {}) => ({
  tag: 'door',
  listen: '127.0.0.1',
  port: 9102,
  protocol: 'dokodemo-door',
  settings: { address: 'db.internal', port: 5432, network: 'tcp' },
  ...fields,
})
const socks = (tag: string, address: string, fields: object = {}) => ({
  tag,
  protocol: 'socks',
  settings: { servers: [{ address, port: 1080 }] },
  ...fields,
})
const summary = (document: object) => summarizeForeign(JSON.stringify(document))

describe('a V2Ray or Xray config', () => {
  it('becomes rules, next hops and lists, by its routing', () => {
    const result = summary({
      log: { loglevel: 'warning' },
      inbounds: [door(), door({ tag: 'web', port: '8080' }), door({ tag: 'off', port: 8081 })],
      outbounds: [
        socks('office', '10.0.0.5'),
        socks('lab-1', '10.0.0.6'),
        socks('lab-2', '10.0.0.7'),
        { tag: 'out', protocol: 'freedom' },
        { tag: 'void', protocol: 'blackhole' },
      ],
      routing: {
        balancers: [{ tag: 'labs', selector: ['lab-'], strategy: { type: 'roundRobin' } }],
        rules: [
          { type: 'field', inboundTag: ['web'], balancerTag: 'labs' },
          { type: 'field', inboundTag: ['off'], outboundTag: 'void' },
        ],
      },
    })
    expect(result).toEqual({
      format: 'xray',
      hops: [
        'office = socks5h://10.0.0.5:1080',
        'lab-1 = socks5h://10.0.0.6:1080',
        'lab-2 = socks5h://10.0.0.7:1080',
      ],
      lists: ['labs = round-robin lab-1, lab-2'],
      rules: [
        'door: 127.0.0.1:9102 -> db.internal:5432 by office',
        'web: 127.0.0.1:8080 -> db.internal:5432 by labs',
        'off: 127.0.0.1:8081 -> db.internal:5432 by block',
      ],
      notes: [],
      unmapped: [],
    })
  })

  it('has logins in both forms, and versions', () => {
    const users = { users: [{ user: 'ann', pass: 'secret' }] }
    const config = readForeign(
      JSON.stringify({
        outbounds: [
          socks('v4', 'h4', { settings: { servers: [{ address: 'h4', port: 1080 }], version: '4a' } }),
          socks('servers', 'h5', { settings: { servers: [{ address: 'h5', port: 1080, ...users }] } }),
          socks('flat', 'h6', { settings: { address: 'h6', port: 1081, user: 'bob', pass: 'word' } }),
        ],
      }),
    )?.config
    expect(config?.hops).toMatchObject([
      { host: 'h4', version: '4a' },
      { host: 'h5', version: '5', user: 'ann', password: 'secret' },
      { host: 'h6', port: 1081, version: '5', user: 'bob', password: 'word' },
    ])
  })

  it('may have comments and trailing commas, and ports in ranges', () => {
    const text = `// mine
    { /* listeners */ "inbounds": [{ "port": "9000-9001", "protocol": "dokodemo-door", # here
      "listen": "127.0.0.1", "settings": { "address": "a//b".length, }, }] }`
    expect(stripJsonComments('{"a": "x // y", /* b */ "c": [1,],}')).toBe(
      '{"a": "x // y",         "c": [1 ] }',
    )
    expect(() => summarizeForeign(text)).toThrow('no known program')
    const { rules } = summarizeForeign(text.replace('"a//b".length', '"a.b"').replace('# here', ''))
    expect(rules).toEqual([
      'Port 9000 to a.b:9000: 127.0.0.1:9000 -> a.b:9000 by direct',
      'Port 9001 to a.b:9001: 127.0.0.1:9001 -> a.b:9001 by direct',
    ])
  })

  it.each([
    { settings: { address: 'a', port: 1, network: 'tcp,udp' } },
    { protocol: 'socks', settings: { udp: true } },
  ])('lists the UDP side of an inbound with %j as not imported', (fields) => {
    const { rules, unmapped } = summary({ inbounds: [door(fields)] })
    expect(rules).toHaveLength(1)
    expect(unmapped).toEqual(['Inbound "door": its UDP side'])
  })

  it.each([
    [{ protocol: 'vmess' }, 'it is a listener of the kind "vmess", which port rules are not'],
    [{ settings: { followRedirect: true } }, 'it takes redirected connections (followRedirect)'],
    [{ settings: { address: 'a', port: 1, network: 'udp' } }, 'it forwards UDP, and Nexthop TCP'],
    [{ settings: { port: 1 } }, 'it names no destination address'],
    [{ port: 'env:PORT' }, 'its ports could not be read'],
    [{ listen: '/run/x.sock' }, 'it listens on a unix socket, which is not imported'],
    [
      { streamSettings: { network: 'ws' } },
      'it listens with TLS or another transport, and port rules with plain TCP',
    ],
  ])('lists an inbound with %j as not imported', (fields, reason) => {
    const { rules, unmapped } = summary({ inbounds: [door(fields)] })
    expect(rules).toEqual([])
    expect(unmapped).toEqual([`Inbound "door": ${reason}`])
  })

  it.each([
    [{ protocol: 'vless' }, 'it is of the kind "vless", and next hops are SOCKS or HTTP proxies'],
    [{ proxySettings: { tag: 'x' } }, 'there is no outbound "x", through which it is reached'],
    [
      { streamSettings: { network: 'ws' } },
      'it is reached over "ws" with "none", which Nexthop does not speak',
    ],
  ])('imports no rule without its way out: %j', (fields, reason) => {
    const { rules, unmapped } = summary({ inbounds: [door()], outbounds: [socks('out', 'h', fields)] })
    expect(rules).toEqual([])
    expect(unmapped).toEqual([`Outbound "out": ${reason}`, `Inbound "door": ${reason}`])
  })

  it('makes a chain of outbounds that are reached through others, in whatever order they stand', () => {
    const dialer = (tag: string) => ({ streamSettings: { sockopt: { dialerProxy: tag } } })
    const { rules, hops, unmapped } = summary({
      inbounds: [door()],
      outbounds: [
        socks('last', 'c', dialer('middle')),
        socks('middle', 'b', { proxySettings: { tag: 'first' } }),
        socks('first', 'a'),
      ],
    })
    expect(hops.map((hop) => hop.split(' ')[0])).toEqual(expect.arrayContaining(['first', 'middle', 'last']))
    expect(rules).toEqual([expect.stringMatching(/ by first → middle → last$/)])
    expect(unmapped).toEqual([])
  })

  it('is not led in circles by outbounds that are reached through each other', () => {
    const through = (tag: string) => ({ proxySettings: { tag } })
    const outbounds = [socks('one', 'a', through('two')), socks('two', 'b', through('one'))]
    const { rules, unmapped } = summary({ inbounds: [door()], outbounds })
    expect(rules).toEqual([])
    expect(unmapped[0]).toMatch(/^Outbound "one": .*it is reached through itself$/)
  })

  it('takes HTTP proxies and TLS, and tells of one whose certificate is not verified', () => {
    const streamSettings = { security: 'tls', tlsSettings: { serverName: 'proxy.name', allowInsecure: true } }
    const { hops, rules, notes } = summary({
      inbounds: [door()],
      outbounds: [socks('web', 'h', { protocol: 'http', streamSettings })],
    })
    expect(hops).toEqual([expect.stringMatching(/^web = https:\/\//)])
    expect(rules).toHaveLength(1)
    expect(notes).toContain('"web" takes any certificate, as the original did: better give it its CA')
  })

  it('lists sections and routing rules that are not imported', () => {
    const { unmapped } = summary({
      inbounds: [door()],
      dns: {},
      routing: { rules: [{ domain: ['a'], outboundTag: 'x' }] },
    })
    expect(unmapped).toEqual([
      '1 routing rule that looks at more than the inbound: domains, addresses, users or protocols',
      'the section "dns"',
    ])
  })

  it.each([
    ['socks', ['socks']],
    ['http', ['http']],
    ['mixed', ['socks', 'http']],
  ])('makes a port that clients tell their destination of a %s inbound', (protocol, protocols) => {
    const { config } = readForeign(JSON.stringify({ inbounds: [door({ protocol, settings: {} })] })) ?? {}
    expect(config?.rules[0]?.destination).toMatchObject({ kind: 'proxy', protocols })
    const accounts = [{ user: 'ann', pass: 'topsecret' }]
    const { unmapped } = summary({ inbounds: [door({ protocol, settings: { accounts } })] })
    expect(unmapped).toEqual(['Inbound "door": its clients have to log in, which port rules do not ask for'])
  })

  it('keeps two inbounds on one port, the second switched off', () => {
    const { rules, notes } = summary({
      inbounds: [door(), door({ tag: 'again', settings: { address: 'b', port: 1 } })],
    })
    expect(rules[1]).toContain('(off)')
    expect(notes).toEqual(['"again" comes switched off: 127.0.0.1:9102 is the listen address of "door"'])
  })
})

describe('parsePorts', () => {
  it.each([
    ['80', [80]],
    ['80,443', [80, 443]],
    ['1-3, 5', [1, 2, 3, 5]],
    ['3-1', undefined],
    ['1-65535', undefined],
    ['', undefined],
    ['env:X', undefined],
  ])('of "%s" are %j', (text, ports) => {
    expect(parsePorts(text)).toEqual(ports)
  })
})
