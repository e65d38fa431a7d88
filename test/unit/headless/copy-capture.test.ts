import { describe, expect, it } from 'vitest'
import { interfaceDescription, sectionHeader } from '../../../main/engine/capture/pcapng.ts'
import { copyCapture } from '../../../main/headless/copy-capture.ts'
import type { ControlClient } from '../../../main/headless/control/control-client.ts'
import { wholeBlocks } from '../../../main/headless/whole-blocks.ts'

const blocks = [sectionHeader('Nexthop'), interfaceDescription('a', 'one'), interfaceDescription('b', 'two')]
const file = Buffer.concat(blocks)
const lastLength = blocks[2]?.length ?? 0

describe('wholeBlocks', () => {
  it.each([1, 3, 8, 50, file.length])('passes on all of a file that comes in parts of %d', (size) => {
    const takeWhole = wholeBlocks()
    const parts: Buffer[] = []
    for (let at = 0; at < file.length; at += size) parts.push(takeWhole(file.subarray(at, at + size)))
    expect(Buffer.concat(parts)).toEqual(file)
  })

  it.each([1, lastLength - 8, lastLength - 1])(
    'keeps back a block of which %d bytes are missing',
    (missing) => {
      expect(wholeBlocks()(file.subarray(0, file.length - missing))).toEqual(
        file.subarray(0, file.length - lastLength),
      )
    },
  )
})

it('copies whole blocks alone where the server is killed in the middle of one', async () => {
  const answers: Record<string, object> = {
    'capture.get': {},
    'capture.read': { base64: file.subarray(0, file.length - 5).toString('base64'), hasMore: false },
  }
  const asked: string[] = []
  const client = {
    request: async (name: string) => {
      asked.push(name)
      if (asked.length > 2) throw Object.assign(new Error('gone'), { code: 'ECONNRESET' })
      return { ok: true, value: answers[name] }
    },
  } as unknown as ControlClient
  const written: Buffer[] = []
  const copying = copyCapture(
    client,
    'one',
    async (bytes) => {
      written.push(bytes)
    },
    new AbortController().signal,
  )
  await expect(copying).rejects.toThrow('has ended; what was recorded until then is in the file')
  expect(Buffer.concat(written)).toEqual(file.subarray(0, file.length - lastLength))
})
