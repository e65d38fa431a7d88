import { isIPv6 } from 'node:net'
import { flags, PacketMaker, segmentSize, type PacketEnd } from './tcp-packet.ts'

// What an observer on the wire would have seen of a TCP connection of which we know only what went through its socket.
// Every event is acknowledged at once, so that nothing looks lost or late.

/** Who sends: the one that opened the connection, or the one that accepted it. */
export type Sender = 'opener' | 'acceptor'

export interface SessionPacket {
  readonly bytes: Buffer
  /** Of the bytes behind the headers. */
  readonly payloadLength: number
}

interface SideState {
  readonly maker: PacketMaker
  /** The number of the next byte. */
  next: number
  hasEnded: boolean
}

export class TcpSession {
  readonly #sides: Readonly<Record<Sender, SideState>>
  readonly #segmentSize: number
  #state: 'new' | 'open' | 'over' = 'new'

  /** @param initialSequence of the opener; the acceptor's is another one made of it */
  constructor(opener: PacketEnd, acceptor: PacketEnd, initialSequence: number) {
    const acceptorSequence = (initialSequence ^ 0x5bd1e995) >>> 0
    this.#sides = {
      opener: { maker: new PacketMaker(opener, acceptor), next: initialSequence >>> 0, hasEnded: false },
      acceptor: { maker: new PacketMaker(acceptor, opener), next: acceptorSequence, hasEnded: false },
    }
    this.#segmentSize = segmentSize(isIPv6(opener.address))
  }

  /** The handshake. */
  open(): SessionPacket[] {
    if (this.#state !== 'new') return []
    this.#state = 'open'
    return [
      this.#send('opener', flags.syn),
      this.#send('acceptor', flags.syn | flags.ack),
      this.#send('opener', flags.ack),
    ]
  }

  /** An attempt that the other side answered with a reset. */
  refuse(): SessionPacket[] {
    if (this.#state !== 'new') return []
    this.#state = 'over'
    return [this.#send('opener', flags.syn), this.#send('acceptor', flags.rst | flags.ack)]
  }

  /** An attempt that nobody answered. */
  attempt(): SessionPacket[] {
    if (this.#state !== 'new') return []
    this.#state = 'over'
    return [this.#send('opener', flags.syn)]
  }

  data(from: Sender, bytes: Buffer): SessionPacket[] {
    if (this.#state !== 'open' || this.#sides[from].hasEnded || bytes.length === 0) return []
    const packets: SessionPacket[] = []
    for (let start = 0; start < bytes.length; start += this.#segmentSize) {
      const payload = bytes.subarray(start, start + this.#segmentSize)
      const isLast = start + payload.length === bytes.length
      packets.push(this.#send(from, isLast ? flags.psh | flags.ack : flags.ack, payload))
    }
    packets.push(this.#send(other(from), flags.ack))
    return packets
  }

  /** The end of one direction; the other may go on. */
  end(from: Sender): SessionPacket[] {
    const side = this.#sides[from]
    if (this.#state !== 'open' || side.hasEnded) return []
    side.hasEnded = true
    if (this.#sides[other(from)].hasEnded) this.#state = 'over'
    return [this.#send(from, flags.fin | flags.ack), this.#send(other(from), flags.ack)]
  }

  reset(from: Sender): SessionPacket[] {
    if (this.#state !== 'open') return []
    this.#state = 'over'
    return [this.#send(from, flags.rst | flags.ack)]
  }

  get isOver(): boolean {
    return this.#state === 'over'
  }

  #send(from: Sender, bits: number, payload?: Buffer): SessionPacket {
    const side = this.#sides[from]
    const bytes = side.maker.make({
      sequence: side.next,
      acknowledgement: this.#sides[other(from)].next,
      flags: bits,
      ...(payload && { payload }),
    })
    const counted = (payload?.length ?? 0) + (bits & (flags.syn | flags.fin) ? 1 : 0)
    side.next = (side.next + counted) >>> 0
    return { bytes, payloadLength: payload?.length ?? 0 }
  }
}

export function other(sender: Sender): Sender {
  return sender === 'opener' ? 'acceptor' : 'opener'
}
