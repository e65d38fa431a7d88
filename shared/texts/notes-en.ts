import { formatBytes, formatDuration } from '../format.ts'
import type { HopAnswer } from '../stage-note.ts'
import { englishClues } from './clues-en.ts'
import { describeClue } from './clues.ts'
import { rateOf, type NoteTexts } from './note-by.ts'
import { englishObstacle } from './obstacles-en.ts'

const hopAnswers: Readonly<Record<HopAnswer, string>> = {
  'wants-login': 'wants the login',
  'wants-no-login': 'wants no login',
  'login-not-tried': 'wants no login: the given one was not tried',
  accepted: 'accepted',
  answered: 'answered',
  granted: 'granted',
}

export const english: NoteTexts = {
  found: ({ target, how, isDefault }) =>
    `${target}, ${describeClue(how, englishClues)}${isDefault ? ': default destination' : ''}`,
  client: ({ client }) => `client ${client}`,
  speaks: ({ protocol }) =>
    protocol === 'unknown' ? 'the protocol is not known' : `the client speaks ${protocol}`,
  'no-condition': () => 'no condition holds',
  condition: ({ number, name, isOfAll }) =>
    `condition ${number}${name === undefined ? '' : ` "${name}"`}${isOfAll ? ' of all rules' : ''} holds`,
  direct: () => 'direct',
  block: () => 'block',
  'last-resort': () => 'directly, as a last resort',
  'no-route': () => 'the route is no more',
  list: ({ list, hops, more }) => `list ${list}: ${hops.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  chain: ({ hops }) => `chain ${hops.join(' → ')}`,
  'not-used': ({ hop, obstacle }) => `${hop} ${englishObstacle(obstacle)}`,
  returning: ({ hop, forMs }) =>
    `${hop} comes later: it was down, and "Return after" lasts another ${formatDuration(forMs)}`,
  'passed-over': ({ hop, obstacle }) => `${hop} is passed over: ${englishObstacle(obstacle)}`,
  leg: ({ leg, of }) => `leg ${leg} of ${of}`,
  resolved: ({ answers, ms }) => `the name resolved to ${answers.join(', ')} in ${formatDuration(ms)}`,
  answers: ({ name, answers, chosen }) => {
    const known = `${name} is ${answers.join(', ')}`
    return answers.length > 1 ? `${known}; ${chosen} is asked for` : known
  },
  'attempt-failed': ({ address, errno }) =>
    errno === undefined ? `${address} did not answer` : `${address} failed with ${errno}`,
  certificate: ({ isVerified }) => (isVerified ? 'certificate verified' : 'certificate not verified'),
  'hop-said': ({ answer, status }) => [hopAnswers[answer], status].filter(Boolean).join(', '),
  'first-byte': ({ from, ms }) => `first byte from the ${from} after ${formatDuration(ms)}`,
  relayed: ({ bytesUp, bytesDown, seconds }) =>
    `${formatBytes(bytesUp)} up, ${formatBytes(bytesDown)} down${rateOf(bytesUp + bytesDown, seconds)}`,
  told: ({ protocol }) => `the client was told, as ${protocol}`,
  closed: ({ how, by }) => `${how} by ${by}`,
  'left-out': ({ stages }) => `${stages} stages before it are left out`,
}
