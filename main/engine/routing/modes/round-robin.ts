import type { Candidate } from '../candidate.ts'
import type { Mode } from './mode.ts'

/**
 * Each in turn, as often as its weight says, the turns of a heavy one spread out (nginx's smooth weighted round
 * robin). Only hops that may be used take part, so the share of a lost one goes to all others, not to its neighbour.
 */
export const roundRobin: Mode = (candidates, { memory: { credits } }) => {
  let total = 0
  let best = 0
  let bestCredit = -Infinity
  candidates.forEach(({ hop, weight }, index) => {
    const credit = (credits.get(hop.id) ?? 0) + weight
    credits.set(hop.id, credit)
    total += weight
    if (credit <= bestCredit) return
    best = index
    bestCredit = credit
  })
  const first = candidates[best]
  if (first) credits.set(first.hop.id, bestCredit - total)
  return rotate(candidates, best)
}

function rotate(candidates: readonly Candidate[], start: number): readonly Candidate[] {
  return start === 0 ? candidates : [...candidates.slice(start), ...candidates.slice(0, start)]
}
