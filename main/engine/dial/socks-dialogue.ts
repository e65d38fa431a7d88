import type { HopAnswer, StageNote } from '../../../shared/stage-note.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import type { Dialogue, Heard, PartialFailure } from './converse.ts'
import type { HandshakeMessages } from './handshake-messages.ts'
import { hasLogin, type Login } from './login.ts'
import { SocksReplyReader, type ReplyStep } from './socks-reply-reader.ts'

const noBytes = Buffer.alloc(0)

export interface SocksDialogueOptions {
  /** For this hop and target. The dialogue ends, as granted, before a step for which there is none. */
  readonly messages: HandshakeMessages
  /** Told when the hop is asked for something new. */
  readonly onStep: (step: ReplyStep) => void
  /** Told what the hop's answer was to what it was asked last. */
  readonly onAnswer: (note: StageNote) => void
}

/**
 * Asks a hop for a connection to a name, or to an address where it was resolved here. RFC 1928, RFC 1929; SOCKS4 and 4a as
 * in OpenSSH's PROTOCOL notes.
 */
export class SocksDialogue implements Dialogue {
  readonly #hop: NextHop
  readonly #options: SocksDialogueOptions
  readonly #reader: SocksReplyReader

  constructor(hop: NextHop, options: SocksDialogueOptions) {
    this.#hop = hop
    this.#options = options
    this.#reader = new SocksReplyReader(hop)
  }

  get stage(): ReplyStep {
    return this.#reader.step
  }

  begin(say: (bytes: Buffer) => void): void {
    this.#ask(say)
  }

  read(chunk: Buffer, say: (bytes: Buffer) => void): Heard {
    let progress = this.#reader.read(chunk)
    while (progress.kind === 'frame') {
      this.#options.onAnswer(answerIn(progress, this.#hop))
      if (!this.#options.messages[this.stage]) return { kind: 'granted', rest: noBytes }
      this.#ask(say)
      progress = this.#reader.read()
    }
    if (progress.kind === 'granted') this.#options.onAnswer(said('granted'))
    return progress
  }

  ended(): PartialFailure {
    return this.#reader.ended()
  }

  #ask(say: (bytes: Buffer) => void): void {
    this.#options.onStep(this.stage)
    say(this.#options.messages[this.stage] ?? noBytes)
  }
}

/** What an answer says by which step follows it. */
function answerIn({ of, next }: { readonly of: ReplyStep; readonly next: ReplyStep }, hop: Login): StageNote {
  if (next === 'authenticate') return said('wants-login')
  if (of === 'authenticate') return said('accepted')
  return said(hasLogin(hop) ? 'login-not-tried' : 'wants-no-login')
}

export function said(answer: HopAnswer): StageNote {
  return { code: 'hop-said', answer }
}
