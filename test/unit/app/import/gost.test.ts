import { describe, expect, it } from 'vitest'
import { readForeign } from '../../../../main/app/import/read-foreign.ts'
import { summarizeForeign } from '../../../support/foreign-summary.ts'

describe('a gost command', () => {
  it('with a target and a SOCKS5 node is a rule and a next hop', () => {
    const text = 'gost -L=tcp://127.0.0.1:9102/db.internal:5432 -F=socks5://me:p%40ss@10.0.0.5:1080'
    expect(summarizeForeign(text)).toEqual({
      format: 'gost',
      hops: ['10.0.0.5:1080 = socks5h://me@10.0.0.5:1080'],
      lists: [],
      rules: ['db.internal:5432: 127.0.0.1:9102 -> db.internal:5432 by 10.0.0.5:1080'],
      notes: [],
      unmapped: [],
    })
    expect(readForeign(text)?.config.hops[0]?.password).toBe('p@ss')
  })

  it.each([
    ['-L tcp://127.0.0.1:1/a:2 -F socks4://10.0.0.5:1080', 'socks4://10.0.0.5:1080'],
    ['-L tcp://127.0.0.1:1/a:2 -F socks4a://10.0.0.5:1080', 'socks4a://10.0.0.5:1080'],
    ['-L tcp://127.0.0.1:1/a:2 -F socks://[2001:db8::1]:1080', 'socks5h://[2001:db8::1]:1080'],
  ])('reads the node of %s', (args, url) => {
    expect(summarizeForeign(`gost ${args}`).hops).toEqual([expect.stringContaining(` = ${url}`)])
  })

  it.each([
    ['socks5://h1:1080,h2:1081', 'round-robin h1:1080, h2:1081'],
    ['"socks5://h1:1080,h2:1081?strategy=fifo"', 'failover h1:1080, h2:1081'],
    ['socks5://h1:1080?ip=h2:1081,h3', 'round-robin h1:1080, h2:1081, h3:1080'],
  ])('makes a list of the nodes in %s', (node, list) => {
    expect(summarizeForeign(`gost -L tcp://127.0.0.1:1/a:2 -F ${node}`).lists).toEqual([
      expect.stringContaining(list),
    ])
  })

  it('without a node goes out directly, and without an address listens on this machine alone', () => {
    const { rules, notes } = summarizeForeign('gost -L tcp://:9102/db:5432')
    expect(rules).toEqual(['db:5432: 127.0.0.1:9102 -> db:5432 by direct'])
    expect(notes).toHaveLength(1)
  })

  it.each([
    ['-L :8080', 'proxy', ['socks', 'http']],
    ['-L socks5://:8080', 'proxy', ['socks']],
    ['-L http://:8080', 'proxy', ['http']],
    ['-L sni://:8443', 'sniff', undefined],
  ])('makes a port that clients tell their destination of %s', (args, kind, protocols) => {
    const [rule] = readForeign(`gost ${args} -F socks5://h:1080`)?.config.rules ?? []
    expect(rule?.destination).toMatchObject({ kind, ...(protocols && { protocols }) })
  })

  it.each([
    ['-L udp://:53/8.8.8.8:53', '-L udp://:53: it forwards UDP, and Nexthop TCP'],
    ['-L rtcp://:22/h:22', '-L rtcp://:22: it listens at the other end, and Nexthop here'],
    ['-L tcp://:9102', '-L tcp://:9102: it names no target'],
    ['-L tcp://:9102/a:1,b:2', '-L tcp://:9102: it has several targets, and a port rule has one'],
    ['-L tcp+tls://:9102/a:1', '-L tcp://:9102: it listens with "tls", and port rules with plain TCP'],
    [
      '-L ss://chacha20:pass@:8338',
      '-L ss://:8338: its clients have to log in, which port rules do not ask for',
    ],
    ['-L nonsense', 'a -L that is not a node of GOST'],
    ['-F socks5://h:1080', 'a gost command without -L listens nowhere'],
    ['-L tcp://127.0.0.1:1/a:2 -C gost.yml', 'gost -C: only -L and -F are imported'],
    ['-L tcp://127.0.0.1:1/a:2?keepalive=true', '-L tcp://127.0.0.1:1: the option keepalive'],
  ])('lists what is not imported of %s', (args, reason) => {
    expect(summarizeForeign(`gost ${args}`).unmapped).toContain(reason)
  })

  it.each([
    ['-F relay+wss://h:443', 'Next hop h:443: it is reached over "wss", which Nexthop does not speak'],
    [
      '-F vmess://h:443',
      'Next hop h:443: it is of the kind "vmess", and next hops are SOCKS or HTTP proxies',
    ],
  ])('imports no rule without its way out: %s', (node, reason) => {
    const { rules, unmapped } = summarizeForeign(`gost -L tcp://127.0.0.1:1/a:2 ${node}`)
    expect(rules).toEqual([])
    expect(unmapped).toEqual([reason, '-L tcp://127.0.0.1:1: its -F could not be imported'])
  })

  it('makes a chain of several -F, of whatever protocol', () => {
    const { rules, hops } = summarizeForeign(
      'gost -L tcp://127.0.0.1:1/a:2 -F http://ann:pw@g:8080 -F socks5://h:1080 -F https://i:443',
    )
    expect(hops).toEqual(['g:8080 = http://ann@g:8080', 'h:1080 = socks5h://h:1080', 'i:443 = https://i:443'])
    expect(rules).toEqual(['a:2: 127.0.0.1:1 -> a:2 by g:8080 → h:1080 → i:443'])
  })

  it.each([
    ['-F socks5://h:1080 -F socks5://i:1,j:2', 'it is reached through a group of proxies or none at all'],
    ['-F socks5://h:1080 -F socks5://h:1080', 'it goes through the same proxy twice'],
  ])('lists what can be no chain: %s', (nodes, reason) => {
    const { rules, unmapped } = summarizeForeign(`gost -L tcp://127.0.0.1:1/a:2 ${nodes}`)
    expect(rules).toEqual([])
    expect(unmapped).toEqual([`-L tcp://127.0.0.1:1: ${reason}`])
  })

  it('never repeats a login', () => {
    const { notes, unmapped } = summarizeForeign(
      'gost -L socks5://ann:topsecret@:1080 -L bad:topsecret@ -P topsecret -F vmess://ann:topsecret@h:1\necho topsecret',
    )
    expect(JSON.stringify([notes, unmapped])).not.toContain('topsecret')
  })
})
