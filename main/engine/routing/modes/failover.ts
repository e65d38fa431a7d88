import type { Candidate } from '../candidate.ts'
import type { Mode } from './mode.ts'

/** The first of the list that works. One that was down comes behind the others until it has been healthy for a while. */
export const failover: Mode = (candidates, { now, returnAfterMs }) => {
  const isSettled = ({ standing }: Candidate) => returnsInMs(standing, now, returnAfterMs) <= 0
  if (candidates.every(isSettled)) return candidates
  return [...candidates.filter(isSettled), ...candidates.filter((candidate) => !isSettled(candidate))]
}

/** For how much longer one that was down comes behind the others; 0 or less where it does not. */
export function returnsInMs(
  { health, recoveredAt }: Candidate['standing'],
  now: number,
  returnAfterMs: number,
): number {
  return health.state === 'up' && recoveredAt !== undefined ? recoveredAt + returnAfterMs - now : 0
}
