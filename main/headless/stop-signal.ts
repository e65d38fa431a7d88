/**
 * Removes what packages do about signals when they are loaded: conf brings a listener that sends every signal to this
 * process a second time. What signals do is ours to say.
 */
export function forgetSignalListeners(): void {
  for (const name of process.eventNames()) {
    if (typeof name === 'string' && name.startsWith('SIG')) process.removeAllListeners(name)
  }
}

export interface StopSignal {
  /** Aborted by the first request to stop. */
  readonly signal: AbortSignal
  /** Resolves at the first request to stop. */
  readonly requested: Promise<void>
  /** Stops listening for signals. */
  close(): void
}

/**
 * Turns SIGINT and SIGTERM, and others where named, into a request to stop. A second one ends the process at once: who
 * asks twice does not want to wait for connections to drain.
 */
export function createStopSignal(others: readonly NodeJS.Signals[] = []): StopSignal {
  const controller = new AbortController()
  const stop = () => {
    if (controller.signal.aborted) process.exit(1)
    controller.abort()
  }
  const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', ...others]
  for (const signal of signals) process.on(signal, stop)
  return {
    signal: controller.signal,
    requested: new Promise((resolve) => {
      controller.signal.addEventListener('abort', () => {
        resolve()
      })
    }),
    close: () => {
      for (const signal of signals) process.off(signal, stop)
    },
  }
}
