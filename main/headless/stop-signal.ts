/**
 * Removes what packages do about signals when they are loaded: conf brings a listener that sends every signal to this
 * process a second time. What signals do is ours to say.
 */
export function forgetSignalListeners(): void {
  for (const name of process.eventNames()) {
    if (typeof name === 'string' && name.startsWith('SIG')) process.removeAllListeners(name)
  }
}

/** Keeps signals from ending the process, whoever else does something about them. Returns the function that ends that. */
export function holdSignals(...signals: readonly NodeJS.Signals[]): () => void {
  // Windows has not all of them, and throws.
  if (process.platform === 'win32') return () => undefined
  const hold = () => undefined
  for (const signal of signals) process.on(signal, hold)
  return () => {
    for (const signal of signals) process.off(signal, hold)
  }
}

export interface StopSignal {
  /** Aborted by the first request to stop. */
  readonly signal: AbortSignal
  /** Resolves at the first request to stop. */
  readonly requested: Promise<void>
  /** Stops listening for signals; to be called last. After a request to stop, the process ends soon. */
  close(): void
}

/** How long the process may take to end once everything is closed. */
const endMs = 500

/**
 * Turns SIGINT and SIGTERM, and others where named, into a request to stop. A second one ends the process at once: who
 * asks twice does not want to wait for connections to drain.
 *
 * No Node process exits while one of its threads looks up a name, not even by `process.exit`. What the system does on a
 * signal ends it all the same; the exit status then names the signal.
 */
export function createStopSignal(others: readonly NodeJS.Signals[] = []): StopSignal {
  const controller = new AbortController()
  let asked: NodeJS.Signals | undefined
  const stop = (signal: NodeJS.Signals) => {
    if (asked) endBy(signal)
    asked = signal
    controller.abort()
  }
  const endBy = (signal: NodeJS.Signals) => {
    forget()
    process.kill(process.pid, signal)
  }
  const forget = () => {
    for (const signal of signals) process.off(signal, stop)
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
      forget()
      if (asked) setTimeout(endBy, endMs, asked).unref()
    },
  }
}
