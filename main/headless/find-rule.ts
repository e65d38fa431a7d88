import type { PortRule } from '../../shared/model/port-rule.ts'
import { UsageError } from './command.ts'
import { nearMiss } from './near-miss.ts'

type NamedRule = Pick<PortRule, 'id' | 'name'>

/** How many names a message lists. */
const mostListed = 20

/** The port rule with a name, or else with an id. Throws a UsageError that tells which there are. */
export function findRule({ rules }: { readonly rules: readonly NamedRule[] }, text: string): NamedRule {
  const wanted = text.toLowerCase()
  const rule = rules.find(({ name }) => name.toLowerCase() === wanted) ?? rules.find(({ id }) => id === text)
  if (rule) return rule
  const names = rules.map(({ name }) => name)
  const near = nearMiss(text, names)
  throw new UsageError(
    `--rule: there is no port rule "${text}"; ${near === undefined ? listNames(names) : `did you mean "${near}"?`}`,
  )
}

function listNames(names: readonly string[]): string {
  if (names.length === 0) return 'the config has none'
  const listed = names.slice(0, mostListed).map((name) => `"${name}"`)
  return `there are ${listed.join(', ')}${names.length > mostListed ? ', …' : ''}`
}
