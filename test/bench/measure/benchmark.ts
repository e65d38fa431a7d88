import type { Load } from '../load.ts'
import type { Forwarder } from '../peers/peer.ts'
import type { Service } from '../services.ts'

/** One thing to measure, in one or more cases. */
export interface Benchmark {
  readonly name: BenchmarkName
  readonly title: string
  /** What the figures mean, for the report. */
  readonly explanation: string
  readonly metrics: readonly Metric[]
  readonly cases: readonly Case[]
}

export const benchmarkNames = [
  'throughput',
  'connections',
  'threads',
  'latency',
  'memory',
  'startup',
  'traces',
  'million',
] as const
export type BenchmarkName = (typeof benchmarkNames)[number]
/** Too long for a run of everything. */
export const onlyOnRequest: readonly BenchmarkName[] = ['million']

export interface Metric {
  readonly name: string
  readonly label: string
  readonly unit: Unit
  readonly better: 'more' | 'less'
}

export type Unit = 'bytes/s' | 'bytes' | 's/GB' | '1/s' | 'µs' | 'ms' | 'count'

export interface Case {
  readonly name: string
  readonly service: Service
  /**
   * Which process it measures: one that goes on through all rounds, one that has done nothing yet, or one that has
   * just been started and may not listen yet.
   */
  readonly forwarder: 'kept' | 'fresh' | 'starting'
  /** Connections that it opens at once. */
  readonly connections: number
  measure(context: MeasureContext): Promise<Values>
}

export interface MeasureContext {
  readonly load: Load
  readonly forwarder: Forwarder
  /** When the forwarder was started, by process.hrtime. */
  readonly startedAtNs: bigint
}

/** Values of metrics by their names. One that could not be measured is left out. */
export type Values = Readonly<Record<string, number>>

export interface BenchmarkOptions {
  /** How long one measurement of throughput, connections or latency goes on. */
  readonly seconds: number
  /** How long idle connections are held before they are counted again. */
  readonly holdSeconds: number
  readonly isQuick: boolean
  /** How many connections come and go where their sum counts. */
  readonly total: number
  /** As many as a forwarder may have open at once, by the system's limit of open files. */
  readonly mostConnections: number
}
