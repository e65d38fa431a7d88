import type { Failure } from '../errors.ts'
import { explainInFull, type TextLanguage } from './explain.ts'

// What a client is told when its connection could not be made. A program of this machine is told everything that its
// user could look up anyway; a stranger learns neither hops nor destinations.

export interface ClientReport {
  /** "Nexthop could not make this connection" */
  readonly title: string
  /** What happened and what to try. */
  readonly reason: string
  /** Where to find the trace: stage and connection number. */
  readonly reference: string
}

export interface ReportSubject {
  readonly failure: Failure
  readonly connectionId: string
  /** The client runs on this machine. */
  readonly isLocal: boolean
}

interface ReportTexts {
  readonly title: string
  readonly blockedTitle: string
  readonly blocked: string
  readonly tooSlow: string
  readonly broken: string
  readonly reference: (id: string, stage: string | undefined) => string
  readonly referenceForStrangers: (id: string) => string
}

const texts: Readonly<Record<TextLanguage, ReportTexts>> = {
  en: {
    title: 'Nexthop could not make this connection',
    blockedTitle: 'Nexthop does not allow this connection',
    blocked: 'A rule does not allow it.',
    tooSlow: 'The way to the destination took too long.',
    broken: 'The way to the destination does not work at present.',
    reference: (id, stage) => `connection ${id}${stage === undefined ? '' : `, stage ${stage}`}`,
    referenceForStrangers: (id) => `ask whoever runs it, and name connection ${id}`,
  },
  de: {
    title: 'Nexthop konnte diese Verbindung nicht herstellen',
    blockedTitle: 'Nexthop lässt diese Verbindung nicht zu',
    blocked: 'Eine Regel lässt sie nicht zu.',
    tooSlow: 'Der Weg zum Ziel hat zu lange gedauert.',
    broken: 'Der Weg zum Ziel ist zurzeit gestört.',
    reference: (id, stage) => `Verbindung ${id}${stage === undefined ? '' : `, Schritt ${stage}`}`,
    referenceForStrangers: (id) => `fragen Sie den Betreiber, und nennen Sie Verbindung ${id}`,
  },
}

export function reportToClient(subject: ReportSubject, language: TextLanguage = 'en'): ClientReport {
  const { failure, connectionId, isLocal } = subject
  const words = texts[language]
  const title = failure.code === 'blocked' ? words.blockedTitle : words.title
  if (isLocal) {
    const reason = explainInFull(failure, language)
    return { title, reason, reference: words.reference(connectionId, failure.stage) }
  }
  return { title, reason: forStrangers(failure, words), reference: words.referenceForStrangers(connectionId) }
}

function forStrangers({ code }: Failure, words: ReportTexts): string {
  if (code === 'blocked') return words.blocked
  return code === 'timeout' ? words.tooSlow : words.broken
}

/** The report in one line of plain ASCII, for protocols that have no place for more: `Nexthop: … (connection 12)`. */
export function reportLine(subject: ReportSubject): string {
  const { title, reason, reference } = reportToClient(subject)
  return toAscii(`${title}: ${reason} (${reference})`)
}

/** Quotes and dashes as ASCII has them; line ends and the rest of what a terminal could take for a command are gone. */
export function toAscii(text: string): string {
  return text
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[–—]/g, '-')
    .replace(/…/g, '...')
    .replace(/\s+/g, ' ')
    .replace(/[^\x20-\x7e]/g, '?')
}
