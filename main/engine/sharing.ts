// What the engines of several threads must know of each other to look like one. They listen on the same ports, and the
// system spreads the connections over them; which thread has a connection never changes.

export interface ThreadSharing {
  /** Counts from 0. The first thread binds the rules' ports and speaks for them; further ones join it there. */
  readonly thread: number
  /** Rules that are on, but do not listen in this thread. */
  readonly silentRules: readonly string[]
  /** Of rules with a connection limit, by id: how many connections each thread has open, one Int32 per thread. */
  readonly openCounts: Readonly<Record<string, SharedArrayBuffer>>
  /** The same of next hops that have a limit, or whose load decides where connections go. */
  readonly hopCounts: Readonly<Record<string, SharedArrayBuffer>>
}

/** Unique among all threads. */
export function connectionId(thread: number, number: number): string {
  return thread === 0 ? String(number) : `${thread}-${number}`
}

/** How a port is bound: by one thread alone, or together, where the first sees to it that nobody else has it. */
export type PortUse = 'alone' | 'first' | 'further'

export function portUse(sharing: ThreadSharing | undefined): PortUse {
  if (!sharing) return 'alone'
  return sharing.thread === 0 ? 'first' : 'further'
}

/** What the connections of a rule or hop in this thread and in the others come to. */
export interface OpenCount {
  /** Tells the others how many are open here. */
  tell(open: number): void
  elsewhere(): number
}

export const notShared: OpenCount = { tell: () => undefined, elsewhere: () => 0 }

/**
 * Two threads that accept at the same moment see each other's connection if each tells of its own first and looks then:
 * a limit may turn away one too many in that moment, but is never exceeded.
 */
export function openCountOf(sharing: ThreadSharing | undefined, ruleId: string): OpenCount {
  return sharing ? openCount(sharing.openCounts[ruleId], sharing.thread) : notShared
}

export function openCountOfHop(sharing: ThreadSharing | undefined, hopId: string): OpenCount {
  return sharing ? openCount(sharing.hopCounts[hopId], sharing.thread) : notShared
}

function openCount(buffer: SharedArrayBuffer | undefined, thread: number): OpenCount {
  if (!buffer) return notShared
  const counts = new Int32Array(buffer)
  return {
    tell: (open) => {
      Atomics.store(counts, thread, open)
    },
    elsewhere: () => {
      let sum = 0
      for (let other = 0; other < counts.length; other += 1) {
        if (other !== thread) sum += Atomics.load(counts, other)
      }
      return sum
    },
  }
}
