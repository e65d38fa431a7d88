import type { Mode } from './mode.ts'

/** Drawn by weight, without putting back (Efraimidis and Spirakis, "Weighted random sampling", 2006). */
export const random: Mode = (candidates, input) =>
  candidates
    .map((candidate) => ({ candidate, lot: input.random() ** (1 / candidate.weight) }))
    .sort((a, b) => b.lot - a.lot)
    .map(({ candidate }) => candidate)
