import type { Connection } from './connection.ts'

interface Seen {
  readonly bytes: number
  readonly since: number
}

/**
 * Ends connections over which nothing has passed for too long. It compares byte counts now and then, so that the
 * relay itself has no timer to keep.
 */
export class IdleSweeper {
  readonly #connections: Iterable<Connection>
  #idleTimeoutMs = 0
  #timer: NodeJS.Timeout | undefined
  #seen = new WeakMap<Connection, Seen>()

  constructor(connections: Iterable<Connection>) {
    this.#connections = connections
  }

  /** @param idleTimeoutMs 0 ends the sweeping */
  configure(idleTimeoutMs: number): void {
    if (idleTimeoutMs === this.#idleTimeoutMs) return
    this.#idleTimeoutMs = idleTimeoutMs
    clearInterval(this.#timer)
    if (idleTimeoutMs === 0) return
    const everyMs = Math.max(20, Math.min(1000, idleTimeoutMs / 8))
    this.#timer = setInterval(() => this.#sweep(performance.now()), everyMs)
    this.#timer.unref()
  }

  #sweep(at: number): void {
    for (const connection of [...this.#connections]) {
      // Before the relay, the time-outs of dialling count.
      if (connection.stage !== 'relay') continue
      const bytes = connection.bytesUp + connection.bytesDown
      const seen = this.#seen.get(connection)
      if (seen?.bytes !== bytes) {
        this.#seen.set(connection, { bytes, since: at })
      } else if (at - seen.since >= this.#idleTimeoutMs) {
        connection.end({ code: 'timeout', stage: 'relay', afterMs: this.#idleTimeoutMs })
      }
    }
  }
}
