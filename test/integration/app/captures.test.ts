import { readFile, stat } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { createApplication } from '../../../main/app/application.ts'
import { memoryConfigFile } from '../../../main/app/config-file.ts'
import { createConfigStore } from '../../../main/app/config-store.ts'
import { createLog } from '../../../main/app/log.ts'
import { createMemoryClient } from '../../../main/app/memory-client.ts'
import { createWorkerEngine } from '../../../main/app/worker-engine.ts'
import type { CaptureView } from '../../../shared/captures.ts'
import type { AppEvent, CallInput, CallName, CallOutput } from '../../../shared/contract.ts'
import { testInfo } from '../../support/application.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startEcho } from '../../support/targets.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { until } from '../../support/until.ts'

const worker = new URL('../../../main/engine/worker.ts', import.meta.url)

/** The application with two rules through one hop, and its config "in" a folder of the test. */
async function startAll() {
  const dir = await managed(makeTempDir())
  const echo = await managed(startEcho())
  const socks = await managed(startSocksServer({ login: { user: 'me', password: 'hunter22' } }))
  const config = makeConfig({
    hops: [makeHop({ port: socks.port, user: 'me', password: 'hunter22' })],
    rules: [makeRule({ to: echo.port }), makeRule({ id: 'other', to: echo.port })],
  })
  const path = dir.file('config.json')
  const log = createLog()
  const app = createApplication({
    store: createConfigStore({
      file: { ...memoryConfigFile(JSON.stringify(config)), path },
      onBroken: 'refuse',
    }),
    createEngine: (host) => createWorkerEngine({ ...host, url: worker }),
    log,
    info: testInfo,
  })
  await managed(app)
  await app.start()
  const client = createMemoryClient(app)
  const events: AppEvent[] = []
  client.subscribe([], (event) => events.push(event))
  async function ask<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    const reply = await client.request(name, input)
    if (reply.ok) return reply.value
    throw new Error(reply.message)
  }
  async function connect(ruleId = 'rule') {
    const { runtime } = await ask('state.get', {})
    const status = runtime.rules.find((rule) => rule.ruleId === ruleId)?.status
    if (status?.state !== 'listening' || status.address.kind !== 'tcp') throw new Error('not listening')
    return managed(connectTo(status.address.port))
  }
  async function talk(text: string, ruleId?: string): Promise<void> {
    const peer = await connect(ruleId)
    await peer.write(text)
    await peer.take(text.length)
    peer.end()
    await peer.takeRest()
  }
  return { dir, ask, client, events, connect, talk }
}

const ofRule = { kind: 'rule', ruleId: 'rule' } as const

describe('the capture calls', () => {
  it('record one rule into a file of this user alone, without passwords', async () => {
    const { dir, ask, talk, events } = await startAll()
    const begun = await ask('capture.start', { of: ofRule })
    expect(begun.path).toBe(dir.file(`captures/${begun.filename}`))
    await talk('hello there')
    await talk('not this', 'other')
    const ended = await ask('capture.stop', { id: begun.id })
    expect(ended).toMatchObject({ endedBy: 'asked', connections: 1, of: ofRule })
    const content = await readFile(begun.path)
    expect(content.length).toBe(ended.bytes)
    expect((await stat(begun.path)).mode & 0o777).toBe(0o600)
    expect(content.includes('hello there')).toBe(true)
    expect(content.includes('not this')).toBe(false)
    expect(content.includes('hunter22')).toBe(false)
    expect(content.includes('********')).toBe(true)
    const changes = events.flatMap(({ name, data }) => (name === 'capture.changed' ? data.captures : []))
    expect(changes.at(-1)).toEqual(ended)
  })

  it('record a connection from its middle on, until it closes', async () => {
    const { ask, connect } = await startAll()
    const peer = await connect()
    await peer.write('before')
    await peer.take(6)
    const [{ id: connectionId } = { id: '' }] = await ask('connection.list', {})
    const { id, path } = await ask('capture.start', { of: { kind: 'connection', connectionId } })
    await peer.write('after')
    await peer.take(5)
    peer.end()
    await peer.takeRest()
    const ended = await until('the recording ends with it', async () => {
      const capture = await ask('capture.get', { id })
      return capture.endedAt === undefined ? undefined : capture
    })
    expect(ended.endedBy).toBe('connection-closed')
    const content = await readFile(path)
    expect(content.includes('after')).toBe(true)
    expect(content.includes('before')).toBe(false)
    expect(content.includes('recorded from its middle on')).toBe(true)
  })

  it('end a recording at its size, and keep the connection going', async () => {
    const { ask, connect } = await startAll()
    const { id, path } = await ask('capture.start', { of: { kind: 'all' }, maxBytes: 100_000 })
    const peer = await connect()
    const sent = Buffer.alloc(300_000, 'x')
    void peer.write(sent)
    expect((await peer.take(sent.length)).equals(sent)).toBe(true)
    const ended = await until('the recording ends', async () => {
      const capture = await ask('capture.get', { id })
      return capture.endedAt === undefined ? undefined : capture
    })
    expect(ended.endedBy).toBe('size')
    expect((await stat(path)).size).toBe(ended.bytes)
    expect(ended.bytes).toBeLessThanOrEqual(100_000)
    expect(ended.bytes).toBeGreaterThan(90_000)
  })

  it('end a recording when its time is over', async () => {
    const { ask } = await startAll()
    const { id } = await ask('capture.start', { of: ofRule, maxMs: 1000 })
    await until('the time is over', async () => (await ask('capture.get', { id })).endedBy === 'time')
  })

  it('cut payloads on request', async () => {
    const { ask, talk } = await startAll()
    const { id, path } = await ask('capture.start', { of: ofRule, payloadBytes: 20 })
    await talk('abcdefghijklmnopqrstuvwxyz')
    await ask('capture.stop', { id })
    const content = await readFile(path)
    expect(content.includes('abcdefghijklmnopqrst')).toBe(true)
    expect(content.includes('abcdefghijklmnopqrstu')).toBe(false)
  })

  it('bring the file in parts, list it, and delete it', async () => {
    const { ask, connect, client } = await startAll()
    const { id, path } = await ask('capture.start', { of: ofRule })
    const peer = await connect()
    const sent = Buffer.alloc(1_000_000, 'y')
    void peer.write(sent)
    await peer.take(sent.length)
    await ask('capture.stop', { id })
    const parts: Buffer[] = []
    let hasMore = true
    while (hasMore) {
      const offset = parts.reduce((sum, part) => sum + part.length, 0)
      const part = await ask('capture.read', { id, offset })
      parts.push(Buffer.from(part.base64, 'base64'))
      hasMore = part.hasMore
    }
    expect(parts.length).toBeGreaterThan(1)
    expect(Buffer.concat(parts).equals(await readFile(path))).toBe(true)
    expect((await ask('capture.list', {})).map((capture: CaptureView) => capture.id)).toEqual([id])
    await ask('capture.remove', { id })
    expect(await ask('capture.list', {})).toEqual([])
    await expect(stat(path)).rejects.toThrow('ENOENT')
    expect(await client.request('capture.get', { id })).toMatchObject({ code: 'not-found' })
  })

  it('refuse to record a connection that is not open, and to open Wireshark where there is no desktop', async () => {
    const { ask, client } = await startAll()
    const of = { kind: 'connection', connectionId: 'none' } as const
    expect(await client.request('capture.start', { of })).toMatchObject({ code: 'not-found' })
    expect(await ask('capture.list', {})).toEqual([])
    const { id } = await ask('capture.start', { of: ofRule })
    expect(await client.request('capture.open', { id })).toMatchObject({ code: 'conflict' })
  })
})
