import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createConfigStore } from '../../../main/app/config-store.ts'
import { confFile } from '../../../main/headless/conf-file.ts'
import { emptyConfig } from '../../../shared/model/config.ts'
import { makeConfig, makeHop } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { mustRun } from '../../support/process.ts'
import { startListening } from '../../support/tcp-server.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

const config = makeConfig({ hops: [makeHop({ port: 1080, user: 'me', password: 'hunter2' })] })
const now = () => new Date(Date.UTC(2026, 0, 31, 12, 0, 5))
const isPosix = process.platform !== 'win32'

async function inTempDir(name = 'config.json', onBroken: 'set-aside' | 'refuse' = 'set-aside') {
  const dir = await managed(makeTempDir())
  const path = dir.file(name)
  return { dir, path, store: createConfigStore({ file: confFile(path), onBroken, now }) }
}

const modeOf = async (path: string) => (await stat(path)).mode & 0o777

describe('a config file', () => {
  it.each(['config.json', 'office', 'a.b.conf', '.hidden', 'with space.json', 'ends.'])(
    'named %j is written and read under that name',
    async (name) => {
      const { dir, path, store } = await inTempDir(name)
      expect(store.path).toBe(path)
      expect(store.load()).toEqual({ kind: 'missing' })
      store.save(config)
      expect(await readdir(dir.path)).toEqual([name])
      const again = createConfigStore({ file: confFile(path), onBroken: 'refuse' })
      expect(again.load()).toEqual({ kind: 'loaded' })
      expect(again.config).toEqual(config)
    },
  )

  it('leaves no trace of being looked for', async () => {
    const { dir, store } = await inTempDir('not/there/config.json')
    store.load()
    expect(store.reload()).toBeUndefined()
    expect(await readdir(dir.path)).toEqual([])
  })

  it.runIf(isPosix)('is for its owner alone, and so is a folder that is made for it', async () => {
    const { dir, path, store } = await inTempDir('new/config.json')
    store.save(config)
    expect(await modeOf(path)).toBe(0o600)
    expect(await modeOf(dir.file('new'))).toBe(0o700)
    await chmod(path, 0o644)
    store.save(emptyConfig)
    expect(await modeOf(path)).toBe(0o600)
  })

  it('is set aside where it is not JSON, byte by byte as it was, and twice at the same time', async () => {
    const { dir, path, store } = await inTempDir()
    for (const text of ['{"version": 1, "hops": [', 'second']) {
      await writeFile(path, text)
      expect(store.load()).toMatchObject({ kind: 'set-aside' })
    }
    expect((await readdir(dir.path)).sort()).toEqual([
      'config.broken-2026-01-31T12-00-05Z-2.json',
      'config.broken-2026-01-31T12-00-05Z.json',
    ])
    expect(await readFile(dir.file('config.broken-2026-01-31T12-00-05Z.json'), 'utf8')).toBe(
      '{"version": 1, "hops": [',
    )
    store.save(config)
    expect(await readdir(dir.path)).toHaveLength(3)
  })

  it.each(['[1]', '"text"', '5', '{"version": 2}', '{"version": 1, "__internal__": {}}'])(
    'that holds %s is left alone where it was named',
    async (text) => {
      const { dir, path, store } = await inTempDir('config.json', 'refuse')
      await writeFile(path, text)
      expect(() => store.load()).toThrow(`The config ${path} is not valid: `)
      expect(await readFile(path, 'utf8')).toBe(text)
      expect(await readdir(dir.path)).toEqual(['config.json'])
    },
  )

  it('keeps what it had where it can not be replaced', async () => {
    const { dir, path, store } = await inTempDir()
    store.save(config)
    const other = createConfigStore({ file: confFile(path), onBroken: 'refuse' })
    other.load()
    // A folder in its place stands for whatever keeps a file from being renamed there.
    const blocked = createConfigStore({ file: confFile(dir.file('folder')), onBroken: 'refuse' })
    await mkdir(join(dir.file('folder'), 'full'), { recursive: true })
    expect(() => blocked.save(emptyConfig)).toThrow(
      `Could not save the config to ${dir.file('folder')}: it is a folder, not a file (EISDIR). Nothing was changed`,
    )
    expect((await readdir(dir.path)).sort()).toEqual(['config.json', 'folder'])
  })

  it.runIf(isPosix)('says so, and stays as it is, where its folder is read-only', async () => {
    const { dir, path, store } = await inTempDir()
    store.save(config)
    await chmod(dir.path, 0o555)
    try {
      await asNobody(path, () => {
        expect(() => store.save(emptyConfig)).toThrow(
          `Could not save the config to ${path}: permission denied: check who owns the file and its folder (EACCES). Nothing was changed`,
        )
      })
    } finally {
      await chmod(dir.path, 0o755)
    }
    expect(store.config).toEqual(config)
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(config)
    expect(await readdir(dir.path)).toEqual(['config.json'])
  })

  it.runIf(isPosix)('that may not be read is an error, not an empty config', async () => {
    const { path, store } = await inTempDir()
    store.save(config)
    await chmod(path, 0)
    const fresh = createConfigStore({ file: confFile(path), onBroken: 'set-aside' })
    await asNobody(undefined, () => {
      expect(() => fresh.load()).toThrow(
        `Could not read the config ${path}: permission denied: check who owns the file and its folder (EACCES)`,
      )
    })
  })

  it.runIf(isPosix)('that is a pipe, a device or a socket is an error, and not waited for', async () => {
    const { dir, path, store } = await inTempDir()
    await mustRun('mkfifo', [path])
    expect(() => store.load()).toThrow(`Could not read the config ${path}: it is a pipe, not a file`)
    const socket = dir.file('socket')
    const server = createServer()
    await startListening(server, { path: socket })
    await managed({ close: () => new Promise((resolve) => server.close(resolve)) })
    for (const [other, what] of [
      ['/dev/zero', 'a device'],
      [socket, 'a socket'],
    ] as const) {
      const named = createConfigStore({ file: confFile(other), onBroken: 'refuse' })
      expect(() => named.load()).toThrow(`Could not read the config ${other}: it is ${what}, not a file`)
    }
  })

  it.runIf(isPosix)('behind a link is replaced where it really is', async () => {
    const { dir, store, path } = await inTempDir('link.json')
    await writeFile(dir.file('real.json'), JSON.stringify(config))
    await symlink(dir.file('real.json'), path)
    expect(store.load()).toEqual({ kind: 'loaded' })
    store.save(emptyConfig)
    expect(JSON.parse(await readFile(dir.file('real.json'), 'utf8'))).toEqual(emptyConfig)
    expect((await readdir(dir.path)).sort()).toEqual(['link.json', 'real.json'])
  })
})

/** Permissions do not bind root: carries a step out as a user that they do bind. */
async function asNobody(readable: string | undefined, step: () => void): Promise<void> {
  if (process.geteuid?.() !== 0 || !process.seteuid) {
    step()
    return
  }
  if (readable !== undefined) await chmod(readable, 0o644)
  const nobody = 65534
  process.seteuid(nobody)
  try {
    step()
  } finally {
    process.seteuid(0)
  }
}
