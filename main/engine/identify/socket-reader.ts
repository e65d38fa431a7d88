import type { Socket } from 'node:net'
import type { Reading } from './reading.ts'

const empty = Buffer.alloc(0)

/** What waiting for bytes came to: there are more; the other side ended its own; the socket is gone; time is up. */
export type Arrival = 'more' | 'end' | 'gone' | 'late'

/** What a parser made of the bytes: its reading, or why no more of them came. */
export type Peeked<T> = Exclude<Reading<T>, { kind: 'more' }> | { readonly kind: Exclude<Arrival, 'more'> }

/**
 * Reads a socket piece by piece, without losing a byte to whoever has it next. Between two calls the socket is paused,
 * so that what nobody asked for stays with the system.
 */
export class SocketReader {
  readonly #socket: Socket
  #pending: Buffer = empty
  #hasEnded: boolean
  #wake: (() => void) | undefined

  constructor(socket: Socket, pending: Buffer = empty) {
    this.#socket = socket
    this.#pending = pending
    this.#hasEnded = socket.readableEnded
    socket.on('data', this.#onData).on('end', this.#onEnd).on('close', this.#onClose)
  }

  /** What arrived and was not taken. */
  get pending(): Buffer {
    return this.#pending
  }

  /** Nothing will ever arrive any more. */
  get isOver(): boolean {
    return this.#hasEnded || this.#socket.destroyed
  }

  /** The other side ended its own side in peace. */
  get isEnded(): boolean {
    return this.#hasEnded
  }

  /** Lets the next chunk, or the end, come in while nobody waits for it. */
  watch(): void {
    if (!this.isOver && this.#pending.length === 0) this.#socket.resume()
  }

  /** Waits until more has arrived than there is now. */
  async more(timeoutMs?: number): Promise<Arrival> {
    if (this.#socket.destroyed) return 'gone'
    if (this.#hasEnded) return 'end'
    const before = this.#pending.length
    let timer: NodeJS.Timeout | undefined
    let isLate = false
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      if (timeoutMs !== undefined) {
        timer = setTimeout(() => {
          isLate = true
          resolve()
        }, timeoutMs)
      }
      this.#socket.resume()
    })
    clearTimeout(timer)
    this.#wake = undefined
    this.#socket.pause()
    if (this.#pending.length > before) return 'more'
    if (isLate) return 'late'
    return this.#socket.destroyed ? 'gone' : 'end'
  }

  /** Reads on until the parser has decided; takes nothing. */
  async peek<T>(parse: (bytes: Buffer) => Reading<T>, deadline?: number): Promise<Peeked<T>> {
    for (;;) {
      const reading = parse(this.#pending)
      if (reading.kind !== 'more') return reading
      const left = deadline === undefined ? undefined : Math.max(0, deadline - performance.now())
      const arrival = await this.more(left)
      if (arrival !== 'more') return { kind: arrival }
    }
  }

  take(length: number): Buffer {
    const taken = this.#pending.subarray(0, length)
    this.#pending = this.#pending.subarray(length)
    return taken
  }

  /** Lets go of the socket, which stays paused; what was not taken comes before all that it will give. */
  release(): Buffer {
    this.#socket.off('data', this.#onData).off('end', this.#onEnd).off('close', this.#onClose)
    return this.take(this.#pending.length)
  }

  readonly #onData = (chunk: Buffer) => {
    this.#socket.pause()
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk])
    this.#wake?.()
  }

  readonly #onEnd = () => {
    this.#hasEnded = true
    this.#wake?.()
  }

  readonly #onClose = () => this.#wake?.()
}
