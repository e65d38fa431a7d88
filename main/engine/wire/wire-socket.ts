import { Socket, type SocketConstructorOpts } from 'node:net'
import type { ReadBuffers } from './read-buffers.ts'

/**
 * Takes bytes as they come. They stay what they are until the socket reads on: at once where it returns true; false
 * makes the socket wait until `resume`.
 */
export type TakeChunk = (chunk: Buffer) => boolean

/** A read of this size into the shared buffer earns a socket one of its own, … */
const busyBytes = 32 * 1024
/** … which it loses after so many reads in a row that would have fitted into much less. */
const calmBytes = 16 * 1024
const calmReads = 32

/** What `node:net` has for handles that exist already. @types/node does not list it. */
type WireOptions = Omit<SocketConstructorOpts, 'handle'> & { readonly handle?: object }

/**
 * A TCP or unix socket that reads into the thread's buffers, where a plain one allocates 64 kB for every read. It is a
 * stream like any other until `passTo` makes it hand over its bytes without the stream's machinery in between.
 */
export class WireSocket extends Socket {
  readonly #buffers: ReadBuffers
  #own: Buffer | undefined
  #calm = 0
  #take: TakeChunk | undefined

  constructor(buffers: ReadBuffers, options: WireOptions) {
    // The first buffer is asked for before there is a `this`.
    const made: { socket?: WireSocket } = {}
    const onread = {
      // Asked before the first read and after every other one; what it gave last is what the next read fills.
      buffer: (): Buffer => made.socket?.nextBuffer() ?? buffers.shared,
      callback: (bytes: number, buffer: Uint8Array): boolean => made.socket?.receive(bytes, buffer) ?? true,
    }
    super({ ...options, onread } as SocketConstructorOpts)
    made.socket = this
    this.#buffers = buffers
  }

  /**
   * From now on, `take` gets what comes in, beginning with what has come already; 'data' is not emitted any more. The
   * socket reads on with `resume`; its 'end', 'error' and 'close' stay as they are.
   */
  passTo(take: TakeChunk): void {
    const early = this.read() as Buffer | null
    this.#take = take
    if (early === null || take(early)) this.resume()
    else this.pause()
  }

  /** Gives back the memory. `isInUse`: a write may still read from it. */
  release(isInUse: boolean): void {
    if (!this.#own) return
    if (isInUse) this.#buffers.abandon()
    else this.#buffers.giveBack(this.#own)
    this.#own = undefined
  }

  nextBuffer(): Buffer {
    return this.#own ?? this.#buffers.shared
  }

  /** @returns whether to read on */
  receive(bytes: number, buffer: Uint8Array): boolean {
    // After `release` a last read may come in the buffer that was given back.
    const own = this.#own === buffer ? this.#own : undefined
    const chunk = own ? own.subarray(0, bytes) : Buffer.from(buffer.subarray(0, bytes))
    // Only sockets that pass on earn a buffer of their own.
    if (!this.#take) return this.push(chunk)
    const goesOn = this.#take(chunk)
    if (own) this.#calmDown(bytes, goesOn)
    else if (bytes >= busyBytes) this.#own = this.#buffers.borrow()
    return goesOn
  }

  #calmDown(bytes: number, isFree: boolean): void {
    this.#calm = bytes < calmBytes ? this.#calm + 1 : 0
    if (this.#calm < calmReads || !isFree) return
    this.#calm = 0
    this.release(false)
  }
}
