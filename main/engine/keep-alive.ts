import { Bag } from './bag.ts'

/** A connection that is over sooner does without the eight system calls that switch on probes at both ends. */
const youngMs = 30_000
/** So late can it be. One timer for all: one for each would cost more than what it is for. */
const everyMs = 5000
/**
 * Probing after a minute of silence, or two, finds peers that vanished without a word. Each socket has a time of its own:
 * thousands that were opened together would all be probed at once, more than a system's queue takes, and those whose
 * probes get lost would be taken for dead.
 */
const silenceMs = { least: 60_000, spread: 60_000 }

/** What of a socket is needed here. */
interface Probed {
  readonly destroyed: boolean
  setKeepAlive(isOn: boolean, silenceMs: number): unknown
}

interface Young {
  readonly sockets: readonly Probed[]
  readonly since: number
  place: number
}

/** Switches on TCP's own probes for sockets that stay open. Its timer ends with the last young connection. */
export class KeepAlive {
  readonly #young = new Bag<'place', Young>('place')
  #timer: NodeJS.Timeout | undefined

  /** Returns what takes them out again, for when they are closed. */
  later(...sockets: readonly Probed[]): () => void {
    const entry: Young = { sockets, since: performance.now(), place: -1 }
    this.#young.add(entry)
    this.#timer ??= setInterval(() => this.#look(), everyMs).unref()
    return () => {
      this.#young.remove(entry)
    }
  }

  #look(): void {
    const at = performance.now()
    for (const entry of [...this.#young]) {
      if (at - entry.since < youngMs) continue
      this.#young.remove(entry)
      for (const socket of entry.sockets) switchOn(socket)
    }
    if (this.#young.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}

function switchOn(socket: Probed): void {
  if (!socket.destroyed) socket.setKeepAlive(true, silenceMs.least + Math.random() * silenceMs.spread)
}
