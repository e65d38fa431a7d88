import { say, type Said } from '../told.ts'
import type { ListenAddress } from './address.ts'
import type { Destination } from './destination.ts'
import { listenKeys } from './destination-range.ts'
import { formatPath, type Issue } from './issues.ts'
import { unread } from './references.ts'

// What must differ between the parts of a config: ids, names, listen addresses.

interface Known {
  readonly id: string
}

interface Named extends Known {
  readonly name: string
}

interface ListeningRule extends Named {
  readonly enabled: boolean
  /** Undefined where it could not be read. */
  readonly listen: ListenAddress | undefined
  readonly destination: Destination
  readonly conditions: readonly Known[]
}

/** The other fields of these parts may be wrong. */
export interface Distinct {
  readonly hops: readonly Named[]
  readonly lists: readonly Named[]
  readonly rules: readonly ListeningRule[]
  readonly profiles: readonly Named[]
  readonly conditions: readonly Known[]
}

/** What is used twice. */
export function clashes(parts: Distinct): Issue[] {
  return [...duplicates(parts), ...duplicateConditions(parts), ...sharedListeners(parts)]
}

const sections = ['hops', 'lists', 'rules', 'profiles'] as const
const nouns = { hops: 'next hop', lists: 'next-hop list', rules: 'port rule', profiles: 'profile' } as const

function duplicates(parts: Distinct): Issue[] {
  return sections.flatMap((section) => {
    const seenNames = new Set<string>([unread])
    const sameNames = parts[section].flatMap(({ name }, index) => {
      const key = name.toLowerCase()
      if (key === unread || !seenNames.has(key)) {
        seenNames.add(key)
        return []
      }
      const said = say('Name "{name}" is taken by another {noun}: choose a different one', {
        name,
        noun: nouns[section],
      })
      return [{ path: [section, index, 'name'], ...said }]
    })
    return [...duplicateIds(parts[section], [section]), ...sameNames]
  })
}

/** Conditions are known by their ids within their list, for their counters. */
function duplicateConditions({ rules, conditions }: Distinct): Issue[] {
  return [
    ...rules.flatMap((rule, index) => duplicateIds(rule.conditions, ['rules', index, 'conditions'])),
    ...duplicateIds(conditions, ['conditions']),
  ]
}

function duplicateIds(parts: readonly Known[], path: Issue['path']): Issue[] {
  const seen = new Set<string>()
  return parts.flatMap(({ id }, index) => {
    const isTwice = id !== unread && seen.has(id)
    seen.add(id)
    return isTwice
      ? [{ path: [...path, index, 'id'], ...say('Id "{id}" is used twice: ids must differ', { id }) }]
      : []
  })
}

function sharedListeners({ rules }: Pick<Distinct, 'rules'>): Issue[] {
  const issues: Issue[] = []
  const taken = new Map<string, Holder>()
  rules.forEach(({ enabled, listen, destination, name }, index) => {
    if (!enabled || !listen || (listen.kind === 'tcp' && listen.port === 0)) return
    const keys = listenKeys(listen, destination)
    const key = keys.find((candidate) => taken.has(candidate))
    const holder = key === undefined ? undefined : taken.get(key)
    if (key === undefined || !holder) {
      for (const free of keys) taken.set(free, { name, index })
      return
    }
    issues.push({
      path: ['rules', index, 'listen', listen.kind === 'tcp' ? 'port' : 'path'],
      ...alreadyTaken(key, holder),
    })
  })
  return issues
}

interface Holder {
  readonly name: string
  readonly index: number
}

function alreadyTaken(address: string, { name, index }: Holder): Said {
  return name === unread
    ? say('{address} is already the listen address of {place}: choose another, or switch one off', {
        address,
        place: formatPath(['rules', index]),
      })
    : say('{address} is already the listen address of the rule "{rule}": choose another, or switch one off', {
        address,
        rule: name,
      })
}
