import { enhancedPacket } from './pcapng.ts'
import type { PacketEnd } from './tcp-packet.ts'
import { TcpSession, type Sender, type SessionPacket } from './tcp-session.ts'
import { LoginBlanker } from './login-blanker.ts'

export interface LegOptions {
  /** 0: all of it. */
  readonly payloadBytes: number
  /** Passwords to blank, as they are when a leg begins; undefined: none is blanked. */
  readonly secrets: (() => readonly string[]) | undefined
}

/** One TCP connection in a recording: client to Nexthop, or Nexthop to a hop. */
export class Leg {
  readonly #interfaceNumber: number
  readonly #session: TcpSession
  readonly #payloadBytes: number
  readonly #blankers: Readonly<Record<Sender, LoginBlanker>> | undefined
  readonly #write: (block: Buffer) => void
  readonly #now: () => number
  #comment: string | undefined

  constructor(
    interfaceNumber: number,
    { opener, acceptor }: { readonly opener: PacketEnd; readonly acceptor: PacketEnd },
    options: LegOptions,
    out: { readonly write: (block: Buffer) => void; readonly now: () => number },
  ) {
    this.#interfaceNumber = interfaceNumber
    this.#session = new TcpSession(opener, acceptor, Math.floor(Math.random() * 2 ** 32))
    this.#payloadBytes = options.payloadBytes
    const secrets = options.secrets?.()
    this.#blankers = secrets && {
      opener: new LoginBlanker(secrets),
      acceptor: new LoginBlanker(secrets, 'server'),
    }
    this.#write = out.write
    this.#now = out.now
  }

  /** Goes with the next packet. */
  say(comment: string): void {
    this.#comment = comment
  }

  open(at?: number): void {
    this.#put(this.#session.open(), at)
  }

  refuse(at?: number): void {
    this.#put(this.#session.refuse(), at)
  }

  attempt(at?: number): void {
    this.#put(this.#session.attempt(), at)
  }

  data(from: Sender, bytes: Buffer): void {
    this.#put(this.#session.data(from, this.#blankers?.[from].blank(bytes) ?? bytes))
  }

  end(from: Sender): void {
    this.#put(this.#session.end(from))
  }

  reset(from: Sender): void {
    this.#put(this.#session.reset(from))
  }

  #put(packets: readonly SessionPacket[], at = this.#now()): void {
    for (const { bytes, payloadLength } of packets) {
      const cut = this.#payloadBytes > 0 ? Math.max(0, payloadLength - this.#payloadBytes) : 0
      const comment = this.#comment
      this.#comment = undefined
      this.#write(
        enhancedPacket({
          interfaceNumber: this.#interfaceNumber,
          at,
          bytes: cut > 0 ? bytes.subarray(0, bytes.length - cut) : bytes,
          originalLength: bytes.length,
          comment,
        }),
      )
    }
  }
}
