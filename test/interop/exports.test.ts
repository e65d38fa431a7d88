import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { exportHaproxy } from '../../main/app/export/haproxy.ts'
import { exportV2ray } from '../../main/app/export/v2ray.ts'
import { makeConfig, makeHop, makeRule, type ConfigFields } from '../support/config.ts'
import { noise, noiseSha256 } from '../support/data.ts'
import { sha256OfDownload } from '../support/download.ts'
import { managed } from '../support/managed.ts'
import { mustRun, run, startProcess } from '../support/process.ts'
import { startDante } from '../support/servers/dante.ts'
import { startMicrosocks } from '../support/servers/microsocks.ts'
import { addSystemUser } from '../support/servers/system-user.ts'
import { freePort } from '../support/tcp-server.ts'
import { makeTempDir } from '../support/temp-dir.ts'
import { describeWith, tool } from '../support/tools.ts'

// Each exported file is run by the engine that it is for, and bytes go through it.

const bytes = 20 * 1024 ** 2
const server = createServer((_, response) => {
  response.setHeader('Content-Length', bytes)
  for (const chunk of noise(bytes)) response.write(chunk)
  response.end()
})
let target: number

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  target = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.close()
})

async function fileWith(name: string, text: string): Promise<string> {
  const dir = await managed(makeTempDir())
  await writeFile(dir.file(name), text)
  return dir.file(name)
}

async function startV2ray(fields: ConfigFields, ready: number): Promise<void> {
  const { text } = exportV2ray(makeConfig(fields), { withPasswords: true })
  const file = await fileWith('config.json', text)
  await mustRun(tool('v2ray'), ['-test', '-config', file])
  await managed(startProcess(tool('v2ray'), ['-config', file], { ready }))
}

async function startHaproxy(fields: ConfigFields, ready: number): Promise<void> {
  const { text } = exportHaproxy(makeConfig(fields), { withPasswords: false })
  const file = await fileWith('haproxy.cfg', text)
  await mustRun(tool('haproxy'), ['-c', '-f', file])
  await managed(startProcess(tool('haproxy'), ['-db', '-f', file], { ready }))
}

const download = (port: number) => sha256OfDownload(`http://127.0.0.1:${port}/`)
const isClosed = async (port: number) =>
  (await run(tool('curl'), ['-sS', '-m', '10', `http://127.0.0.1:${port}/`])).code !== 0

// It sends greeting and login in one go, which dante takes and microsocks does not.
describeWith(
  ['v2ray', 'danted', 'useradd', 'userdel', 'openssl', 'curl'],
  'a login exported for V2Ray',
  () => {
    it.skipIf(process.getuid?.() !== 0)('is the one that the hop wants (needs root)', async () => {
      const { user, password } = await managed(addSystemUser())
      const hop = await managed(startDante({ login: true }))
      const port = await freePort()
      const hops = [makeHop({ port: hop.port, user, password })]
      await startV2ray({ hops, rules: [makeRule({ listen: port, to: target })] }, port)
      expect(await download(port)).toBe(noiseSha256(bytes))
    })
  },
)

describeWith(['v2ray', 'microsocks', 'curl'], 'what is exported for V2Ray', () => {
  it('carries the traffic of a rule through its hop alone', async () => {
    const hop = await managed(startMicrosocks())
    const port = await freePort()
    const hops = [makeHop({ port: hop.port })]
    await startV2ray({ hops, rules: [makeRule({ listen: port, to: target })] }, port)
    expect(await download(port)).toBe(noiseSha256(bytes))
    await hop.close()
    expect(await isClosed(port)).toBe(true)
  })

  it('spreads over a list, blocks, and keeps clients out', async () => {
    const one = await managed(startMicrosocks())
    const two = await managed(startMicrosocks())
    const [listed, blocked, closed] = [await freePort(), await freePort(), await freePort()]
    const rule = (id: string, listen: number, more: object) => makeRule({ id, listen, to: target, ...more })
    await startV2ray(
      {
        hops: [
          makeHop({ id: 'one', name: 'One', port: one.port }),
          makeHop({ id: 'two', name: 'Two', port: two.port }),
        ],
        lists: [{ id: 'both', name: 'Both', mode: 'round-robin', hopIds: ['one', 'two'] }],
        rules: [
          rule('listed', listed, { route: { kind: 'list', listId: 'both' } }),
          rule('blocked', blocked, { route: { kind: 'block' } }),
          rule('closed', closed, { route: { kind: 'direct' }, allowedClients: ['10.0.0.0/8'] }),
        ],
      },
      listed,
    )
    expect(await download(listed)).toBe(noiseSha256(bytes))
    expect(await isClosed(blocked)).toBe(true)
    expect(await isClosed(closed)).toBe(true)
  })
})

describeWith(['haproxy', 'danted', 'curl'], 'what is exported for HAProxy', () => {
  it('carries the traffic of rules through SOCKS4, and goes on when a hop dies', async () => {
    const one = await managed(startDante())
    const two = await managed(startDante())
    const port = await freePort()
    await startHaproxy(
      {
        hops: [
          makeHop({ id: 'one', name: 'One', port: one.port, version: '4' }),
          makeHop({ id: 'two', name: 'Two', port: two.port, version: '4a' }),
        ],
        lists: [{ id: 'both', name: 'Both', mode: 'failover', hopIds: ['one', 'two'] }],
        rules: [makeRule({ listen: port, to: target, route: { kind: 'list', listId: 'both' } })],
      },
      port,
    )
    expect(await download(port)).toBe(noiseSha256(bytes))
    await one.close()
    expect(await download(port)).toBe(noiseSha256(bytes))
    await two.close()
    expect(await isClosed(port)).toBe(true)
  })

  it('leads names and ranges where they go, blocks, and keeps clients out', async () => {
    const hop = await managed(startDante())
    const [named, blocked, closed, first] = [
      await freePort(),
      await freePort(),
      await freePort(),
      await freePort('127.0.0.1', 2),
    ]
    const hops = [makeHop({ port: hop.port, version: '4a' })]
    const rules = [
      makeRule({ id: 'named', listen: named, to: { host: 'localhost', port: target } }),
      makeRule({ id: 'blocked', listen: blocked, to: target, route: { kind: 'block' } }),
      makeRule({ id: 'closed', listen: closed, to: target, allowedClients: ['10.0.0.0/8'] }),
      {
        ...makeRule({ id: 'range', listen: first, to: target }),
        destination: { kind: 'range' as const, host: '127.0.0.1', port: target, count: 2 },
      },
    ]
    await startHaproxy({ hops, rules }, named)
    expect(await download(named)).toBe(noiseSha256(bytes))
    expect(await download(first)).toBe(noiseSha256(bytes))
    expect(await isClosed(blocked)).toBe(true)
    expect(await isClosed(closed)).toBe(true)
  })
})
