import type { ImportPreview } from '../../../shared/calls/config-calls.ts'
import type { Condition } from '../../../shared/model/condition.ts'
import type { Config } from '../../../shared/model/config.ts'
import { formatListenRange, listenKeys } from '../../../shared/model/destination-range.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import type { PortRule } from '../../../shared/model/port-rule.ts'
import { freeName, upsert } from '../parts.ts'

// How an imported config joins the present one. Parts are the same where their ids are.

export type ImportMode = 'merge' | 'replace'

export interface Merged {
  readonly config: Config
  readonly preview: Pick<ImportPreview, 'added' | 'changed' | 'removed' | 'notes' | 'listens'>
}

/** Joins two valid configs. A hop that comes without its password keeps the one that is stored here. */
export function mergeConfig(present: Config, imported: Config, mode: ImportMode): Merged {
  const notes: string[] = []
  const hops = imported.hops.map((hop) => keepPassword(hop, present.hops))
  if (mode === 'replace') {
    const config = { ...imported, hops }
    return { config, preview: { ...compare(present, config), notes } }
  }
  const config = {
    ...present,
    hops: joinParts(present.hops, hops, notes),
    lists: joinParts(present.lists, imported.lists, notes),
    rules: quiet(present.rules, joinParts(present.rules, imported.rules, notes), imported.rules, notes),
    conditions: joinConditions(present.conditions, imported.conditions),
  }
  return { config, preview: { ...compare(present, config), notes } }
}

function keepPassword(hop: NextHop, present: readonly NextHop[]): NextHop {
  if (hop.password !== undefined || hop.passwordFrom !== undefined || hop.version !== '5') return hop
  const stored = present.find(({ id }) => id === hop.id)
  if (stored?.password === undefined || stored.user !== hop.user) return hop
  return { ...hop, password: stored.password }
}

/** Two rules can't listen in one place: the imported one comes switched off. `joined` has the names that they get here. */
function quiet(
  present: readonly PortRule[],
  joined: readonly PortRule[],
  imported: readonly PortRule[],
  notes: string[],
): PortRule[] {
  const importedIds = new Set(imported.map(({ id }) => id))
  return joined.map((rule) => {
    if (!rule.enabled || !importedIds.has(rule.id)) return rule
    const addresses = listenKeys(rule.listen, rule.destination)
    const rival = present.find(
      (other) =>
        other.id !== rule.id &&
        other.enabled &&
        listenKeys(other.listen, other.destination).some((address) => addresses.includes(address)),
    )
    if (!rival) return rule
    notes.push(
      `"${rule.name}" comes switched off: ${formatListenRange(rule.listen, rule.destination)} is the listen address of "${rival.name}"`,
    )
    return { ...rule, enabled: false }
  })
}

interface Part {
  readonly id: string
  readonly name: string
}

function joinParts<T extends Part>(present: readonly T[], imported: readonly T[], notes: string[]): T[] {
  return imported.reduce<T[]>(
    (parts, part) => {
      const name = freeName(
        part.name,
        parts.filter(({ id }) => id !== part.id),
      )
      if (name !== part.name) notes.push(`"${part.name}" comes as "${name}": the name is taken`)
      return upsert(parts, { ...part, name })
    },
    [...present],
  )
}

/** Those that come along are asked after those that are there. */
function joinConditions(present: readonly Condition[], imported: readonly Condition[]): Condition[] {
  return imported.reduce<Condition[]>(
    (all, condition) => {
      const index = all.findIndex(({ id }) => id === condition.id)
      return index < 0 ? [...all, condition] : all.with(index, condition)
    },
    [...present],
  )
}

const sections = ['hops', 'lists', 'rules'] as const

/** They have no names that must be there, so they are told of as one. */
const conditionsName = 'Conditions of all rules'

function compare(before: Config, after: Config): Omit<Merged['preview'], 'notes'> {
  const names = (pick: (section: (typeof sections)[number]) => readonly Part[]) =>
    sections.flatMap((section) => pick(section).map(({ name }) => name))
  const find = (config: Config, section: (typeof sections)[number], id: string) =>
    config[section].find((part) => part.id === id)
  const conditions =
    JSON.stringify(before.conditions) === JSON.stringify(after.conditions) ? [] : [conditionsName]
  const [had, has] = [before.conditions.length > 0, after.conditions.length > 0]
  return {
    added: [
      ...names((section) => after[section].filter(({ id }) => !find(before, section, id))),
      ...(had ? [] : conditions),
    ],
    changed: [
      ...names((section) =>
        after[section].filter((part) => {
          const old = find(before, section, part.id)
          return old !== undefined && JSON.stringify(old) !== JSON.stringify(part)
        }),
      ),
      ...(had && has ? conditions : []),
    ],
    removed: [
      ...names((section) => before[section].filter(({ id }) => !find(after, section, id))),
      ...(has ? [] : conditions),
    ],
    listens: after.rules
      .filter(({ enabled }) => enabled)
      .filter((rule) => JSON.stringify(rule) !== JSON.stringify(find(before, 'rules', rule.id)))
      .map(({ name, listen, destination }) => ({ name, address: formatListenRange(listen, destination) })),
  }
}
