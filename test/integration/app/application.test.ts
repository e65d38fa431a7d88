import { readFile, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { createApplication } from '../../../main/app/application.ts'
import { createConfigStore } from '../../../main/app/config-store.ts'
import { createLog } from '../../../main/app/log.ts'
import { createMemoryClient } from '../../../main/app/memory-client.ts'
import { createWorkerEngine } from '../../../main/app/worker-engine.ts'
import { confFile } from '../../../main/headless/conf-file.ts'
import type { AppEvent } from '../../../shared/contract.ts'
import { judgeEvent } from '../../../shared/event-sequence.ts'
import type { RuleStatus } from '../../../shared/runtime.ts'
import { testInfo } from '../../support/application.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startEcho } from '../../support/targets.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { until } from '../../support/until.ts'

const realWorker = new URL('../../../main/engine/worker.ts', import.meta.url)
const mortalWorker = new URL('../../support/mortal-engine-worker.ts', import.meta.url)

/** The whole application on a real file and a real engine thread, with a SOCKS server and an echo behind it. */
async function startAll(url = realWorker) {
  const dir = await managed(makeTempDir())
  const echo = await managed(startEcho())
  const socks = await managed(startSocksServer({ login: { user: 'me', password: 'hunter2' } }))
  const config = makeConfig({
    hops: [makeHop({ port: socks.port, user: 'me', password: 'hunter2' })],
    rules: [makeRule({ to: echo.port })],
  })
  const path = dir.file('config.json')
  await writeFile(path, JSON.stringify(config))
  const log = createLog()
  const app = createApplication({
    store: createConfigStore({ file: confFile(path), onBroken: 'refuse' }),
    createEngine: (host) => createWorkerEngine({ ...host, url, restartDelaysMs: [10] }),
    log,
    info: { ...testInfo, configPath: path },
  })
  await managed({
    close: async () => {
      await app.close()
      await log.close()
    },
  })
  const client = createMemoryClient(app)
  const events: AppEvent[] = []
  client.subscribe([], (event) => events.push(event))
  await app.start()

  async function status(ruleId = 'rule'): Promise<RuleStatus | undefined> {
    const reply = await client.request('state.get', {})
    return reply.ok ? reply.value.runtime.rules.find((rule) => rule.ruleId === ruleId)?.status : undefined
  }
  async function talk(): Promise<string> {
    const now = await status()
    if (now?.state !== 'listening' || now.address.kind !== 'tcp') throw new Error(JSON.stringify(now))
    const peer = await managed(connectTo(now.address.port))
    await peer.write('hello')
    return (await peer.take(5)).toString()
  }
  return { app, client, events, log, path, config, socks, status, talk }
}

describe('the application on a real engine thread', () => {
  it('forwards what the config says, through a hop with a login', async () => {
    const { talk, log, events } = await startAll()
    expect(await talk()).toBe('hello')
    expect(JSON.stringify([log.entries(), events])).not.toContain('hunter2')
  })

  it('follows a call into the file, the engine and the events', async () => {
    const { client, events, path, status, talk } = await startAll()
    await client.request('rule.enable', { ids: ['rule'], enabled: false })
    expect(await status()).toEqual({ state: 'off' })
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ rules: [{ enabled: false }] })
    expect(events).toContainEqual(
      expect.objectContaining({
        name: 'rule.statusChanged',
        data: { ruleId: 'rule', status: { state: 'off' } },
      }),
    )
    await client.request('rule.enable', { ids: ['rule'], enabled: true })
    expect(await talk()).toBe('hello')
  })

  it('gives events without a gap after a snapshot', async () => {
    const { client, events } = await startAll()
    const reply = await client.request('state.get', {})
    const from = reply.ok ? reply.value.seq : NaN
    for (const on of [false, true]) await client.request('forwarding.set', { on })
    let seq = from
    for (const event of events) {
      const verdict = judgeEvent(event, seq)
      expect(verdict).not.toBe('gap')
      if (verdict === 'apply') seq = event.seq
    }
    expect(seq).toBeGreaterThan(from)
  })

  it('tries a hop, and tells each stage as it comes', async () => {
    const { client, events } = await startAll()
    const report = await client.request('hop.check', { checkId: 'c', hop: { kind: 'id', id: 'hop' } })
    expect(report).toMatchObject({ ok: true, value: { ok: true } })
    expect(events.some(({ name }) => name === 'check.progressed')).toBe(true)
  })

  it('sends traffic only to those who watch it', async () => {
    const { client, events, talk } = await startAll()
    const names: string[] = []
    const stop = client.subscribe(['traffic', 'connections'], ({ name }) => names.push(name))
    await talk()
    await until(
      'both topics',
      () => names.includes('traffic.ticked') && names.includes('connections.changed'),
    )
    stop()
    expect(events.map(({ name }) => name)).not.toContain('traffic.ticked')
  })

  it('brings its rules back when the engine thread dies', async () => {
    const { client, events, log, talk } = await startAll(mortalWorker)
    expect(await talk()).toBe('hello')
    expect(await client.request('connection.close', { kind: 'rule', ruleId: 'die' })).toMatchObject({
      ok: false,
      code: 'internal',
    })
    expect(await client.request('state.get', {})).toMatchObject({
      value: { engine: { state: 'restarting' }, runtime: { rules: [{ status: { state: 'starting' } }] } },
    })
    await until('the engine runs again', () =>
      events.some((event) => event.name === 'engine.statusChanged' && event.data.state === 'running'),
    )
    expect(await talk()).toBe('hello')
    const messages = log.entries().map(({ message }) => message)
    expect(messages).toContain(
      'The engine stopped unexpectedly (exit code 1), and all connections with it. It is started again in 10 ms.',
    )
    expect(messages).toContain('The engine runs again, with 1 port rule.')
  })
})
