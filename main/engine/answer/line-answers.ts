import { reportLine } from '../../../shared/texts/client-report.ts'
import { last, type Answer } from './answer.ts'

// Protocols whose refusal is one line of text.

/** RFC 5321 section 4.5.3.1.5 allows 512 bytes with the code and CRLF; IMAP and POP3 allow that much, too. */
const maxText = 490

function line(prefix: string): Answer {
  return (_heard, subject) => last(`${prefix}${reportLine(subject).slice(0, maxText)}\r\n`)
}

/** Service not available: RFC 5321 section 3.8. */
export const answerSmtp = line('421 ')
/** Service not available: RFC 959 section 4.2. */
export const answerFtp = line('421 ')
/** A greeting that refuses the connection: RFC 9051 section 7.1.5. */
export const answerImap = line('* BYE ')
/** In place of the greeting: RFC 1939 section 3. */
export const answerPop3 = line('-ERR ')
/** A simple error, which clients show as it is. */
export const answerRedis = line('-ERR ')
