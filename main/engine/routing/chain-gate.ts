import { isLocked } from '../hop-state.ts'
import type { Candidate } from './candidate.ts'

/**
 * The hop of a chain that tells whether it can be used now: the first, since the others are known through it alone; or one
 * that can't log in, wherever it stands.
 */
export function chainGate(members: readonly Candidate[]): Candidate | undefined {
  return members.find(({ standing }) => isLocked(standing.health)) ?? members[0]
}
