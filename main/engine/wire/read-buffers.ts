/** What a read can bring at once where little is expected: a page, a query, a keystroke. */
const sharedBytes = 64 * 1024
/** … and on a busy socket: fewer system calls per byte. Half of it costs a sixth more, twice as much saves nothing. */
const ownBytes = 512 * 1024
/** Bounds what busy sockets take, to 64 MiB; those beyond make do with the shared one. */
const mostOwn = 128
const mostIdle = 16

/**
 * The memory that the sockets of a thread read into. An idle socket holds none of it: all read into one shared buffer,
 * whose bytes are copied out at once. A busy socket borrows a large buffer of its own, and its bytes need no copy.
 */
export class ReadBuffers {
  readonly shared: Buffer = Buffer.allocUnsafeSlow(sharedBytes)
  readonly #idle: Buffer[] = []
  #lent = 0

  /** A buffer for one socket alone; undefined where too many are lent. */
  borrow(): Buffer | undefined {
    if (this.#lent >= mostOwn) return undefined
    this.#lent += 1
    return this.#idle.pop() ?? Buffer.allocUnsafeSlow(ownBytes)
  }

  giveBack(buffer: Buffer): void {
    this.#lent -= 1
    if (this.#idle.length < mostIdle) this.#idle.push(buffer)
  }

  /** For a buffer that a write may still read from: it is left to the garbage collector. */
  abandon(): void {
    this.#lent -= 1
  }
}
