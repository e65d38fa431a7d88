import { Leg, type LegOptions } from './leg.ts'
import { interfaceDescription, nameResolution, sectionHeader } from './pcapng.ts'
import type { PacketEnd } from './tcp-packet.ts'

export interface RecordingOptions extends LegOptions {
  /** Shows the port of SOCKS hops as 1080, which Wireshark decodes without a setting. */
  readonly decodeFriendly: boolean
  /** Who records, with the version. */
  readonly program: string
}

export interface LegEnds {
  readonly opener: PacketEnd
  readonly acceptor: PacketEnd
}

const socksPort = 1080

/** Turns what happens on connections into the blocks of one pcapng file. */
export class Recording {
  readonly #options: RecordingOptions
  readonly #write: (block: Buffer) => void
  readonly #now: () => number
  readonly #names = new Map<string, string>()
  #packets = 0
  /** Set when the file takes nothing more. */
  isOver = false

  constructor(options: RecordingOptions, write: (block: Buffer) => void, now: () => number) {
    this.#options = options
    this.#write = write
    this.#now = now
  }

  /** Writes the head of the file. */
  begin(): void {
    this.#write(sectionHeader(this.#options.program))
    this.#write(interfaceDescription('clients', 'between clients and Nexthop'))
    this.#write(interfaceDescription('hops', 'between Nexthop and next hops or destinations'))
  }

  get packets(): number {
    return this.#packets
  }

  /** Tells under which name an address is known. Counts for what is recorded from then on. */
  name(address: string, name: string): void {
    if (this.#names.get(address) === name) return
    this.#names.set(address, name)
    this.#write(nameResolution(new Map([[address, name]])))
  }

  clientLeg(ends: LegEnds): Leg {
    return this.#leg(0, ends)
  }

  hopLeg({ opener, acceptor }: LegEnds, isSocks: boolean): Leg {
    const port = isSocks && this.#options.decodeFriendly ? socksPort : acceptor.port
    return this.#leg(1, { opener, acceptor: { ...acceptor, port } })
  }

  #leg(interfaceNumber: number, ends: LegEnds): Leg {
    const write = (block: Buffer) => {
      this.#packets += 1
      this.#write(block)
    }
    return new Leg(interfaceNumber, ends, this.#options, { write, now: this.#now })
  }
}
