import type { Candidate } from '../candidate.ts'
import type { Mode } from './mode.ts'

/** The first of the list that works. One that was down comes behind the others until it has been healthy for a while. */
export const failover: Mode = (candidates, { now, returnAfterMs }) => {
  const isSettled = ({ standing }: Candidate) => !isReturning(standing, now, returnAfterMs)
  if (candidates.every(isSettled)) return candidates
  return [...candidates.filter(isSettled), ...candidates.filter((candidate) => !isSettled(candidate))]
}

function isReturning(
  { health, recoveredAt }: Candidate['standing'],
  now: number,
  returnAfterMs: number,
): boolean {
  return health.state === 'up' && recoveredAt !== undefined && now - recoveredAt < returnAfterMs
}
