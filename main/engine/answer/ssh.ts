import { reportLine } from '../../../shared/texts/client-report.ts'
import { last, type Answer } from './answer.ts'

// Our identification string, then SSH_MSG_DISCONNECT, which may come at any time (RFC 4253 sections 4.2, 6 and 11.1).

const disconnect = 1
const hostNotAllowed = 1
const serviceNotAvailable = 7
/** Without a cipher, packets are a multiple of 8 bytes, with at least 4 of padding. */
const blockBytes = 8
const leastPadding = 4

export const answerSsh: Answer = (_heard, subject) => {
  const reason = subject.failure.code === 'blocked' ? hostNotAllowed : serviceNotAvailable
  const payload = Buffer.concat([
    Buffer.from([disconnect]),
    uint32(reason),
    sshString(reportLine(subject)),
    sshString('en'),
  ])
  return last(Buffer.concat([Buffer.from('SSH-2.0-Nexthop\r\n'), packet(payload)]))
}

function packet(payload: Buffer): Buffer {
  const padding =
    leastPadding + ((blockBytes - ((5 + payload.length + leastPadding) % blockBytes)) % blockBytes)
  const head = Buffer.concat([uint32(1 + payload.length + padding), Buffer.from([padding])])
  return Buffer.concat([head, payload, Buffer.alloc(padding)])
}

function sshString(text: string): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([uint32(bytes.length), bytes])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
