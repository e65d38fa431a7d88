import { describe, expect, it } from 'vitest'
import { readForeign } from '../../../../main/app/import/read-foreign.ts'
import { summarizeForeign } from '../../../support/foreign-summary.ts'

const profile = (encryption: string, rules = '') => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<ProxifierProfile version="102" platform="Windows" product_id="0" product_minver="400">
  <Options><Encryption mode="${encryption}" /></Options>
  <ProxyList>
    <Proxy id="100" type="SOCKS5">
      <Address>10.0.0.5</Address><Port>1080</Port><Options>48</Options><Label>Office</Label>
      <Authentication enabled="true"><Username>ann</Username><Password>cGFzcw==</Password></Authentication>
    </Proxy>
    <Proxy id="101" type="SOCKS4"><Address>10.0.0.6</Address><Port>1081</Port></Proxy>
    <Proxy id="102" type="SSH"><Address>web.example</Address><Port>22</Port></Proxy>
  </ProxyList>
  <ChainList>
    <Chain id="200" type="redundancy"><Name>Both</Name>
      <Proxy enabled="true">100</Proxy><Proxy enabled="true">101</Proxy><Proxy enabled="false">102</Proxy></Chain>
    <Chain id="201" type="load_balancing"><Name>Spread</Name><Proxy enabled="true">101</Proxy></Chain>
  </ChainList>
  <RuleList>${rules}</RuleList>
</ProxifierProfile>`

const rule = (fields: string) => profile('basic', `<Rule enabled="true"><Name>R</Name>${fields}</Rule>`)
const both = '<Action type="Chain">200</Action>'

describe('a Proxifier profile', () => {
  it('becomes next hops and lists, and rules where destinations are named', () => {
    const fields = `${both}<Targets>db.internal</Targets><Ports>5432</Ports>`
    expect(summarizeForeign(rule(fields))).toEqual({
      format: 'proxifier',
      hops: ['Office = socks5h://ann@10.0.0.5:1080', '10.0.0.6:1081 = socks4://10.0.0.6:1081'],
      lists: ['Both = failover Office, 10.0.0.6:1081', 'Spread = round-robin 10.0.0.6:1081'],
      rules: ['R: 127.0.0.1:5432 -> db.internal:5432 by Both (off)'],
      notes: [
        'The password of "Office" is locked for Proxifier alone: enter it in the next hop',
        '"R" comes switched off: Nexthop does not catch connections, so point the program at 127.0.0.1:5432 and switch it on',
      ],
      unmapped: ['Proxy "web.example:22": it is of the kind "ssh", and next hops are SOCKS or HTTP proxies'],
    })
  })

  it('has passwords only where they are not locked', () => {
    expect(readForeign(profile('basic'))?.config.hops[0]).not.toHaveProperty('password')
    expect(readForeign(profile('disabled'))?.config.hops[0]?.password).toBe('cGFzcw==')
  })

  it.each([
    [
      '<Action type="Direct" /><Targets>a</Targets><Ports>1</Ports>',
      ['R: 127.0.0.1:1 -> a:1 by direct (off)'],
    ],
    ['<Action type="Block" /><Targets>a</Targets><Ports>1</Ports>', ['R: 127.0.0.1:1 -> a:1 by block (off)']],
    [
      '<Action type="Proxy">100</Action><Targets>"a"; b</Targets><Ports>1;2</Ports>',
      [
        'R: a:1: 127.0.0.1:1 -> a:1 by Office (off)',
        'R: a:2: 127.0.0.1:2 -> a:2 by Office (off)',
        'R: b:1: 127.0.0.1:1 -> b:1 by Office (off)',
        'R: b:2: 127.0.0.1:2 -> b:2 by Office (off)',
      ],
    ],
  ])('makes port rules of %s', (fields, rules) => {
    expect(summarizeForeign(rule(fields)).rules).toEqual(rules)
  })

  const catches =
    'Rule "R": it catches connections of programs, and does not name its destinations one by one: ' +
    'add a port rule for each that you need'
  it.each([
    [`${both}`, catches],
    [`${both}<Targets>*.example.com</Targets><Ports>443</Ports>`, catches],
    [`${both}<Targets>10.0.0.1-10.0.0.9</Targets><Ports>443</Ports>`, catches],
    [`${both}<Targets>a</Targets><Ports>1-9</Ports>`, catches],
    ['<Action type="Proxy">102</Action>', 'Rule "R": its proxy could not be imported'],
    [
      `${both}<Applications>x.exe</Applications><Targets>a</Targets><Ports>1</Ports>`,
      'Rule "R": it is for x.exe alone, and a port rule for every program',
    ],
  ])('lists what is not imported of %s', (fields, reason) => {
    expect(summarizeForeign(rule(fields)).unmapped.at(-1)).toBe(reason)
  })

  it('has chains of proxies in a row, and HTTP proxies in them', () => {
    const row = (...ids: string[]) => ids.map((id) => `<Proxy enabled="true">${id}</Proxy>`).join('')
    const withChain = (members: string) =>
      rule('<Action type="Chain">300</Action><Targets>a</Targets><Ports>1</Ports>')
        .replace(
          '</ProxyList>',
          '<Proxy id="103" type="HTTPS"><Address>web</Address><Port>8080</Port></Proxy></ProxyList>',
        )
        .replace(
          '</ChainList>',
          `<Chain id="300" type="simple"><Name>Row</Name>${members}</Chain></ChainList>`,
        )
    const { hops, rules } = summarizeForeign(withChain(row('100', '103')))
    expect(hops).toContain('web:8080 = http://web:8080')
    expect(rules).toEqual(['R: 127.0.0.1:1 -> a:1 by Office → web:8080 (off)'])
    const broken = summarizeForeign(withChain(row('100', '102')))
    expect(broken.rules).toEqual([])
    expect(broken.unmapped).toContain('Chain "Row": one of its proxies could not be imported')
  })

  it('that is damaged is refused with words', () => {
    expect(() => readForeign('<ProxifierProfile version="102"><ProxyList>')).toThrow(
      'This Proxifier profile is not complete XML',
    )
  })
})
