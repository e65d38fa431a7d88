import type { Benchmark, Case, Values } from './measure/benchmark.ts'
import type { Forwarder, Peer } from './peers/peer.ts'
import type { PeerResult, Section } from './results.ts'

export interface Participant {
  readonly peer: Peer
  readonly version: string
}

interface Collected {
  command: string
  config: string | undefined
  readonly values: Record<string, Record<string, number[]>>
  readonly failures: Record<string, string>
}

/** Gathers the values of one benchmark. */
export class Collector {
  readonly #benchmark: Benchmark
  readonly #participants: readonly Participant[]
  readonly #collected: ReadonlyMap<Peer, Collected>

  constructor(benchmark: Benchmark, participants: readonly Participant[]) {
    this.#benchmark = benchmark
    this.#participants = participants
    this.#collected = new Map(participants.map(({ peer }) => [peer, emptyCollection()]))
  }

  started(peer: Peer, { command, config }: Forwarder): void {
    const collected = this.#of(peer)
    collected.command = command
    collected.config = config
  }

  add(peer: Peer, { name }: Case, values: Values): void {
    const { values: all } = this.#of(peer)
    const ofCase = (all[name] ??= {})
    for (const [metric, value] of Object.entries(values)) (ofCase[metric] ??= []).push(value)
  }

  fail(peer: Peer, { name }: Case, reason: string): void {
    this.#of(peer).failures[name] = reason
  }

  /** True where a peer has failed a case: the next rounds would only cost time. */
  hasFailed(peer: Peer, { name }: Case): boolean {
    return name in this.#of(peer).failures
  }

  section(at: string, rounds: number, missing: Section['missing']): Section {
    const { name: benchmark, title, explanation, metrics, cases } = this.#benchmark
    const peers = this.#participants.map(({ peer, version }) => this.#result(peer, version))
    return {
      benchmark,
      title,
      explanation,
      metrics,
      cases: cases.map(({ name }) => name),
      at,
      rounds,
      peers,
      missing,
    }
  }

  #result(peer: Peer, version: string): PeerResult {
    const { command, config, values, failures } = this.#of(peer)
    const { name, kind } = peer
    return { name, kind, version, command, ...(config !== undefined && { config }), values, failures }
  }

  #of(peer: Peer): Collected {
    const collected = this.#collected.get(peer)
    if (!collected) throw new Error(`${peer.name} does not take part`)
    return collected
  }
}

function emptyCollection(): Collected {
  return { command: '', config: undefined, values: {}, failures: {} }
}
