import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { candidatePorts } from '../../../main/app/port-suggestion.ts'
import { mergeConfig } from '../../../main/app/transfer/merge.ts'
import {
  destinationSchema,
  isAllowedDestination,
  type Destination,
} from '../../../shared/model/destination.ts'
import { formatListenRange, formatRange, namedDestinations } from '../../../shared/model/destination-range.ts'
import { parseConfig } from '../../../shared/model/config.ts'
import { formatIssue, toIssues } from '../../../shared/model/issues.ts'
import { portRuleSchema, type PortRuleInput } from '../../../shared/model/port-rule.ts'
import { makeConfig, makeRule } from '../../support/config.ts'

const direct = { route: { kind: 'direct' } } as const
const parse = (destination: unknown): Destination => v.parse(destinationSchema, destination)

function mistakes(fields: Partial<PortRuleInput> | Record<string, unknown>): string[] {
  const rule = {
    id: 'r',
    name: 'Rule',
    listen: { kind: 'tcp', port: 9000 },
    destination: { kind: 'fixed', host: 'a', port: 1 },
    route: { kind: 'direct' },
    ...fields,
  }
  const parsed = v.safeParse(portRuleSchema, rule)
  return parsed.success ? [] : toIssues(parsed.issues).map(formatIssue)
}

describe('a destination', () => {
  it.each([
    [{ kind: 'sniff' }, { kind: 'sniff', allowed: [] }],
    [{ kind: 'proxy' }, { kind: 'proxy', protocols: ['socks', 'http'], allowed: [] }],
    [{ kind: 'header' }, { kind: 'header', allowed: [] }],
    [
      { kind: 'header', allowed: ['EXAMPLE.com', ' *.Bücher.example', '10.0.0.1', '10.9.9.9/8'] },
      { kind: 'header', allowed: ['example.com', '*.xn--bcher-kva.example', '10.0.0.1/32', '10.0.0.0/8'] },
    ],
  ])('%j has defaults, and canonical names', (given, expected) => {
    expect(parse(given)).toEqual(expected)
  })

  it.each([
    [{ destination: { kind: 'range', host: 'a', port: 1, count: 1 } }, 'Number of ports must be'],
    [{ destination: { kind: 'range', host: 'a', port: 1, count: 1001 } }, 'Number of ports must be'],
    [{ destination: { kind: 'range', host: 'a', port: 65530, count: 10 } }, 'destination.port: First dest'],
    [
      { listen: { kind: 'tcp', port: 65530 }, destination: { kind: 'range', host: 'a', port: 1, count: 10 } },
      'listen.port: Listen port is too high for 10 ports',
    ],
    [
      { listen: { kind: 'tcp', port: 0 }, destination: { kind: 'range', host: 'a', port: 1, count: 10 } },
      'listen.port: Listen port must be given for a range of ports',
    ],
    [{ destination: { kind: 'sniff', allowed: ['*'] } }, 'destination.allowed[0]: Allowed destination "*"'],
    [{ destination: { kind: 'sniff', allowed: ['*.1.2.3.4'] } }, 'destination.allowed[0]: Allowed destin'],
    [{ destination: { kind: 'sniff', fallback: { host: '' } } }, 'destination.fallback.host: Default host'],
    [{ destination: { kind: 'proxy', protocols: [] } }, 'destination.protocols: Proxy protocols is empty'],
    [{ destination: { kind: 'proxy', protocols: ['ftp'] } }, 'Proxy protocol must be "socks" or "http"'],
    [{ destination: { kind: 'header' } }, 'receiveProxyHeader: Receive PROXY header is off'],
    [{ sendProxyHeader: 'v3' }, 'sendProxyHeader: Send PROXY header must be "off", "v1" or "v2"'],
    [{ identifyTimeoutMs: 0 }, 'identifyTimeoutMs: Identify time-out must be a whole number from 100'],
  ])('%j is refused', (fields, start) => {
    expect(mistakes(fields).join('\n')).toContain(start)
  })

  it('is named by its rule, or not', () => {
    const range = parse({ kind: 'range', host: '::1', port: 5000, count: 10 })
    expect(namedDestinations(range).map(formatRange)).toEqual(['[::1]:5000-5009'])
    const sniff = parse({ kind: 'sniff', fallback: { host: 'a', port: 443 } })
    expect(namedDestinations(sniff).map(formatRange)).toEqual(['a:443'])
    expect(namedDestinations(parse({ kind: 'proxy' }))).toEqual([])
  })

  it.each([
    [[], 'anything.example', true],
    [['example.com'], 'example.com', true],
    [['example.com'], 'example.com.', true],
    [['example.com'], 'www.example.com', false],
    [['*.example.com'], 'www.example.com', true],
    [['*.example.com'], 'a.b.example.com', true],
    [['*.example.com'], 'example.com', false],
    [['*.example.com'], 'badexample.com', false],
    [['10.0.0.0/8'], '10.1.2.3', true],
    [['10.0.0.0/8'], '11.1.2.3', false],
    [['10.0.0.0/8'], '::ffff:10.1.2.3', true],
    [['fd00::/8'], 'fd00::1', true],
    [['fd00::/8'], '10.0.0.1', false],
    [['10.0.0.0/8'], 'example.com', false],
    [['example.com'], '10.0.0.1', false],
    [['*.Example.COM'], 'www.example.com', true],
    [['example.com'], 'EXAMPLE.com', true],
  ])('%j allows %s: %s', (allowed, host, expected) => {
    expect(isAllowedDestination(allowed, host)).toBe(expected)
  })
})

describe('a range of ports', () => {
  const range = { kind: 'range', host: 'far.example', port: 5000, count: 10 } as const
  const issues = (rules: readonly Record<string, unknown>[], hops: readonly unknown[] = []) => {
    const complete = rules.map((rule, index) => ({
      id: `r${index}`,
      name: `Rule ${index}`,
      destination: { kind: 'fixed', host: 'far.example', port: 80 },
      route: { kind: 'direct' },
      ...rule,
    }))
    const result = parseConfig({ version: 1, hops, rules: complete })
    return result.ok ? [] : result.issues.map(formatIssue)
  }

  it('takes all its listen ports', () => {
    const first = { listen: { kind: 'tcp', port: 9000 }, destination: range }
    expect(issues([first, { listen: { kind: 'tcp', port: 9009 } }])).toEqual([
      'rules[1].listen.port: 127.0.0.1:9009 is already the listen address of the rule "Rule 0": choose another, or switch one off',
    ])
    expect(issues([first, { listen: { kind: 'tcp', port: 9010 } }])).toEqual([])
  })

  it('is shown, and left free by suggestions and imports', () => {
    const ranged = makeConfig({ rules: [makeRule({ to: range, listen: 9000, ...direct })] })
    const [present] = ranged.rules
    if (!present) throw new Error('the config has no rule')
    const { listen, destination } = present
    expect(formatListenRange(listen, destination)).toBe('127.0.0.1:9000-9009')
    expect(candidatePorts(9005, ranged.rules)[0]).toBe(9010)
    const imported = makeConfig({ rules: [makeRule({ id: 'other', to: 1, listen: 9004, ...direct })] })
    const merged = mergeConfig(ranged, imported, 'merge')
    expect(merged.config.rules.map(({ enabled }) => enabled)).toEqual([true, false])
    expect(merged.preview.notes).toEqual([
      '"Test other" comes switched off: 127.0.0.1:9004 is the listen address of "Test rule"',
    ])
  })

  it('may not lead back to itself, nor may a hop', () => {
    const loop = {
      listen: { kind: 'tcp', port: 9000 },
      destination: { ...range, host: 'localhost', port: 9000 },
    }
    expect(issues([loop])[0]).toContain('localhost:9000-9009 leads back to this rule')
    const hop = { id: 'h', name: 'H', host: '127.0.0.1', port: 9005, version: '5' }
    expect(issues([{ listen: { kind: 'tcp', port: 9000 }, destination: range }], [hop])[0]).toContain(
      'a loop',
    )
  })
})
