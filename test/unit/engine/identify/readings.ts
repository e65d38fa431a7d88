import fc from 'fast-check'
import { expect } from 'vitest'
import type { Reading } from '../../../../main/engine/identify/reading.ts'

/**
 * What every parser owes: each beginning of a message is "more", the whole is "done" with the right length whatever
 * follows, and no bytes at all make it throw or read on for ever.
 */
export function expectIncremental<T>(
  read: (bytes: Buffer) => Reading<T>,
  message: Buffer,
  value: unknown,
): void {
  for (let length = 0; length < message.length; length += 1) {
    expect(read(message.subarray(0, length)), `${length} of ${message.length} bytes`).toEqual({
      kind: 'more',
    })
  }
  for (const tail of ['', 'x', '\r\n', '\0\0\0\0\0\0\0\0\0\0', 'GET / HTTP/1.1\r\n\r\n']) {
    const reading = read(Buffer.concat([message, Buffer.from(tail)]))
    expect(reading).toEqual({ kind: 'done', value, length: message.length })
  }
}

export function expectRobust(
  read: (bytes: Buffer) => Reading<unknown>,
  seeds: readonly Buffer[],
  bound: number,
) {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      expect(read(Buffer.from(bytes)).kind).toMatch(/^(more|done|wrong)$/)
    }),
  )
  // One changed byte in something valid gets deeper than noise does.
  fc.assert(
    fc.property(fc.constantFrom(...seeds), fc.nat(), fc.nat(255), (seed, place, byte) => {
      const bytes = Buffer.from(seed)
      bytes[place % bytes.length] = byte
      const reading = read(bytes)
      if (reading.kind === 'done') expect(reading.length).toBeLessThanOrEqual(bytes.length)
    }),
  )
  for (const seed of seeds) {
    // However it goes on, it is decided once so many bytes are there.
    const first = seed.subarray(0, 1)
    for (const filler of ['a', '\0', '\xff', ' ']) {
      const bytes = Buffer.concat([first, Buffer.alloc(bound, filler, 'latin1')])
      expect(read(bytes).kind, `${first.toString('hex')} and ${JSON.stringify(filler)}`).not.toBe('more')
    }
  }
}
