import { formatBytes, formatDuration } from '../format.ts'
import type { HopAnswer, StageNote } from '../stage-note.ts'
import { germanClues } from './clues-de.ts'
import { describeClue } from './clues.ts'
import { rateOf, type NoteTexts } from './note-by.ts'
import { germanObstacle } from './obstacles-de.ts'

const hopAnswers: Readonly<Record<HopAnswer, string>> = {
  'wants-login': 'will die Anmeldung',
  'wants-no-login': 'will keine Anmeldung',
  'login-not-tried': 'will keine Anmeldung: die angegebene wurde nicht erprobt',
  accepted: 'angenommen',
  answered: 'hat geantwortet',
  granted: 'gewährt',
}

type Closed = Extract<StageNote, { readonly code: 'closed' }>
const closedBy: Readonly<Record<Closed['by'], string>> = {
  client: 'vom Client',
  target: 'vom Ziel',
  hop: 'vom Next Hop',
  nexthop: 'von Nexthop',
}
const closedHow: Readonly<Record<Closed['how'], string>> = {
  end: 'beendet',
  reset: 'zurückgesetzt',
  closed: 'geschlossen',
}
const sides = { client: 'Client', target: 'Ziel' } as const

export const german: NoteTexts = {
  found: ({ target, how, isDefault }) =>
    `${target}, ${describeClue(how, germanClues)}${isDefault ? ': Standardziel' : ''}`,
  client: ({ client }) => `Client ${client}`,
  speaks: ({ protocol }) =>
    protocol === 'unknown' ? 'das Protokoll ist nicht bekannt' : `der Client spricht ${protocol}`,
  'no-condition': () => 'keine Bedingung trifft zu',
  condition: ({ number, name, isOfAll }) =>
    `Bedingung ${number}${name === undefined ? '' : ` „${name}“`}${isOfAll ? ' aller Regeln' : ''} trifft zu`,
  direct: () => 'direkt',
  block: () => 'gesperrt',
  'last-resort': () => 'direkt, als letzter Ausweg',
  'no-route': () => 'den Weg gibt es nicht mehr',
  list: ({ list, hops, more }) =>
    `Liste ${list}: ${hops.join(', ')}${more > 0 ? ` und ${more} weitere` : ''}`,
  chain: ({ hops }) => `Kette ${hops.join(' → ')}`,
  'not-used': ({ hop, obstacle }) => `${hop} ${germanObstacle(obstacle)}`,
  returning: ({ hop, forMs }) =>
    `${hop} kommt später: er war ausgefallen, und „Rückkehr nach“ gilt noch ${formatDuration(forMs)}`,
  'passed-over': ({ hop, obstacle }) => `${hop} wird übergangen: ${germanObstacle(obstacle)}`,
  leg: ({ leg, of }) => `Abschnitt ${leg} von ${of}`,
  resolved: ({ answers, ms }) => `der Name ergab ${answers.join(', ')}, in ${formatDuration(ms)}`,
  answers: ({ name, answers, chosen }) => {
    const known = `${name} ist ${answers.join(', ')}`
    return answers.length > 1 ? `${known}; gefragt wird nach ${chosen}` : known
  },
  'attempt-failed': ({ address, errno }) =>
    errno === undefined ? `${address} hat nicht geantwortet` : `${address} scheiterte mit ${errno}`,
  certificate: ({ isVerified }) => (isVerified ? 'Zertifikat geprüft' : 'Zertifikat nicht geprüft'),
  'hop-said': ({ answer, status }) => [hopAnswers[answer], status].filter(Boolean).join(', '),
  'first-byte': ({ from, ms }) => `erstes Byte vom ${sides[from]} nach ${formatDuration(ms)}`,
  relayed: ({ bytesUp, bytesDown, seconds }) =>
    `${formatBytes(bytesUp)} gesendet, ${formatBytes(bytesDown)} empfangen${rateOf(bytesUp + bytesDown, seconds)}`,
  told: ({ protocol }) => `dem Client wurde es gesagt, als ${protocol}`,
  closed: ({ how, by }) => `${closedBy[by]} ${closedHow[how]}`,
  'left-out': ({ stages }) => `${stages} Schritte davor sind ausgelassen`,
}
