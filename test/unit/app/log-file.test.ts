import { readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openLogFile } from '../../../main/app/log-file.ts'
import { managed } from '../../support/managed.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

describe('the log file', () => {
  it('goes on where the last run ended, readable by its user alone', async () => {
    const path = (await managed(makeTempDir())).file('logs/nexthop.log')
    for (const line of ['one\n', 'two\n']) {
      const file = openLogFile(path)
      file.write(line)
      file.close()
    }
    expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n')
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it.each([0, 1, 3])('never takes more than its bound, with %i full files kept', async (keep) => {
    const folder = await managed(makeTempDir())
    const path = folder.file('nexthop.log')
    for (let run = 0; run < 8; run += 1) {
      const file = openLogFile(path, { mostBytes: 1000, keep })
      for (let line = 0; line < 30; line += 1) file.write(`run ${run}, line ${line}, some words\n`)
      file.close()
    }
    const files = readdirSync(folder.path).sort()
    expect(files).toEqual(['nexthop.log', ...Array.from({ length: keep }, (_, n) => `nexthop.log.${n + 1}`)])
    for (const file of files) expect(statSync(folder.file(file)).size).toBeLessThanOrEqual(1000)
    // Together they are the end of the log, without a gap.
    const text = files
      .reverse()
      .map((file) => readFileSync(folder.file(file), 'utf8'))
      .join('')
    const numbers = [...text.matchAll(/^run (\d), line (\d+), some words$/gm)].map(
      ([, run, line]) => Number(run) * 30 + Number(line),
    )
    expect(numbers.at(-1)).toBe(239)
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, n) => 240 - numbers.length + n))
    expect(text.split('\n')).toHaveLength(numbers.length + 1)
  })

  it('takes no harm from a place that can not be written to', async () => {
    const folder = await managed(makeTempDir())
    const file = openLogFile(folder.path)
    file.write('lost\n')
    expect(() => {
      file.close()
    }).not.toThrow()
  })
})
