import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createTraceFiles, type TraceFilesOptions } from '../../../../main/app/traces/trace-files.ts'
import { managed } from '../../../support/managed.ts'
import { makeTempDir } from '../../../support/temp-dir.ts'

const line = `${JSON.stringify({ x: 'y'.repeat(9_990) })}\n`

async function open(options: Partial<TraceFilesOptions> = {}) {
  const dir = await managed(makeTempDir())
  const folder = dir.file('traces')
  const told: string[] = []
  const files = createTraceFiles({
    folder,
    onTrouble: (message) => told.push(message),
    onGood: () => told.push('good'),
    ...options,
  })
  await managed(files)
  files.configure({ mostMegabytes: 1, mostDays: 7 })
  const names = async () => (await readdir(folder).catch((): string[] => [])).sort()
  const sizes = async () =>
    Promise.all((await names()).map(async (name) => (await stat(join(folder, name))).size))
  const text = async () =>
    (await Promise.all((await names()).map((name) => readFile(join(folder, name), 'utf8')))).join('')
  return { folder, files, told, names, sizes, text }
}

describe('the files of traces', () => {
  it('are for this user alone, and there only once there is something to save', async () => {
    const { folder, files, names, text } = await open()
    expect(await names()).toEqual([])
    await files.append(['{"a":1}\n', '{"a":2}\n'])
    await files.append(['{"a":3}\n'])
    const [name = ''] = await names()
    expect(name).toMatch(/^traces-[\dTZ-]+\.jsonl$/)
    expect(await text()).toBe('{"a":1}\n{"a":2}\n{"a":3}\n')
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
  })

  it('stay within their size together, and keep what is newest', async () => {
    const { files, sizes, text } = await open()
    for (let batch = 0; batch < 60; batch += 1) {
      await files.append([...Array.from({ length: 5 }, () => line), `{"batch":${batch}}\n`])
      const total = (await sizes()).reduce((sum, size) => sum + size, 0)
      expect(total).toBeLessThanOrEqual(1_000_000)
    }
    expect((await sizes()).length).toBeGreaterThan(5)
    expect(await text()).toContain('"batch":59')
    expect(await text()).not.toContain('"batch":3}')
  })

  it('hold at one batch that is larger than all of them', async () => {
    const { files, sizes } = await open()
    await files.append([...Array.from({ length: 300 }, () => line), 'x'.repeat(200_000)])
    const all = await sizes()
    expect(all.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(1_000_000)
    expect(Math.max(...all)).toBeLessThanOrEqual(100_000)
  })

  it('go when they are too old, and leave what others put there', async () => {
    const { folder, files, names } = await open()
    await mkdir(folder, { recursive: true })
    const old = new Date(Date.now() - 8 * 86_400_000)
    for (const name of ['traces-2020-01-01T00-00-00-000Z-000.jsonl', 'notes.jsonl']) {
      await writeFile(join(folder, name), 'x')
      await utimes(join(folder, name), old, old)
    }
    files.configure({ mostMegabytes: 1, mostDays: 7 })
    await files.append(['{}\n'])
    expect(await names()).toEqual(['notes.jsonl', expect.stringMatching(/^traces-(?!2020)/)])
  })

  it('are not written while the disk is nearly full, which is told once', async () => {
    let free = 1000
    let time = Date.now()
    const { files, told, text } = await open({ freeBytes: async () => free, now: () => time })
    await files.append(['{"a":1}\n'])
    await files.append(['{"a":2}\n'])
    time += 61_000
    await files.append(['{"a":3}\n'])
    expect(told).toEqual(['the disk is nearly full'])
    expect(await text()).toBe('')
    free = 1_000_000_000
    await files.append(['{"a":4}\n'])
    expect(await text()).toBe('')
    time += 61_000
    await files.append(['{"a":5}\n'])
    expect(await text()).toBe('{"a":5}\n')
    expect(told).toEqual(['the disk is nearly full', 'good'])
  })

  it('begin anew where somebody removed the folder, or a file is in its way', async () => {
    const { folder, files, told, text } = await open()
    await files.append(['{"a":1}\n'])
    await rm(folder, { recursive: true })
    await files.append(['{"a":2}\n'])
    expect(await text()).toBe('{"a":2}\n')
    await rm(folder, { recursive: true })
    await writeFile(folder, '')
    await files.append(['{"a":3}\n'])
    await files.append(['{"a":4}\n'])
    expect(told).toHaveLength(1)
    expect(told[0]).toContain('EEXIST')
  })
})
