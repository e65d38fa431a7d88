import { setTimeout as pause } from 'node:timers/promises'

const defaultTimeoutMs = 10_000

/**
 * Waits until a condition holds and gives its value. Looks again every few milliseconds, so tests never sleep for a
 * fixed time. Rejects with `what` and the last state that `describe` gives.
 */
export async function until<T>(
  what: string,
  condition: () => T | Promise<T>,
  { timeoutMs = defaultTimeoutMs, describe = () => '' }: { timeoutMs?: number; describe?: () => string } = {},
): Promise<Exclude<T, false | null | undefined | 0 | ''>> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const value = await condition()
    if (value) return value as Exclude<T, false | null | undefined | 0 | ''>
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain: ${what}. ${describe()}`)
    await pause(4)
  }
}

/** Rejects where a promise takes too long, and says what was waited for. */
export async function within<T>(what: string, promise: Promise<T>, timeoutMs = defaultTimeoutMs): Promise<T> {
  const stop = new AbortController()
  const late = pause(timeoutMs, undefined, { signal: stop.signal }).then(() => {
    throw new Error(`waited ${timeoutMs} ms in vain: ${what}`)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    stop.abort()
    late.catch(() => undefined)
  }
}
