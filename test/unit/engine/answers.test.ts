// The answers are bytes, control characters among them.
/* eslint-disable no-control-regex */
import { describe, expect, it } from 'vitest'
import { chooseAnswer } from '../../../main/engine/answer/choose-answer.ts'
import type { Failure } from '../../../shared/errors.ts'
import { reportLine, type ReportSubject } from '../../../shared/texts/client-report.ts'

const failure: Failure = {
  code: 'hop-unreachable',
  stage: 'connect-hop',
  errno: 'ECONNREFUSED',
  target: 'db.internal:5432',
  hop: { id: 'h', name: 'Office <proxy>', address: '10.0.0.5:1080', version: '5' },
}
const local: ReportSubject = { failure, connectionId: '12', isLocal: true }
const stranger: ReportSubject = { ...local, isLocal: false }

/** What a client is told that says this, to the end of the conversation. */
function answer(heard: string | Buffer, port: number, subject: ReportSubject = local): Buffer {
  const bytes = Buffer.from(heard as string)
  const chosen = chooseAnswer(bytes, port)
  if (chosen === undefined || chosen === 'more') throw new Error(`no answer: ${String(chosen)}`)
  const step = chosen.answer(bytes, subject, true)
  if (step.kind !== 'last') throw new Error(`not the last step: ${step.kind}`)
  return step.bytes
}

const get = (headers = '') => `GET / HTTP/1.1\r\nHost: a\r\n${headers}\r\n`
const clientHello = Buffer.from([0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0])
const startup = Buffer.from([0, 0, 0, 9, 0, 3, 0, 0, 0])
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 0xd2, 0x16, 0x2f])
const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'

describe('the answer to a client', () => {
  it.each([
    [
      21,
      /^421 Nexthop could not make this connection: The next hop "Office <proxy>" \(10\.0\.0\.5:1080\) refused/,
    ],
    [25, /^421 .*\(connection 12, stage connect-hop\)\r\n$/],
    [587, /^421 /],
    [110, /^-ERR .*\r\n$/],
    [143, /^\* BYE .*\r\n$/],
    [22, /^SSH-2\.0-Nexthop\r\n/],
    [3306, /^.\0\0\0\xff\x95\x05Nexthop could not/s],
  ])('is known by port %i where the client says nothing', (port, expected) => {
    expect(answer('', port).toString('latin1')).toMatch(expected)
  })

  it.each([
    ['HTTP', get(), /^HTTP\/1\.1 502 Bad Gateway\r\n/],
    ['TLS', clientHello, /^\x15\x03\x03\0\x02\x02\x50$/],
    ['SSH', 'SSH-2.0-OpenSSH_9\r\n', /^SSH-2\.0-Nexthop\r\n/],
    ['Redis', '*1\r\n$4\r\nPING\r\n', /^-ERR Nexthop could not/],
    ['PostgreSQL', startup, /^E\0\0..SFATAL\0VFATAL\0C08004\0MNexthop could not/s],
    ['HTTP/2', preface, /^\0\0\0\x04\0{5}\0\0\0\x04\x01\0{4}\0\0\x08\x07/],
  ])('is known for %s by what the client says, whatever the port', (_, heard, expected) => {
    expect(answer(heard, 9999).toString('latin1')).toMatch(expected)
  })

  it.each([
    ['an unknown protocol', 'hello there', 9999],
    ['silence on a port that tells nothing', '', 9999],
    ['a SOCKS client, which is answered elsewhere', Buffer.from([5, 1, 0]), 1080],
  ])('does not exist for %s', (_, heard, port) => {
    expect(chooseAnswer(Buffer.from(heard as string), port)).toBeUndefined()
  })

  it.each([21, 22, 25, 110, 143, 3306])('on port %i tells a stranger neither hop nor destination', (port) => {
    const text = answer('', port, stranger).toString()
    expect(text).toContain('connection 12')
    expect(text).not.toMatch(/Office|10\.0\.0\.5|db\.internal|connect-hop/)
  })

  it.each([
    ['a page', get('Accept: text/html\r\n')],
    ['text', get()],
  ])('as HTTP %s tells a stranger neither hop nor destination', (_, request) => {
    const text = answer(request, 80, stranger).toString()
    expect(text).toContain('connection 12')
    expect(text).not.toMatch(/Office|10\.0\.0\.5|db\.internal|connect-hop/)
  })
})

describe('an HTTP answer', () => {
  const http = (request: string, of: Partial<Failure> = {}) =>
    answer(request, 80, { ...local, failure: { ...failure, ...of } }).toString()

  it.each<[number, Partial<Failure>, string]>([
    [502, {}, 'connection_refused'],
    [502, { errno: 'ECONNRESET' }, 'connection_terminated'],
    [502, { code: 'name-not-found' }, 'dns_error'],
    [502, { code: 'hop-auth-failed' }, 'proxy_configuration_error'],
    [502, { code: 'loop' }, 'proxy_loop_detected'],
    [502, { code: 'internal' }, 'proxy_internal_error'],
    [503, { waitMs: 1200 }, 'connection_refused'],
    [504, { code: 'timeout', afterMs: 10_000 }, 'connection_timeout'],
    [403, { code: 'blocked', stage: 'route' }, 'http_request_denied'],
  ])('has status %i for %o', (status, of, error) => {
    const text = http(get(), of)
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(text).toContain(`proxy-status: nexthop; error=${error}; next-hop="10.0.0.5:1080"; details="`)
  })

  it('says when to try again, where that is known', () => {
    expect(http(get(), { waitMs: 1200 })).toContain('\r\nretry-after: 2\r\n')
    expect(http(get())).not.toContain('retry-after')
  })

  it('is a page with everything escaped for browsers, in their language', () => {
    const page = http(get('Accept: text/html,*/*\r\nAccept-Language: de-DE,en;q=0.5\r\n'))
    expect(page).toContain('content-type: text/html')
    expect(page).toContain('<html lang="de">')
    expect(page).toContain('Office &lt;proxy&gt;')
    expect(page.slice(page.indexOf('<!doctype'))).not.toContain('<proxy>')
  })

  it('has the length of its body, and none after HEAD', () => {
    const [head = '', body = ''] = http(get()).split('\r\n\r\n')
    expect(head).toContain(`content-length: ${Buffer.byteLength(body)}`)
    expect(http('HEAD / HTTP/1.1\r\nHost: a\r\n\r\n')).toMatch(/\r\n\r\n$/)
  })

  it('waits for the end of the request’s head, not for ever', () => {
    const half = Buffer.from('GET / HTTP/1.1\r\nHost')
    const chosen = chooseAnswer(half, 80)
    if (typeof chosen !== 'object') throw new Error('not known as HTTP')
    expect(chosen.answer(half, local, false)).toEqual({ kind: 'wait' })
    expect(chosen.answer(half, local, true).kind).toBe('last')
  })
})

describe('a PostgreSQL answer', () => {
  it('first says no to TLS, then waits for the startup message', () => {
    const chosen = chooseAnswer(sslRequest, 5432)
    if (typeof chosen !== 'object') throw new Error('not known as PostgreSQL')
    const { answer } = chosen
    expect(answer(sslRequest, local, false)).toEqual({ kind: 'say', bytes: Buffer.from('N'), used: 8 })
    expect(answer(Buffer.alloc(0), local, false)).toEqual({ kind: 'wait' })
    expect(answer(startup, local, false).kind).toBe('last')
  })
})

describe('an SSH answer', () => {
  it('is a packet as RFC 4253 wants it', () => {
    const bytes = answer('', 22)
    const packet = bytes.subarray(bytes.indexOf('\r\n') + 2)
    const [length, padding] = [packet.readUInt32BE(0), packet[4] ?? 0]
    expect(length).toBe(packet.length - 4)
    expect(packet.length % 8).toBe(0)
    expect(padding).toBeGreaterThanOrEqual(4)
    expect(packet[5]).toBe(1)
    const text = packet.subarray(14, 14 + packet.readUInt32BE(10)).toString()
    expect(text).toBe(reportLine(local))
    expect(packet.length).toBe(14 + text.length + 6 + padding)
  })
})

describe('a line for a client', () => {
  it('is ASCII without line ends, whatever the hop is called', () => {
    const hop = { name: 'Büro\r\n250 OK\u001b[2J', address: 'a:1', version: '5' as const }
    expect(reportLine({ ...local, failure: { ...failure, hop } })).toMatch(/^[\x20-\x7e]+$/)
  })
})
