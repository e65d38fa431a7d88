import type { Candidate } from '../candidate.ts'
import type { Mode } from './mode.ts'

/** The one with the fewest connections for its weight; of equal ones, the first of the list. */
export const leastConnections: Mode = (candidates) => candidates.toSorted((a, b) => load(a) - load(b))

function load({ standing, weight }: Candidate): number {
  return standing.open / weight
}
