import { reportToClient, toAscii } from '../../../shared/texts/client-report.ts'
import { last, wait, type Answer } from './answer.ts'

// An ErrorResponse in place of the answer to the startup message. A client that first asks for TLS or GSSAPI gets the
// "N" that says no; libpq would not show an error that came instead of it (CVE-2024-10977). PostgreSQL documentation,
// "Message Formats".

const requestBytes = 8
const sslRequest = 80_877_103
const gssRequest = 80_877_104
/** SQLSTATE "sqlserver rejected establishment of sqlconnection"; 28000 is "invalid authorization". */
const rejected = '08004'
const notAllowed = '28000'

export const answerPostgres: Answer = (heard, subject, isAll) => {
  if (isEncryptionRequest(heard)) return { kind: 'say', bytes: Buffer.from('N'), used: requestBytes }
  const isComplete = heard.length >= 4 && heard.length >= heard.readUInt32BE(0)
  if (!isComplete && !isAll) return wait
  const { title, reason, reference } = reportToClient(subject)
  const fields = [
    ['S', 'FATAL'],
    ['V', 'FATAL'],
    ['C', subject.failure.code === 'blocked' ? notAllowed : rejected],
    ['M', toAscii(`${title}: ${reason}`)],
    ['D', toAscii(`This is ${reference} of Nexthop.`)],
  ]
  const body = Buffer.from(`${fields.map(([type, text]) => `${type}${text}\0`).join('')}\0`)
  const head = Buffer.from([0x45, 0, 0, 0, 0])
  head.writeUInt32BE(4 + body.length, 1)
  return last(Buffer.concat([head, body]))
}

function isEncryptionRequest(heard: Buffer): boolean {
  if (heard.length < requestBytes || heard.readUInt32BE(0) !== requestBytes) return false
  return [sslRequest, gssRequest].includes(heard.readUInt32BE(4))
}
