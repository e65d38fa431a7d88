import { createHash } from 'node:crypto'
import { configVersion, emptyConfig, parseConfig } from '../../../shared/model/config.ts'
import { defaultListenHost, formatListen } from '../../../shared/model/address.ts'
import { isLoopback } from '../../../shared/model/host.ts'
import type { Issue } from '../../../shared/model/issues.ts'
import type { NextHopInput } from '../../../shared/model/next-hop.ts'
import type { NextHopListInput } from '../../../shared/model/next-hop-list.ts'
import type { PortRuleInput } from '../../../shared/model/port-rule.ts'
import { freeName } from '../parts.ts'
import type { Foreign, ForeignFormat } from './foreign.ts'

/** A rule as an importer finds it; `host` empty or "*" stands for every address. */
export interface ForeignRule extends Omit<PortRuleInput, 'id' | 'listen' | 'allowedClients'> {
  readonly listen: { readonly host: string; readonly port: number } | { readonly path: string }
}

/** Collects what an importer finds. */
export interface PartsBuilder {
  /** The id; the same one for the same proxy. */
  hop(fields: Omit<NextHopInput, 'id'>): string
  list(fields: Omit<NextHopListInput, 'id'>): string
  rule(fields: ForeignRule): void
  note(sentence: string): void
  skip(sentence: string): void
  finish(): Foreign
}

interface Parts {
  hops: NextHopInput[]
  lists: NextHopListInput[]
  rules: PortRuleInput[]
}
type Section = keyof Parts

const nouns: Record<Section, string> = { hops: 'Next hop', lists: 'Next-hop list', rules: 'Port rule' }

/** Ids are made of what a part is, so that importing a file again changes parts instead of adding them twice. */
export function createPartsBuilder(format: ForeignFormat): PartsBuilder {
  const parts: Parts = { hops: [], lists: [], rules: [] }
  const notes: string[] = []
  const unmapped: string[] = []

  function add<S extends Section>(section: S, identity: unknown, fields: Omit<Parts[S][number], 'id'>) {
    const id = `${format}-${digest([section, identity])}`
    const others: { readonly id: string; readonly name: string }[] = parts[section]
    if (others.some((other) => other.id === id)) return id
    const name = freeName(clean(fields.name), others)
    ;(parts[section] as unknown[]).push({ ...fields, id, name })
    return id
  }

  return {
    hop: (fields) => {
      const { name: _name, password: _password, ...identity } = fields
      if (fields.tls?.verify === false) {
        notes.push(
          `"${clean(fields.name)}" takes any certificate, as the original did: better give it its CA`,
        )
      }
      return add('hops', identity, fields)
    },
    list: (fields) => add('lists', [fields.name], fields),
    rule: (fields) => {
      const listen = toListen(fields.listen)
      if ('host' in fields.listen && !isThisMachine(fields.listen.host)) {
        notes.push(
          `"${clean(fields.name)}" listens on 127.0.0.1 alone, where the original is open to other machines: ` +
            'to open it, change its listen address and say who may connect',
        )
      }
      add('rules', [listen, fields.destination], { ...fields, listen })
    },
    note: (sentence) => {
      if (!notes.includes(sentence)) notes.push(sentence)
    },
    skip: (sentence) => {
      if (!unmapped.includes(sentence)) unmapped.push(sentence)
    },
    finish: () => {
      const config = settle(parts, notes, unmapped)
      return { format, config, notes, unmapped }
    },
  }
}

function digest(identity: unknown): string {
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 16)
}

function clean(name: string): string {
  // eslint-disable-next-line no-control-regex
  const text = name.replace(/[\x00-\x1f\x7f]/g, ' ').trim()
  return text.slice(0, 58).trim() || 'Unnamed'
}

function isThisMachine(host: string): boolean {
  return host !== '' && host !== '*' && (host === 'localhost' || (isAddress(host) && isLoopback(host)))
}

function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.includes(':')
}

function toListen(listen: ForeignRule['listen']): PortRuleInput['listen'] {
  if ('path' in listen) return { kind: 'unix', path: listen.path }
  const host = isThisMachine(listen.host) ? listen.host : defaultListenHost
  return { kind: 'tcp', host, port: listen.port }
}

/** Takes out what the model refuses, with its reason, until the rest is a valid config. */
function settle(parts: Parts, notes: string[], unmapped: string[]): Foreign['config'] {
  parts.rules = switchOffRivals(parts.rules, notes)
  for (;;) {
    const result = parseConfig({ version: configVersion, ...parts })
    if (result.ok) return result.config
    const issue = result.issues[0]
    if (!issue || !takeOut(parts, issue, unmapped)) return emptyConfig
  }
}

/** Two rules can't listen in one place. */
function switchOffRivals(rules: readonly PortRuleInput[], notes: string[]): PortRuleInput[] {
  const taken = new Map<string, string>()
  return rules.map((rule) => {
    const { listen } = rule
    const key = formatListen(
      listen.kind === 'unix' ? listen : { ...listen, host: listen.host ?? defaultListenHost },
    )
    const rival = taken.get(key)
    if (rival === undefined) {
      taken.set(key, rule.name)
      return rule
    }
    notes.push(`"${rule.name}" comes switched off: ${key} is the listen address of "${rival}"`)
    return { ...rule, enabled: false }
  })
}

function takeOut(parts: Parts, { path, message }: Issue, unmapped: string[]): boolean {
  const [section, index, field, position] = path
  if (section !== 'hops' && section !== 'lists' && section !== 'rules') return false
  if (typeof index !== 'number') return false
  const part = parts[section][index]
  if (!part) return false
  if (section === 'lists' && field === 'hopIds' && typeof position === 'number') {
    // The hop itself was taken out and reported before.
    parts.lists = parts.lists.map((list, at) =>
      at === index ? { ...list, hopIds: list.hopIds.filter((_, member) => member !== position) } : list,
    )
    return true
  }
  const reason = field === 'route' ? 'what it goes through could not be imported' : message
  unmapped.push(`${nouns[section]} "${part.name}": ${reason}`)
  ;(parts[section] as unknown[]).splice(index, 1)
  return true
}
