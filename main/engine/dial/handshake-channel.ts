import { Duplex } from 'node:stream'

/**
 * What the `socks` package is given in place of a socket: it collects what the package writes, and lets it see the
 * answers that it is meant to see.
 */
export class HandshakeChannel extends Duplex {
  readonly #send: (bytes: Buffer) => void

  constructor(send: (bytes: Buffer) => void) {
    super({ read: () => undefined, autoDestroy: false })
    this.#send = send
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#send(chunk)
    done()
  }

  /** Hands over one complete answer of the server. The package listens to the event, not to the stream. */
  receive(frame: Buffer): void {
    this.emit('data', frame)
  }
}
