import type { ReportSubject } from '../../../shared/texts/client-report.ts'
import { last, wait, type Answer } from './answer.ts'
import { httpContent } from './http.ts'
import { httpStatus } from './http-status.ts'

// HTTP/2 without TLS, with prior knowledge (RFC 9113): our SETTINGS, a response to the first request, and GOAWAY.

const prefaceBytes = 24
const frameHeadBytes = 9
const dataFrame = 0
const headersFrame = 1
const settingsFrame = 4
const goAwayFrame = 7
const ack = 1
const endStream = 1
const endHeaders = 4

export const answerHttp2: Answer = (heard, subject, isAll) => {
  const stream = firstRequest(heard)
  if (stream === undefined && !isAll) return wait
  const answer = [frame(settingsFrame, 0, 0, Buffer.alloc(0)), frame(settingsFrame, ack, 0, Buffer.alloc(0))]
  if (stream !== undefined) answer.push(...response(stream, subject))
  const goAway = Buffer.alloc(8)
  goAway.writeUInt32BE(stream ?? 0, 0)
  answer.push(frame(goAwayFrame, 0, 0, goAway))
  return last(Buffer.concat(answer))
}

/** The stream of the first HEADERS frame. */
function firstRequest(heard: Buffer): number | undefined {
  for (let at = prefaceBytes; at + frameHeadBytes <= heard.length;) {
    if (heard[at + 3] === headersFrame) return heard.readUInt32BE(at + 5) & 0x7fffffff
    at += frameHeadBytes + heard.readUIntBE(at, 3)
  }
  return undefined
}

function response(stream: number, subject: ReportSubject): Buffer[] {
  const { headers, body } = httpContent(subject, undefined)
  const fields = [[':status', String(httpStatus(subject.failure).code)] as const, ...headers]
  const block = Buffer.concat(fields.map(([name, value]) => literalField(name, value)))
  return [
    frame(headersFrame, endHeaders, stream, block),
    frame(dataFrame, endStream, stream, Buffer.from(body)),
  ]
}

/** A header field as HPACK literal without indexing and with a new name: RFC 7541 section 6.2.2. */
function literalField(name: string, value: string): Buffer {
  return Buffer.concat([Buffer.from([0]), literal(name), literal(value)])
}

/** A string without Huffman coding: RFC 7541 section 5.2. */
function literal(text: string): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([Buffer.from(integer(bytes.length)), bytes])
}

/** An integer with a prefix of 7 bits: RFC 7541 section 5.1. */
function integer(value: number): number[] {
  const full = 127
  if (value < full) return [value]
  const bytes = [full]
  let rest = value - full
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  return [...bytes, rest]
}

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(frameHeadBytes)
  head.writeUIntBE(payload.length, 0, 3)
  head[3] = type
  head[4] = flags
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}
