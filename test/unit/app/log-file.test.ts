import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createLog } from '../../../main/app/log.ts'
import { openLogFile } from '../../../main/app/log-file.ts'
import { managed } from '../../support/managed.ts'
import { mustRun } from '../../support/process.ts'
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

  it('makes no folder but its own', async () => {
    const path = (await managed(makeTempDir())).file('logs/nexthop.log')
    expect(() => {
      openLogFile(path, { mostBytes: 1000, keep: 1 }).open()
    }).toThrow(`The log file ${path} can not be written: there is no such folder (ENOENT)`)
  })

  it('says why a place can not be written to, and takes no harm', async () => {
    const folder = await managed(makeTempDir())
    const file = openLogFile(folder.path)
    const why = `The log file ${folder.path} can not be written: it is a folder, not a file (EISDIR)`
    expect(() => {
      file.open()
    }).toThrow(why)
    expect(() => {
      file.write('lost\n')
    }).toThrow(why)
    expect(() => {
      file.close()
    }).not.toThrow()
  })

  it.runIf(process.platform !== 'win32')('is no pipe, which would be waited for', async () => {
    const path = (await managed(makeTempDir())).file('pipe')
    await mustRun('mkfifo', [path])
    expect(() => {
      openLogFile(path).open()
    }).toThrow(`The log file ${path} can not be written: it is a pipe: choose a file`)
  })

  it.runIf(process.platform !== 'win32')('is not moved where it is a device', async () => {
    const folder = await managed(makeTempDir())
    // A link, so that no device can be moved.
    symlinkSync('/dev/null', folder.file('log'))
    const file = openLogFile(folder.file('log'), { mostBytes: 10, keep: 1 })
    for (const line of ['one line\n', 'another\n']) file.write(line)
    file.close()
    expect(readdirSync(folder.path)).toEqual(['log'])
  })

  it('is missed in the log once where it fails, and once when it can be written again', async () => {
    const folder = await managed(makeTempDir())
    const path = folder.file('nexthop.log')
    const file = openLogFile(path, { mostBytes: 150, keep: 1 })
    const seen: string[] = []
    const log = await managed(
      createLog({
        sinks: [
          ({ message }) => seen.push(message),
          ({ message }) => {
            file.write(`${message}\n`)
          },
        ],
      }),
    )
    // What is in the way of the full file, which is to become FILE.1.
    mkdirSync(`${path}.1/in-the-way`, { recursive: true })
    const long = 'x'.repeat(80)
    for (const message of [`1 ${long}`, `2 ${long}`, `3 ${long}`]) log.info(message)
    rmSync(`${path}.1`, { recursive: true })
    log.info(`4 ${long}`)
    file.close()
    expect(seen).toEqual([
      `1 ${long}`,
      `2 ${long}`,
      expect.stringMatching(/^The log file \S+nexthop\.log can not be written: .+\.$/),
      `3 ${long}`,
      `4 ${long}`,
      'The log file can be written again; 3 lines are missing there.',
    ])
    expect(readFileSync(path, 'utf8')).toBe(`4 ${long}\n${seen.at(-1)}\n`)
  })
})
