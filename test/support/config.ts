import type { ConditionInput } from '../../shared/model/condition.ts'
import { parseConfig, type Config } from '../../shared/model/config.ts'
import { formatIssue } from '../../shared/model/issues.ts'
import type { NextHopInput } from '../../shared/model/next-hop.ts'
import type { NextHopListInput } from '../../shared/model/next-hop-list.ts'
import type { PortRuleInput } from '../../shared/model/port-rule.ts'

// Configs for tests: only what a test is about needs to be said. Everything passes the same validation as a user's file.

/** A SOCKS5 hop with the id "hop" that fails fast: no retry and no wait unless asked for. */
export function makeHop(fields: Partial<NextHopInput> & { readonly port: number }): NextHopInput {
  return {
    id: 'hop',
    name: 'Test hop',
    host: '127.0.0.1',
    version: '5',
    retries: 0,
    failureWaitMs: 0,
    ...fields,
  }
}

export interface RuleFields extends Partial<Omit<PortRuleInput, 'listen' | 'destination'>> {
  /** A port on 127.0.0.1 (0 picks one), or a complete listen address. */
  readonly listen?: number | PortRuleInput['listen']
  /** A port on 127.0.0.1, host and port, or a complete destination. */
  readonly to: number | { readonly host: string; readonly port: number } | PortRuleInput['destination']
}

/** A rule with the id "rule" on a free loopback port, by way of the hop with the id "hop". */
export function makeRule({ listen = 0, to, ...fields }: RuleFields): PortRuleInput {
  const id = fields.id ?? 'rule'
  return {
    id,
    name: `Test ${id}`,
    route: { kind: 'hop', hopId: 'hop' },
    ...fields,
    listen: typeof listen === 'number' ? { kind: 'tcp', host: '127.0.0.1', port: listen } : listen,
    destination: toDestination(to),
  }
}

function toDestination(to: RuleFields['to']): PortRuleInput['destination'] {
  if (typeof to === 'number') return { kind: 'fixed', host: '127.0.0.1', port: to }
  return 'kind' in to ? to : { kind: 'fixed', ...to }
}

export interface ConfigFields {
  readonly hops?: readonly NextHopInput[]
  readonly lists?: readonly NextHopListInput[]
  readonly rules?: readonly PortRuleInput[]
  /** Of all rules. */
  readonly conditions?: readonly ConditionInput[]
  readonly settings?: Partial<Config['settings']>
}

/** A complete config; throws with every mistake where it is not valid. */
export function makeConfig(fields: ConfigFields): Config {
  const { hops = [], lists = [], rules = [], conditions = [], settings = {} } = fields
  const result = parseConfig({ version: 1, hops, lists, rules, conditions, settings })
  if (!result.ok) throw new Error(`test config is not valid:\n${result.issues.map(formatIssue).join('\n')}`)
  return result.config
}
