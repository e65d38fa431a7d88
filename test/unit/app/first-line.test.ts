import { constants } from 'node:fs'
import { open, rm, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { createFirstLineReader, readFirstLine } from '../../../main/app/first-line.ts'
import { managed } from '../../support/managed.ts'
import { mustRun } from '../../support/process.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

describe('the first line of a file', () => {
  it.each([
    ['secret', 'secret'],
    ['secret\n', 'secret'],
    ['secret\r\nsecond\r\n', 'secret'],
    ['\ufeffsecret\n', 'secret'],
    [' with spaces \n', ' with spaces '],
    ['', ''],
    ['\nsecond', ''],
    [`${'x'.repeat(5000)}\n`, 'x'.repeat(4096)],
  ])('%j', async (text, expected) => {
    const dir = await managed(makeTempDir())
    await writeFile(dir.file('secret'), text)
    expect(readFirstLine(dir.file('secret'))).toBe(expected)
    expect(await createFirstLineReader()(dir.file('secret'))).toBe(expected)
  })

  it('is read anew each time', async () => {
    const path = (await managed(makeTempDir())).file('secret')
    const read = createFirstLineReader()
    await expect(read(path)).rejects.toThrow('ENOENT')
    for (const text of ['old', 'new']) {
      await writeFile(path, text)
      expect(await read(path)).toBe(text)
    }
  })
})

describe.skipIf(process.platform === 'win32')('the first line of a pipe', () => {
  async function makePipe() {
    const path = (await managed(makeTempDir())).file('pipe')
    await mustRun('mkfifo', [path])
    return path
  }

  it('is waited for, and kept for all who ask', async () => {
    const path = await makePipe()
    const read = createFirstLineReader()
    const both = Promise.all([read(path), read(path)])
    await writeFile(path, 'secret\n')
    expect(await both).toEqual(['secret', 'secret'])
    await rm(path)
    expect(await read(path)).toBe('secret')
  })

  it('may come in pieces', async () => {
    const path = await makePipe()
    const line = createFirstLineReader()(path)
    const writer = await open(path, 'w')
    await writer.write('sec')
    await writer.write('ret')
    await writer.close()
    expect(await line).toBe('secret')
  })

  it('is not waited for without end, and asked for again the next time', async () => {
    const path = await makePipe()
    const read = createFirstLineReader({ patienceMs: 30 })
    await expect(read(path)).rejects.toThrow('no line came out of it for 30 ms')
    // Open for both, so that it waits for no reader.
    const writer = await open(path, constants.O_RDWR)
    await expect(read(path)).rejects.toThrow('no line came out of it')
    await writer.write('secret\n')
    expect(await read(path)).toBe('secret')
    await writer.close()
  })

  it('is not waited for once all is to end', async () => {
    const controller = new AbortController()
    const line = createFirstLineReader({ signal: controller.signal })(await makePipe())
    controller.abort()
    await expect(line).rejects.toThrow('Nexthop is closing')
  })
})
