import { link, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { explainInFull } from '../../../shared/texts/explain.ts'
import type { TestEngine } from '../../support/engine.ts'
import { listenOn } from '../../support/listen-on.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { startEcho } from '../../support/targets.ts'
import { startTcpServer } from '../../support/tcp-server.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

async function reason(engine: TestEngine): Promise<string> {
  const status = await engine.status()
  if (status?.state !== 'failed') throw new Error(`it is ${status?.state}`)
  return explainInFull(status.failure)
}

describe('listening on a unix socket', () => {
  it('takes clients, and is gone on stop', async () => {
    const folder = await managed(makeTempDir())
    const path = folder.file('nexthop.sock')
    const engine = await listenOn({ kind: 'unix', path })
    expect(await engine.status()).toEqual({ state: 'listening', address: { kind: 'unix', path } })
    const client = await connectTo({ path })
    client.end('unix')
    expect((await client.takeRest()).toString()).toBe('unix')
    expect((await engine.closedConnection()).client).toBe('unix')
    await engine.close()
    await expect(stat(path)).rejects.toThrow('ENOENT')
  })

  it('takes the place of one that a dead process left behind', async () => {
    const folder = await managed(makeTempDir())
    const path = folder.file('stale.sock')
    const first = await startTcpServer(undefined, { path })
    // Closing a server removes its file; a second name for it stays.
    await link(path, `${path}.kept`)
    await first.close()
    await rename(`${path}.kept`, path)
    const engine = await listenOn({ kind: 'unix', path })
    expect((await engine.status())?.state).toBe('listening')
  })
})

describe('the file of a unix socket', () => {
  it('is left alone on stop where something else took its place', async () => {
    const folder = await managed(makeTempDir())
    const path = folder.file('taken.sock')
    const engine = await listenOn({ kind: 'unix', path })
    await unlink(path)
    await writeFile(path, 'precious')
    await engine.close()
    expect(await readFile(path, 'utf8')).toBe('precious')
  })

  it('is left alone on stop where another program listens by now', async () => {
    const folder = await managed(makeTempDir())
    const path = folder.file('taken.sock')
    const engine = await listenOn({ kind: 'unix', path })
    await unlink(path)
    await managed(startEcho({ path }))
    await engine.close()
    const client = await connectTo({ path })
    client.end('still here')
    expect((await client.takeRest()).toString()).toBe('still here')
  })

  it('is the only thing in its folder, and gone on stop, however long its path', async () => {
    const folder = await managed(makeTempDir())
    for (const length of [1, 102 - Buffer.byteLength(folder.path)]) {
      const path = folder.file('s'.repeat(length))
      const engine = await listenOn({ kind: 'unix', path })
      expect((await engine.status())?.state).toBe('listening')
      expect(await readdir(folder.path)).toEqual([basename(path)])
      const client = await connectTo({ path })
      client.end('here')
      expect((await client.takeRest()).toString()).toBe('here')
      await engine.close()
      expect(await readdir(folder.path)).toEqual([])
    }
  })
})

describe('failing to listen on a unix socket', () => {
  it('in a folder that does not exist says so', async () => {
    const folder = await managed(makeTempDir())
    const path = folder.file('nowhere/x.sock')
    expect(await reason(await listenOn({ kind: 'unix', path }))).toBe(
      `The folder of unix:${path} does not exist. Create it, or choose another path for the socket.`,
    )
  })

  it('where a file is in the way says so', async () => {
    const folder = await managed(makeTempDir())
    await writeFile(folder.file('file'), '')
    const path = folder.file('file/x.sock')
    expect(await reason(await listenOn({ kind: 'unix', path }))).toBe(
      `The path of unix:${path} has a file where a folder must be. Choose another path for the socket.`,
    )
  })

  it('never removes a file that is none, or a socket that answers', async () => {
    const folder = await managed(makeTempDir())
    const file = folder.file('precious.txt')
    await writeFile(file, 'precious')
    const onFile = await listenOn({ kind: 'unix', path: file })
    expect(await reason(onFile)).toBe(
      `There is something at unix:${file} that is no socket. ` +
        'Choose another path for the socket, or move away what is there.',
    )
    expect((await stat(file)).size).toBe(8)

    const path = folder.file('alive.sock')
    const alive = await managed(startEcho({ path }))
    const onSocket = await listenOn({ kind: 'unix', path })
    expect(await onSocket.status()).toMatchObject({ state: 'failed', failure: { code: 'port-in-use' } })
    const client = await connectTo({ path })
    client.end('still here')
    expect((await client.takeRest()).toString()).toBe('still here')
    expect(alive.peers).not.toHaveLength(0)
  })
})
