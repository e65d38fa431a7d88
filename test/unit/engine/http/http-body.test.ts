import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  BodyMeter,
  requestFraming,
  responseFraming,
  type Framing,
} from '../../../../main/engine/http/http-body.ts'
import type { Header } from '../../../../main/engine/http/http-head.ts'

/** Feeds a body in pieces; what was taken for the body, and whether it was whole. */
function measure(framing: Framing, pieces: readonly Buffer[]) {
  const meter = new BodyMeter(framing)
  let taken = 0
  for (const piece of pieces) taken += meter.take(piece)
  return { taken, isDone: meter.isDone }
}

function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = []
  let at = 0
  for (const size of sizes) {
    pieces.push(bytes.subarray(at, at + size))
    at += size
  }
  return [...pieces, bytes.subarray(at)]
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 40 })

describe('where a body ends', () => {
  it('is after its length, however it is cut', () => {
    fc.assert(
      fc.property(fc.nat(50), sizes, (bytes, parts) => {
        const stream = Buffer.alloc(bytes + 20, 'x')
        const { taken, isDone } = measure({ kind: 'length', bytes }, cut(stream, parts))
        expect({ taken, isDone }).toEqual({ taken: bytes, isDone: true })
      }),
    )
  })

  it('is after the last chunk and its trailer, however it is cut', () => {
    const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 30 }), { maxLength: 5 })
    const trailer = fc.constantFrom('', 'A: b\r\n', 'A: b\r\nC: d\r\n')
    fc.assert(
      fc.property(chunks, trailer, sizes, fc.constantFrom('\r\n', '\n'), (parts, end, cuts, eol) => {
        const body = Buffer.concat([
          ...parts.map((part) =>
            Buffer.concat([Buffer.from(`${part.length.toString(16)};x="y"${eol}`), part, Buffer.from(eol)]),
          ),
          Buffer.from(`0${eol}${end}${eol}`),
        ])
        const stream = Buffer.concat([body, Buffer.from('GET / HTTP/1.1\r\n')])
        expect(measure({ kind: 'chunked' }, cut(stream, cuts))).toEqual({ taken: body.length, isDone: true })
      }),
    )
  })

  it.each([
    ['no size', '\r\n'],
    ['a size that is none', 'xyz\r\n'],
    ['a size with a sign', '+5\r\n'],
    ['a size of too many digits', '1234567890123\r\n'],
    ['more data than it says', '1\r\nab\r\n'],
    ['a line without end', '1;'.padEnd(20_000, 'x')],
  ])('is nowhere where a chunk has %s', (_title, text) => {
    expect(() => new BodyMeter({ kind: 'chunked' }).take(Buffer.from(text))).toThrow()
  })

  it('is at once where there is none, and never where the connection ends it', () => {
    expect(measure({ kind: 'none' }, [Buffer.from('x')])).toEqual({ taken: 0, isDone: true })
    expect(measure({ kind: 'until-close' }, [Buffer.from('abc')])).toEqual({ taken: 3, isDone: false })
  })
})

describe('how a request says it', () => {
  const framing = (headers: readonly Header[], version: '1.0' | '1.1' = '1.1') =>
    requestFraming({ method: 'POST', target: '/', version, headers })

  it.each([
    [[], { kind: 'none' }],
    [[['Content-Length', '5']], { kind: 'length', bytes: 5 }],
    [
      [
        ['Content-Length', '5'],
        ['content-length', '5, 5'],
      ],
      { kind: 'length', bytes: 5 },
    ],
    [[['Transfer-Encoding', 'Chunked']], { kind: 'chunked' }],
    [[['Content-Length', '-5']], undefined],
    [[['Content-Length', '5x']], undefined],
    [[['Content-Length', '']], undefined],
    [[['Transfer-Encoding', 'gzip, chunked']], undefined],
    [[['Transfer-Encoding', 'chunked, chunked']], undefined],
  ] as [Header[], Framing | undefined][])('%j', (headers, expected) => {
    expect(framing(headers)).toEqual(expected)
  })

  it('not with chunks in HTTP/1.0', () => {
    expect(framing([['Transfer-Encoding', 'chunked']], '1.0')).toBeUndefined()
  })
})

describe('how a response says it', () => {
  it.each([
    ['HEAD', 200, [['Content-Length', '5']], { kind: 'none' }],
    ['GET', 204, [['Content-Length', '5']], { kind: 'none' }],
    ['GET', 304, [], { kind: 'none' }],
    ['GET', 103, [], { kind: 'none' }],
    ['GET', 200, [], { kind: 'until-close' }],
    ['GET', 200, [['Transfer-Encoding', 'gzip, chunked']], { kind: 'chunked' }],
    ['GET', 200, [['Transfer-Encoding', 'gzip']], { kind: 'until-close' }],
    ['GET', 200, [['Content-Length', '7']], { kind: 'length', bytes: 7 }],
    ['GET', 200, [['Content-Length', '7, 8']], undefined],
  ] as [string, number, Header[], Framing | undefined][])('%s %i %j', (method, status, headers, expected) => {
    expect(responseFraming({ status, reason: '', version: '1.1', headers }, method)).toEqual(expected)
  })
})
