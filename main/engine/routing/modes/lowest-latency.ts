import type { Candidate } from '../candidate.ts'
import type { Mode } from './mode.ts'

/** After this time a measurement says nothing any more, and the hop gets a connection to be measured anew. */
export const measurementLifeMs = 60_000

/** The one that is quickest to connect to. Those without a fresh measurement come first, so that they get one. */
export const lowestLatency: Mode = (candidates, { now }) =>
  candidates.toSorted((a, b) => latency(a, now) - latency(b, now))

function latency({ standing: { latencyMs, measuredAt } }: Candidate, now: number): number {
  return latencyMs === undefined || now - measuredAt > measurementLifeMs ? -1 : latencyMs
}
