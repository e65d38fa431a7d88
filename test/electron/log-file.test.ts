import { readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openLogFile } from '../../main/electron/log-file.ts'
import { managed } from '../support/managed.ts'
import { makeTempDir } from '../support/temp-dir.ts'

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

  it('never takes more than twice its bound', async () => {
    const path = (await managed(makeTempDir())).file('nexthop.log')
    for (let run = 0; run < 8; run += 1) {
      const file = openLogFile(path, 1000)
      for (let line = 0; line < 30; line += 1) file.write(`run ${run}, line ${line}, some words\n`)
      file.close()
    }
    expect(statSync(path).size).toBeLessThan(1100)
    expect(statSync(`${path}.old`).size).toBeLessThan(1100)
    expect(readFileSync(path, 'utf8')).toContain('run 7, line 29')
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
