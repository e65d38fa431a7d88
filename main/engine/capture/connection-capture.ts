import type { Socket } from 'node:net'
import type { Failure } from '../../../shared/errors.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import { explainInFull } from '../../../shared/texts/explain.ts'
import type { FailedAttempt } from '../dial/connect-address.ts'
import { plainAddress } from '../plain-address.ts'
import type { Leg } from './leg.ts'
import type { LegEnds, Recording } from './recording.ts'
import { tapSocket, type Origin, type TapListener } from './socket-tap.ts'
import type { PacketEnd } from './tcp-packet.ts'
import type { Sender } from './tcp-session.ts'

/** One connection in one recording, with its legs. */
export class ConnectionCapture {
  readonly #recording: Recording
  readonly #about: string
  #clientLeg: Leg | undefined
  #hopLeg: Leg | undefined

  /** @param about whose packets these are, for the comment of the first one */
  constructor(recording: Recording, about: string) {
    this.#recording = recording
    this.#about = about
  }

  /** @param openedAt when it was accepted; undefined where it has been open for a while */
  client(socket: Socket, openedAt?: number): void {
    const { here, there } = endsOf(socket)
    const leg = this.#recording.clientLeg({ opener: there, acceptor: here })
    this.#clientLeg = leg
    leg.say(openedAt === undefined ? `${this.#about}, recorded from its middle on` : this.#about)
    leg.open(openedAt)
    tapSocket(socket, this.#listener(leg, 'acceptor'))
  }

  /** The connection to a hop, or to the destination where there is none. */
  hop(socket: Socket, hop: NextHop | undefined): void {
    const { here, there } = endsOf(socket)
    const leg = this.#startHopLeg({ opener: here, acceptor: there }, hop)
    leg.open()
    tapSocket(socket, this.#listener(leg, 'opener'))
  }

  /** An attempt to connect that failed. */
  connectFailed({ address, port, errno, from }: FailedAttempt, hop: NextHop | undefined): void {
    const acceptor = { address: plainAddress(address), port }
    const leg = this.#startHopLeg({ opener: openerOf(acceptor, from), acceptor }, hop)
    if (errno === 'ECONNREFUSED') leg.refuse()
    else leg.attempt()
  }

  /** Why something failed; stands as a comment at the packet that ends it. */
  failed(failure: Failure): void {
    const cause = `${this.#about}: ${explainInFull(failure)}`
    this.#hopLeg?.say(cause)
    this.#clientLeg?.say(cause)
  }

  #startHopLeg(ends: LegEnds, hop: NextHop | undefined): Leg {
    if (hop) this.#recording.name(ends.acceptor.address, hop.name)
    const leg = this.#recording.hopLeg(ends, hop !== undefined)
    this.#hopLeg = leg
    leg.say(this.#about)
    return leg
  }

  #listener(leg: Leg, here: Sender): TapListener {
    const there: Sender = here === 'opener' ? 'acceptor' : 'opener'
    const sender = (from: Origin) => (from === 'here' ? here : there)
    const recording = this.#recording
    return {
      data: (from, bytes) => {
        if (!recording.isOver) leg.data(sender(from), bytes)
      },
      end: (from) => {
        if (!recording.isOver) leg.end(sender(from))
      },
      reset: (from) => {
        if (!recording.isOver) leg.reset(sender(from))
      },
      close: () => {
        if (!recording.isOver) leg.end(here)
      },
    }
  }
}

function openerOf(acceptor: PacketEnd, from: PacketEnd | undefined): PacketEnd {
  const opener = from && { address: plainAddress(from.address), port: from.port }
  return opener && isIpv6(opener) === isIpv6(acceptor) ? opener : unknownEnd(acceptor)
}

/** As far as the system still tells them: it forgets the ends of a connection that was reset. */
function endsOf({ localAddress, localPort, remoteAddress, remotePort }: Socket) {
  const here = endOf(localAddress, localPort)
  const there = endOf(remoteAddress, remotePort)
  return { here: here ?? unknownEnd(there), there: there ?? unknownEnd(here) }
}

function endOf(address: string | undefined, port = 0): PacketEnd | undefined {
  return address === undefined ? undefined : { address: plainAddress(address), port }
}

/** Unix sockets have no address: this one stands for them. */
const noAddress: PacketEnd = { address: '127.0.0.1', port: 0 }

/** Both ends of a leg are of one family; the zero address stands for one that the system did not tell. */
function unknownEnd(other: PacketEnd | undefined): PacketEnd {
  if (!other) return noAddress
  return { address: isIpv6(other) ? '::' : '0.0.0.0', port: 0 }
}

function isIpv6({ address }: PacketEnd): boolean {
  return address.includes(':')
}
