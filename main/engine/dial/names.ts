import { performance } from 'node:perf_hooks'
import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { lowestFreeFile } from '../lowest-free-file.ts'
import { ConnectError, nameQueued, nameTimeout } from './connect-error.ts'

// A lookup (getaddrinfo) can't be broken off, and libuv lets half of its threads do that, of all the process: names whose
// server does not answer would hold up every other one. So each name is looked up once at a time, and those that are
// not known to be quick must leave room for the others. No more are begun than libuv has threads for, so that who waits
// does so here, where it is known that the name is not to blame.

/** The addresses of a name in the system's order, each once. Rejects with a ConnectError, or with the signal's reason. */
export type LookUp = (name: string, within: Within) => Promise<readonly LookupAddress[]>

export interface Within {
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

interface Lookup {
  readonly answer: Promise<readonly LookupAddress[]>
  readonly settle: (answer: Promise<readonly LookupAddress[]>) => void
  /** As performance.now() has it; undefined while others must end first. */
  startedAt: number | undefined
  /** How many wait for it. */
  waiting: number
}

/** A lookup that took longer may do so again. */
const quickMs = 1000
const mostRemembered = 1000
/** More would only be needed where many servers of names fail at once. */
const mostUnproven = 4

export class Names {
  readonly #resolve: (name: string) => Promise<readonly LookupAddress[]>
  readonly #most: number
  readonly #mostUnproven: number
  readonly #lookups = new Map<string, Lookup>()
  /** Names whose last lookup was quick. */
  readonly #quick = new Set<string>()
  /** How many names are being looked up. */
  #running = 0
  /** How many of them were not quick the last time. */
  #unproven = 0

  /** @param threads of libuv's pool */
  constructor(
    threads: number,
    resolve: (name: string) => Promise<readonly LookupAddress[]> = (name) => lookup(name, { all: true }),
  ) {
    this.#resolve = resolve
    // As libuv has it (slow_work_thread_threshold in its threadpool.c).
    this.#most = Math.floor((threads + 1) / 2)
    // With one alone, a name that nobody answers for would hold up all that were never asked for.
    this.#mostUnproven = Math.min(mostUnproven, Math.max(2, this.#most - 1))
  }

  readonly lookUp: LookUp = async (name, within) => {
    const known = knownAddresses(name)
    if (known) return known
    const entry = this.#lookups.get(name) ?? this.#enter(name)
    entry.waiting += 1
    this.#startNext()
    try {
      return await inTime(entry, within)
    } finally {
      entry.waiting -= 1
      if (entry.waiting === 0 && entry.startedAt === undefined) this.#lookups.delete(name)
    }
  }

  #enter(name: string): Lookup {
    let settle: Lookup['settle'] = () => undefined
    const answer: Lookup['answer'] = new Promise((resolve) => (settle = resolve))
    // Where nobody waits any more, nobody wants to know.
    answer.catch(() => undefined)
    const entry = { answer, settle, startedAt: undefined, waiting: 0 }
    this.#lookups.set(name, entry)
    return entry
  }

  #startNext(): void {
    for (const [name, entry] of this.#lookups) {
      if (this.#running >= this.#most) return
      const isProven = this.#quick.has(name)
      if (entry.startedAt !== undefined || (!isProven && this.#unproven >= this.#mostUnproven)) continue
      entry.startedAt = performance.now()
      entry.settle(this.#run(name, isProven, entry.startedAt))
    }
  }

  async #run(name: string, isProven: boolean, startedAt: number): Promise<readonly LookupAddress[]> {
    this.#running += 1
    if (!isProven) this.#unproven += 1
    try {
      const addresses = await this.#resolve(name)
      return [...new Map(addresses.map((entry) => [entry.address, entry])).values()]
    } catch (error) {
      throw new ConnectError(trueCode((error as NodeJS.ErrnoException).code ?? 'ENOTFOUND'))
    } finally {
      this.#lookups.delete(name)
      this.#running -= 1
      if (!isProven) this.#unproven -= 1
      this.#remember(name, performance.now() - startedAt <= quickMs)
      this.#startNext()
    }
  }

  #remember(name: string, isQuick: boolean): void {
    this.#quick.delete(name)
    if (!isQuick) return
    this.#quick.add(name)
    const [oldest] = this.#quick
    if (this.#quick.size > mostRemembered && oldest !== undefined) this.#quick.delete(oldest)
  }
}

/** Where glibc can't open the files that say how names are looked up, it says that there is no such name. */
function trueCode(code: string): string {
  return code === 'ENOTFOUND' && lowestFreeFile() === Infinity ? 'EMFILE' : code
}

/** What must not wait: addresses themselves, and localhost, which is always this machine (RFC 6761 section 6.3). */
function knownAddresses(name: string): readonly LookupAddress[] | undefined {
  const family = isIP(name)
  if (family !== 0) return [{ address: name, family }]
  if (!/^localhost\.?$/i.test(name)) return undefined
  return [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ]
}

/** The name is to blame for a time-out only where the system was asked for it all the time. */
function inTime(entry: Lookup, { timeoutMs, signal }: Within): Promise<readonly LookupAddress[]> {
  const since = performance.now()
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error)
    const giveUp = (reason: Error) => {
      finish()
      reject(reason)
    }
    const onAbort = () => giveUp(signal.reason as Error)
    const onTimeout = () => {
      const wasAsked = entry.startedAt !== undefined && entry.startedAt <= since
      giveUp(new ConnectError(wasAsked ? nameTimeout : nameQueued))
    }
    const timer = setTimeout(onTimeout, timeoutMs)
    const finish = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    }
    signal.addEventListener('abort', onAbort)
    entry.answer.finally(finish).then(resolve, reject)
  })
}

/** Of this thread, since the pool of threads that it spares is not its own either. */
export const names = new Names(poolSize(process.env))

/** As libuv reads it. */
export function poolSize({ UV_THREADPOOL_SIZE: size }: NodeJS.ProcessEnv): number {
  return size === undefined ? 4 : Math.max(1, Number.parseInt(size) || 1)
}
