import type { Candidate } from '../candidate.ts'
import type { StickyTable } from './sticky-table.ts'

/** What a list remembers from one connection to the next. */
export interface PoolMemory {
  /** Round robin: how far each hop is behind its share, by hop id. */
  readonly credits: Map<string, number>
  readonly sticky: StickyTable
}

export interface ModeInput {
  /** Of performance.now(), as all times of the hops' standing. */
  readonly now: number
  readonly returnAfterMs: number
  readonly stickyForMs: number
  /** What a sticky list goes by: the client's address, or the destination. */
  readonly key: string
  /** From 0 up to but not 1. */
  readonly random: () => number
  readonly memory: PoolMemory
}

/** Puts hops that may be used into the order in which a connection tries them. There is at least one. */
export type Mode = (candidates: readonly Candidate[], input: ModeInput) => readonly Candidate[]
