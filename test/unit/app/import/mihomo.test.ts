import { describe, expect, it } from 'vitest'
import { readForeign } from '../../../../main/app/import/read-foreign.ts'
import { summarizeForeign } from '../../../support/foreign-summary.ts'

const proxies = `
proxies:
  - { name: office, type: socks5, server: 10.0.0.5, port: 1080, username: ann, password: secret, udp: true }
  - { name: lab, type: socks5, server: lab.example, port: 1081 }
  - { name: far, type: vless, server: far.example, port: 443, uuid: x }
`

describe('a mihomo config', () => {
  it('becomes rules of its tunnels, next hops and lists', () => {
    const text = `
tunnels:
  - tcp,127.0.0.1:9102,db.internal:5432,office
  - network: [tcp]
    address: 127.0.0.1:7777
    target: target.com:80
    proxy: both
  - tcp,127.0.0.1:7778,target.com:81,chosen
${proxies}
proxy-groups:
  - { name: both, type: fallback, proxies: [office, lab], url: "http://x/" }
  - { name: chosen, type: select, proxies: [both, DIRECT] }
`
    expect(summarizeForeign(text)).toEqual({
      format: 'mihomo',
      hops: ['office = socks5h://ann@10.0.0.5:1080', 'lab = socks5h://lab.example:1081'],
      lists: ['both = failover office, lab'],
      rules: [
        'db.internal:5432: 127.0.0.1:9102 -> db.internal:5432 by office',
        'target.com:80: 127.0.0.1:7777 -> target.com:80 by both',
        'target.com:81: 127.0.0.1:7778 -> target.com:81 by both',
      ],
      notes: ['The group "chosen" is for choosing by hand: its first proxy "both" is taken'],
      unmapped: ['Proxy "far": it is of the kind "vless", and next hops are SOCKS or HTTP proxies'],
    })
    expect(readForeign(text)?.config.hops[0]?.password).toBe('secret')
  })

  it.each([
    ['tcp,127.0.0.1:1,a:2,DIRECT', 'direct'],
    ['tcp/udp,127.0.0.1:1,a:2,REJECT', 'block'],
    ['tcp,127.0.0.1:1,a:2,lab', 'lab'],
  ])('reads the tunnel %s', (tunnel, route) => {
    const { rules } = summarizeForeign(`tunnels: ["${tunnel}"]\n${proxies}`)
    expect(rules).toEqual([`a:2: 127.0.0.1:1 -> a:2 by ${route}`])
  })

  it.each([
    ['udp,127.0.0.1:1,a:2,lab', 'it forwards UDP, and Nexthop TCP'],
    ['tcp/udp,127.0.0.1:1,a:2,lab', 'its UDP side'],
    ['tcp,127.0.0.1:1,a:2', 'it names no proxy, so that mihomo decides by its rules, which are not imported'],
    ['tcp,127.0.0.1:1,a:2,gone', 'there is no proxy or group "gone"'],
    ['tcp,127.0.0.1:1,a:2,far', 'it is of the kind "vless", and next hops are SOCKS or HTTP proxies'],
    ['tcp,nowhere,a:2,lab', '"nowhere" is no address and port'],
    ['tcp,127.0.0.1:1,a,lab', '"a" is not host:port: write host:port'],
  ])('lists what is not imported of %s', (tunnel, reason) => {
    const { unmapped } = summarizeForeign(`tunnels: ["${tunnel}"]\n${proxies}`)
    expect(unmapped.at(-1)).toMatch(/^Tunnel "127\.0\.0\.1:1|^Tunnel "nowhere/)
    expect(unmapped.at(-1)).toContain(reason)
  })

  it.each([
    ['type: load-balance', 'round-robin', 0],
    ['type: load-balance, strategy: consistent-hashing', 'round-robin', 1],
    ['type: url-test', 'failover', 1],
  ])('makes a list of a group with %s', (kind, mode, noteCount) => {
    const text = `tunnels: ["tcp,127.0.0.1:1,a:2,g"]\n${proxies}\nproxy-groups: [{ name: g, ${kind}, proxies: [lab, far] }]`
    const { lists, notes, unmapped } = summarizeForeign(text)
    expect(lists).toEqual([`g = ${mode} lab`])
    expect(notes).toHaveLength(noteCount)
    expect(unmapped).toContain('Group "g": its member "far", which is no next hop')
  })

  it('makes a chain of a proxy that is reached through another', () => {
    const text = `tunnels: ["tcp,127.0.0.1:1,a:2,far"]
proxies:
  - { name: far, type: http, server: f, port: 8443, tls: true, dialer-proxy: near }
  - { name: near, type: socks5, server: n, port: 1080 }
`
    const { hops, rules, unmapped } = summarizeForeign(text)
    expect([...hops].sort()).toEqual(['far = https://f:8443', 'near = socks5h://n:1080'])
    expect(rules).toEqual(['a:2: 127.0.0.1:1 -> a:2 by near → far'])
    expect(unmapped).toEqual([])
  })

  it('lists every other section and listener', () => {
    const text = `mixed-port: 7890\nrules: [MATCH,lab]\nlisteners:\n  - { name: in, type: socks, port: 1080 }\n${proxies}`
    expect(summarizeForeign(text).unmapped).toEqual([
      'Proxy "far": it is of the kind "vless", and next hops are SOCKS or HTTP proxies',
      '"mixed-port"',
      '"rules"',
      'Listener "in": it is of the kind "socks", which port rules are not',
    ])
  })

  it('is not led in circles by groups that contain each other', () => {
    const groups = '[{ name: a, type: select, proxies: [b] }, { name: b, type: select, proxies: [a] }]'
    const text = `tunnels: ["tcp,127.0.0.1:1,x:2,a"]\nproxies: []\nproxy-groups: ${groups}`
    expect(summarizeForeign(text).unmapped).toEqual([
      'Tunnel "127.0.0.1:1 to x:2": the group "a" contains itself',
    ])
  })
})
