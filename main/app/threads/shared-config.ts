import { isDeepStrictEqual } from 'node:util'
import type { ListenAddress } from '../../../shared/model/address.ts'
import type { Config } from '../../../shared/model/config.ts'
import type { PortRule } from '../../../shared/model/port-rule.ts'
import { mostThreads } from '../../../shared/model/settings.ts'
import type { EngineConfig } from '../../engine/api.ts'

// What each thread is told to do: the first gets the config as it is, further ones listen where the first one does.

/** Where the rules listen in the first thread, by rule id. */
export type Bound = ReadonlyMap<string, ListenAddress>

type Buffers = Readonly<Record<string, SharedArrayBuffer>>

/**
 * The open connections of each thread, of rules and hops with a connection limit, and of hops whose load decides where
 * connections go. They live as long as the rule or hop.
 */
export class OpenCounts {
  #ofRules: Buffers = {}
  #ofHops: Buffers = {}

  of({ rules, hops, lists }: Pick<Config, 'rules' | 'hops' | 'lists'>) {
    const weighed = new Set(lists.flatMap(({ mode, hopIds }) => (mode === 'least-connections' ? hopIds : [])))
    this.#ofRules = buffers(
      rules.filter(({ maxConnections }) => maxConnections > 0),
      this.#ofRules,
    )
    this.#ofHops = buffers(
      hops.filter(({ id, maxConnections }) => maxConnections > 0 || weighed.has(id)),
      this.#ofHops,
    )
    return { openCounts: this.#ofRules, hopCounts: this.#ofHops }
  }

  /** A thread that died has no connections any more. */
  clear(thread: number): void {
    const all = [...Object.values(this.#ofRules), ...Object.values(this.#ofHops)]
    for (const buffer of all) Atomics.store(new Int32Array(buffer), thread, 0)
  }
}

function buffers(parts: readonly { readonly id: string }[], before: Buffers): Buffers {
  return Object.fromEntries(parts.map(({ id }) => [id, before[id] ?? new SharedArrayBuffer(mostThreads * 4)]))
}

export function configOfFirst(config: EngineConfig, openCounts: OpenCounts): EngineConfig {
  return { ...config, sharing: { thread: 0, silentRules: [], ...openCounts.of(config) } }
}

/** A further thread listens only where the first one does. A unix socket can't be shared. */
export function configOfFurther(
  config: EngineConfig,
  thread: number,
  bound: Bound,
  openCounts: OpenCounts,
): EngineConfig {
  const listens = ({ id, listen }: PortRule) => listen.kind === 'tcp' && bound.has(id)
  return {
    ...config,
    rules: config.rules.map((rule) => ({ ...rule, listen: bound.get(rule.id) ?? rule.listen })),
    sharing: {
      thread,
      silentRules: config.rules.filter((rule) => !listens(rule)).map(({ id }) => id),
      ...openCounts.of(config),
    },
  }
}

/** What stays bound through a change of the config: rules that are on and listen where they did. */
export function staysBound(bound: Bound, previous: EngineConfig | undefined, next: EngineConfig): Bound {
  if (!next.settings.forwarding) return new Map()
  const before = new Map(previous?.rules.map((rule) => [rule.id, rule]))
  const stays = ({ id, enabled, listen }: PortRule) =>
    enabled && isDeepStrictEqual(before.get(id)?.listen, listen)
  const ids = new Set(next.rules.filter(stays).map(({ id }) => id))
  return new Map([...bound].filter(([id]) => ids.has(id)))
}
