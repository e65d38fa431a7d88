import { describe, expect, it } from 'vitest'
import {
  headerList,
  maxHeadBytes,
  readRequestHead,
  readResponseHead,
} from '../../../../main/engine/http/http-head.ts'
import { originOf } from '../../../../main/engine/http/http-origin.ts'
import { expectIncremental, expectRobust } from '../identify/readings.ts'

const text = (...lines: string[]) => Buffer.from([...lines, '', ''].join('\r\n'), 'latin1')

describe('the head of a request', () => {
  it('is read however it is cut', () => {
    expectIncremental(
      readRequestHead,
      text('GET /a?b HTTP/1.1', 'Host: example.com', 'X-Empty:', 'X:\t é \t'),
      {
        method: 'GET',
        target: '/a?b',
        version: '1.1',
        headers: [
          ['Host', 'example.com'],
          ['X-Empty', ''],
          ['X', 'é'],
        ],
      },
    )
  })

  it('may come after empty lines, and with bare line feeds', () => {
    const value = { method: 'M-SEARCH', target: '*', version: '1.0', headers: [['a', 'b']] }
    expectIncremental(readRequestHead, Buffer.from('\r\n\nM-SEARCH * HTTP/1.0\na: b\n\n'), value)
  })

  it.each([
    ['another protocol', text('GET / HTTP/2.0')],
    ['a folded line', text('GET / HTTP/1.1', 'a: b', ' c')],
    ['a space before the colon', text('GET / HTTP/1.1', 'Content-Length : 5')],
    ['no colon', text('GET / HTTP/1.1', 'nonsense')],
    ['a carriage return inside', text('GET / HTTP/1.1', 'a: b\rc: d')],
    ['a NUL', text('GET / HTTP/1.1', 'a: b\0')],
    ['two spaces', text('GET  / HTTP/1.1')],
    ['no target', text('GET HTTP/1.1')],
  ])('is not accepted with %s', (_title, bytes) => {
    expect(readRequestHead(bytes).kind).toBe('wrong')
  })

  it('is decided whatever comes', () => {
    expectRobust(readRequestHead, [text('GET / HTTP/1.1', 'Host: a')], maxHeadBytes)
  })
})

describe('the head of a response', () => {
  it.each([
    ['HTTP/1.1 200 OK', { status: 200, reason: 'OK', version: '1.1' }],
    ['HTTP/1.0 404 ', { status: 404, reason: '', version: '1.0' }],
    ['HTTP/1.1 204', { status: 204, reason: '', version: '1.1' }],
  ])('%s', (line, value) => {
    const headers = [['Connection', 'Keep-Alive, X-A']]
    expectIncremental(readResponseHead, text(line, 'Connection: Keep-Alive, X-A'), { ...value, headers })
  })

  it('has lists in its fields', () => {
    const headers = [
      ['Connection', 'Keep-Alive, ,X-A'],
      ['connection', 'Close'],
    ] as const
    expect(headerList(headers, 'connection')).toEqual(['keep-alive', 'x-a', 'close'])
  })
})

describe('where a request wants to go', () => {
  const origin = (line: string, ...headers: string[]) => {
    const head = readRequestHead(text(`${line} HTTP/1.1`, ...headers))
    if (head.kind !== 'done') throw new Error(head.kind)
    return originOf(head.value)
  }

  it.each([
    ['CONNECT example.com:443', [], { kind: 'tunnel', endpoint: { host: 'example.com', port: 443 } }],
    ['CONNECT [::1]:443', [], { kind: 'tunnel', endpoint: { host: '::1', port: 443 } }],
    ['CONNECT example.com', [], { kind: 'none' }],
    ['CONNECT example.com:0', [], { kind: 'none' }],
    ['GET /', ['Host: Example.COM'], { kind: 'host', endpoint: { host: 'example.com', port: 80 } }],
    ['GET /', ['Host: example.com:8080'], { kind: 'host', endpoint: { host: 'example.com', port: 8080 } }],
    ['GET /', ['Host: [2001:db8::1]'], { kind: 'host', endpoint: { host: '2001:db8::1', port: 80 } }],
    ['GET /', [], { kind: 'none' }],
    ['GET /', ['Host: a', 'Host: b'], { kind: 'none' }],
    ['GET /', ['Host: a b'], { kind: 'none' }],
    ['GET /', ['Host: a:99999'], { kind: 'none' }],
    [
      'GET http://example.com/a?b#c',
      ['Host: other.example'],
      { kind: 'absolute', endpoint: { host: 'example.com', port: 80 }, path: '/a?b' },
    ],
    [
      'GET http://me:secret@example.com:81?q',
      [],
      { kind: 'absolute', endpoint: { host: 'example.com', port: 81 }, path: '/?q' },
    ],
    [
      'OPTIONS http://example.com',
      [],
      { kind: 'absolute', endpoint: { host: 'example.com', port: 80 }, path: '*' },
    ],
    ['GET https://example.com/', [], { kind: 'none' }],
    ['GET http:///', [], { kind: 'none' }],
  ])('%s %j', (line, headers, expected) => {
    expect(origin(line, ...headers)).toMatchObject(expected)
  })
})
