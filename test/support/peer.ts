import { createConnection, type NetConnectOpts, type Socket } from 'node:net'
import { within } from './until.ts'

/** How the other side ended: "end" is a FIN, else the system's error name, ECONNRESET for a reset. */
export type Ending = 'end' | (string & {})

/** One end of a TCP connection in a test: keeps what arrives, and tells how the other side ended. */
export class Peer {
  readonly socket: Socket
  /** Resolves with the first sign that the other side is done: its FIN or an error. Never rejects. */
  readonly ending: Promise<Ending>
  /** Resolves when the socket is gone. */
  readonly closed: Promise<void>
  receivedBytes = 0
  #chunks: Buffer[] = []
  #ending: Ending | undefined
  #wake: (() => void)[] = []

  constructor(socket: Socket, { reading = true }: { reading?: boolean } = {}) {
    this.socket = socket
    this.ending = new Promise((resolve) => {
      const settle = (ending: Ending) => {
        this.#ending ??= ending
        resolve(ending)
        this.#notify()
      }
      socket.once('end', () => settle('end'))
      socket.on('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message))
      socket.once('close', () => settle('closed here'))
    })
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()))
    if (reading) this.startReading()
  }

  startReading(): void {
    this.socket.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk)
      this.receivedBytes += chunk.length
      this.#notify()
    })
    this.socket.resume()
  }

  /** All that arrived and was not taken yet. */
  get received(): Buffer {
    const all = Buffer.concat(this.#chunks)
    this.#chunks = [all]
    return all
  }

  /** Resolves when the system took the bytes. */
  write(data: string | Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.socket.write(data, (error) => (error ? reject(error) : resolve()))
    })
  }

  /** Sends a FIN after what was written; reading goes on. */
  end(data: string | Uint8Array = ''): void {
    this.socket.end(data)
  }

  /** Sends an RST. */
  reset(): void {
    this.socket.resetAndDestroy()
  }

  /** Takes exactly so many bytes; rejects where the other side ends before. */
  async take(length: number): Promise<Buffer> {
    await this.#waitFor(`${length} bytes`, () => this.received.length >= length || this.#ending !== undefined)
    const all = this.received
    if (all.length < length)
      throw new Error(`wanted ${length} bytes, got ${all.length}, then ${this.#ending}`)
    this.#chunks = [all.subarray(length)]
    return all.subarray(0, length)
  }

  /** Takes as many bytes as the text has, as text. */
  async takeText(length: number): Promise<string> {
    return (await this.take(length)).toString()
  }

  /** Takes everything up to the other side's FIN; rejects at any other end. */
  async takeRest(): Promise<Buffer> {
    await this.#waitFor('the end', () => this.#ending !== undefined)
    if (this.#ending !== 'end') throw new Error(`wanted a clean end, got ${this.#ending}`)
    return this.take(this.received.length)
  }

  #notify(): void {
    for (const wake of this.#wake.splice(0)) wake()
  }

  async #waitFor(what: string, isTrue: () => boolean): Promise<void> {
    while (!isTrue()) {
      const woken = new Promise<void>((resolve) => this.#wake.push(resolve))
      await within(`${what} of a peer that has got ${this.receivedBytes} bytes`, woken)
    }
  }

  async close(): Promise<void> {
    this.socket.destroy()
    await this.closed
  }
}

/**
 * Connects to a port of 127.0.0.1, or where the options say. Resolves when connected, also where the other side
 * resets at once; rejects where nobody accepts.
 */
export async function connectTo(
  to: number | (NetConnectOpts & { readonly reading?: boolean }),
): Promise<Peer> {
  const { reading = true, ...options } = typeof to === 'number' ? { host: '127.0.0.1', port: to } : { ...to }
  const socket = createConnection({ allowHalfOpen: true, noDelay: true, ...options } as NetConnectOpts)
  const peer = new Peer(socket, { reading })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET') resolve()
      else reject(error)
    })
  })
  return peer
}
