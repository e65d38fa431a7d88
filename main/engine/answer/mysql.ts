import { reportLine } from '../../../shared/texts/client-report.ts'
import { last, type Answer } from './answer.ts'

// An ERR packet in place of the server's greeting, as servers send one to those whom they do not let in. Before the
// greeting there is no SQLSTATE in it. MySQL documentation, "ERR_Packet".

/** ER_CONNECT_TO_FOREIGN_DATA_SOURCE */
const errorNumber = 1429
/** MYSQL_ERRMSG_SIZE, less its NUL. */
const maxMessage = 511

export const answerMysql: Answer = (_heard, subject) => {
  const message = Buffer.from(reportLine(subject).slice(0, maxMessage))
  const packet = Buffer.alloc(4 + 3)
  packet.writeUIntLE(3 + message.length, 0, 3)
  packet[4] = 0xff
  packet.writeUInt16LE(errorNumber, 5)
  return last(Buffer.concat([packet, message]))
}
