import type { BenchmarkName, Metric } from './measure/benchmark.ts'
import type { Machine } from './machine.ts'
import type { Peer } from './peers/peer.ts'

// What a run found, as it is written to JSON. The reports are made of this alone.

export interface Results {
  readonly version: 1
  readonly machine: Machine
  readonly sections: readonly Section[]
}

/** One benchmark with all that took part in it. */
export interface Section {
  readonly benchmark: BenchmarkName
  readonly title: string
  readonly explanation: string
  readonly metrics: readonly Metric[]
  readonly cases: readonly string[]
  /** ISO 8601. */
  readonly at: string
  readonly rounds: number
  /** A round before these did not count. */
  readonly hasWarmUp?: boolean
  readonly peers: readonly PeerResult[]
  readonly missing: readonly { readonly name: string; readonly reason: string }[]
}

export interface PeerResult {
  readonly name: string
  readonly kind: Peer['kind']
  readonly version: string
  readonly command: string
  readonly config?: string
  /** Case, then metric: one value per round. */
  readonly values: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>
  /** Case: why it could not be measured. */
  readonly failures: Readonly<Record<string, string>>
}

/** The results with the sections of a later run in place of the same ones of an earlier run on the same machine. */
export function mergeResults(earlier: Results | undefined, later: Results): Results {
  if (earlier === undefined || JSON.stringify(earlier.machine) !== JSON.stringify(later.machine)) return later
  const replaced = new Map(later.sections.map((section) => [section.benchmark, section]))
  const kept = earlier.sections.map((section) => replaced.get(section.benchmark) ?? section)
  const added = later.sections.filter(
    ({ benchmark }) => !kept.some((section) => section.benchmark === benchmark),
  )
  return { ...later, sections: [...kept, ...added] }
}
