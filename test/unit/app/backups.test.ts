import { readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createBackups } from '../../../main/app/backups.ts'
import { confFile } from '../../../main/headless/conf-file.ts'
import { emptyConfig } from '../../../shared/model/config.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

const config = makeConfig({ hops: [makeHop({ port: 1080 })], rules: [makeRule({ to: 80 })] })
const hour = 3_600_000

async function startBackups() {
  const folder = await makeTempDir()
  onTestFinished(() => folder.close())
  let time = Date.UTC(2026, 10, 24, 17, 8, 12, 345)
  const path = folder.file('config.backups')
  const backups = createBackups({ folder: path, openFile: confFile, now: () => new Date(time) })
  return {
    path,
    backups,
    pass: (ms: number) => {
      time += ms
    },
  }
}

describe('backups', () => {
  it('keep a config as it was, for its user alone', async () => {
    const { backups, path } = await startBackups()
    expect(backups.list()).toEqual([])
    backups.keep(config)
    const id = '2026-11-24T17-08-12Z'
    expect(backups.list()).toEqual([{ id, at: Date.UTC(2026, 10, 24, 17, 8, 12), hops: 1, rules: 1 }])
    expect(backups.read(id)).toEqual(config)
    if (process.platform !== 'win32') expect((await stat(join(path, `${id}.json`))).mode & 0o777).toBe(0o600)
  })

  it('are made once per hour, and not of an empty config', async () => {
    const { backups, pass } = await startBackups()
    backups.keep(emptyConfig)
    expect(backups.list()).toHaveLength(0)
    backups.keep(config)
    pass(hour - 1000)
    backups.keep(config)
    expect(backups.list()).toHaveLength(1)
    pass(1000)
    backups.keep(config)
    expect(backups.list()).toHaveLength(2)
  })

  it('are the latest twenty', async () => {
    const { backups, path, pass } = await startBackups()
    for (let count = 0; count < 25; count += 1) {
      backups.keep(config)
      pass(hour)
    }
    expect(await readdir(path)).toHaveLength(20)
    expect(backups.list()[0]?.id).toBe('2026-11-25T17-08-12Z')
  })

  it('that somebody broke are left out, and other files are left alone', async () => {
    const { backups, path } = await startBackups()
    backups.keep(config)
    await writeFile(join(path, '2026-11-20T10-00-00Z.json'), '{')
    await writeFile(join(path, 'notes.txt'), 'mine')
    expect(backups.list()).toHaveLength(1)
    expect(backups.read('2026-11-20T10-00-00Z')).toBeUndefined()
    expect(await readFile(join(path, 'notes.txt'), 'utf8')).toBe('mine')
  })
})
