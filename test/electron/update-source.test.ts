import { generateKeyPairSync } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppImageUpdater } from 'electron-updater'
import { NodeHttpExecutor } from '../support/node-http-executor.ts'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { updateSource } from '../../main/electron/updates/update-source.ts'
import { managed } from '../support/managed.ts'
import { makeTempDir } from '../support/temp-dir.ts'
import { startUpdateServer, type UpdateServerOptions } from '../support/update-server.ts'

// electron-updater's own code with Node's HTTP in the place of Electron's, as an AppImage has it.

async function rig(options: UpdateServerOptions = {}, current = '1.0.0') {
  const server = await managed(startUpdateServer(options))
  const folder = await managed(makeTempDir())
  const old = folder.file('old.AppImage')
  await writeFile(old, 'old')
  vi.stubEnv('APPIMAGE', old)
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
  const updater = new AppImageUpdater(null, {
    version: current,
    name: 'nexthop',
    isPackaged: true,
    appUpdateConfigPath: folder.file('app-update.yml'),
    userDataPath: folder.path,
    baseCachePath: folder.path,
    whenReady: () => Promise.resolve(),
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: () => undefined,
  })
  await writeFile(folder.file('app-update.yml'), 'updaterCacheDirName: nexthop-updater\n')
  Object.assign(updater, { httpExecutor: new NodeHttpExecutor() })
  const source = updateSource(updater, { url: server.url, publicKey: server.publicKey })
  const pending = async () => {
    const place = join(folder.path, 'nexthop-updater/pending')
    return existsSync(place) ? (await readdir(place)).filter((name) => name.endsWith('.AppImage')) : []
  }
  return { server, source, old, pending, folder }
}

describe('an update', () => {
  it('is found with its notes, downloaded and verified, and leaves the old version alone', async () => {
    const file = Buffer.from('the new version')
    const { source, old, pending, folder } = await rig({ file })
    expect(await source.check('stable')).toEqual({ version: '9.0.0', notes: '- better' })
    await source.download(() => undefined)
    const [name = ''] = await pending()
    expect(await readFile(join(folder.path, 'nexthop-updater/pending', name))).toEqual(file)
    expect(await readFile(old, 'utf8')).toBe('old')
  })

  it('comes from the channel that is chosen', async () => {
    const { source, server } = await rig({ channel: 'beta' })
    expect(await source.check('beta')).toMatchObject({ version: '9.0.0' })
    expect(server.requests[0]).toMatch(/^\/beta-linux/)
    await expect(source.check('stable')).rejects.toThrow('404')
  })

  it.each([['1.0.0'], ['0.9.0']])('to version %s is none', async (version) => {
    const { source } = await rig({ version })
    expect(await source.check('stable')).toBeUndefined()
  })

  it('with a signature of somebody else is refused', async () => {
    const { source, server } = await rig({ signer: generateKeyPairSync('ed25519').privateKey })
    await expect(source.check('stable')).rejects.toThrow('is not signed by who made this app')
    expect(server.requests.filter((path) => path.endsWith('.AppImage'))).toEqual([])
  })

  it('whose feed was changed is refused', async () => {
    const { source } = await rig({ forge: (feed) => feed.replaceAll('9.0.0', '9.0.1') })
    await expect(source.check('stable')).rejects.toThrow('is not signed')
  })

  it('with another hash than the feed says is refused', async () => {
    const { source, pending } = await rig({ hashOf: Buffer.alloc(300_000, 'b') })
    await source.check('stable')
    await expect(source.download(() => undefined)).rejects.toThrow('sha512 checksum mismatch')
    expect(await pending()).toEqual([])
  })

  it('whose connection breaks is not taken, and can be tried again', async () => {
    const { source, pending } = await rig({ breaks: true })
    await source.check('stable')
    await expect(source.download(() => undefined)).rejects.toThrow()
    expect(await pending()).toEqual([])
    expect(await source.check('stable')).toMatchObject({ version: '9.0.0' })
  })

  it('is none where the server can not be reached', async () => {
    const { source, server } = await rig()
    await server.close()
    await expect(source.check('stable')).rejects.toThrow('ECONNREFUSED')
  })
})
