import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { createLog } from '../../../main/app/log.ts'
import { createWorkerEngine, type WorkerEngineOptions } from '../../../main/app/worker-engine.ts'
import type { EngineEvent } from '../../../main/engine/api.ts'
import { NexthopError } from '../../../shared/errors.ts'
import type { EngineStatus, StageRecord } from '../../../shared/runtime.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { mustRun } from '../../support/process.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { until, within } from '../../support/until.ts'

const fakeWorker = new URL('../../support/fake-engine-worker.ts', import.meta.url)
const config = makeConfig({ hops: [makeHop({ port: 1080 })], rules: [makeRule({ listen: 9102, to: 80 })] })
const [hop] = config.hops
const stopped = { code: 'internal', message: 'the engine stopped unexpectedly and is being started again' }

async function startEngine(options: Partial<WorkerEngineOptions> = {}) {
  const events: EngineEvent[] = []
  const statuses: EngineStatus[] = []
  const log = createLog()
  const engine = createWorkerEngine({
    url: fakeWorker,
    onEvent: (event) => events.push(event),
    onStatus: (status) => statuses.push(status),
    log,
    restartDelaysMs: [1],
    ...options,
  })
  await managed({ close: () => engine.close(0) })
  const die = (how: string) => engine.closeConnections({ kind: 'rule', ruleId: how })
  return { engine, events, statuses, messages: () => log.entries().map(({ message }) => message), die }
}

describe('an engine in a thread', () => {
  it('answers calls and tells events', async () => {
    const { engine, events, statuses } = await startEngine()
    await engine.apply(config)
    expect(await engine.snapshot()).toMatchObject({
      rules: [{ ruleId: 'rule', status: { state: 'listening' } }],
    })
    expect(events).toContainEqual({
      kind: 'rule-status',
      ruleId: 'rule',
      status: { state: 'listening', address: { kind: 'tcp', host: '127.0.0.1', port: 9102 } },
    })
    const all = await Promise.all([
      engine.connections(),
      engine.connection('1'),
      engine.closeConnections({ kind: 'all' }),
    ])
    expect(all).toEqual([[], undefined, 7])
    expect(statuses).toEqual([])
  })

  it('passes failures on', async () => {
    const { die } = await startEngine()
    await expect(die('refuse')).rejects.toThrow(
      new NexthopError({ code: 'internal', message: 'refused on purpose' }),
    )
  })

  it('checks with progress, and ends a check that is aborted', async () => {
    const { engine } = await startEngine()
    if (!hop) throw new Error('no hop')
    const progress: (readonly StageRecord[])[] = []
    const quick = await engine.check(
      { hop: { ...hop, name: 'quick' } },
      (stages) => progress.push(stages),
      new AbortController().signal,
    )
    expect(quick).toMatchObject({ ok: true })
    expect(progress).toEqual([[{ stage: 'connect-hop', startedAt: 1 }]])

    const controller = new AbortController()
    const slow = engine.check({ hop }, () => controller.abort(), controller.signal)
    expect(await slow).toMatchObject({ ok: false, totalMs: 2 })
    const late = engine.check({ hop }, () => undefined, AbortSignal.abort())
    expect(await late).toMatchObject({ ok: false })
  })

  it.each([
    ['throw', 'a bug with socks5://user:***@10.0.0.1 in it'],
    ['exit', 'exit code 3'],
  ])('is started again when it dies (%s), with its config and watchers, and says so', async (how, reason) => {
    const { engine, events, statuses, messages, die } = await startEngine()
    await engine.apply(config)
    engine.watch({ traffic: true, connections: false })
    const underWay = engine.check(
      { hop: config.hops[0] ?? never() },
      () => undefined,
      new AbortController().signal,
    )
    const expected = expect(underWay).rejects.toMatchObject({ failure: stopped })
    await expect(die(how)).rejects.toMatchObject({ failure: stopped })
    await expected
    expect(statuses).toEqual([{ state: 'restarting', restarts: 0 }])
    await expect(engine.snapshot()).rejects.toMatchObject({ failure: stopped })
    const before = events.length

    await until('the engine runs again', () => statuses.length > 1)
    expect(statuses[1]).toEqual({ state: 'running', restarts: 1 })
    expect(events.slice(before).map(({ kind }) => kind)).toEqual(['log', 'rule-status'])
    expect(events[before]).toMatchObject({ entry: { message: 'watch {"traffic":true,"connections":false}' } })
    expect(await engine.snapshot()).toMatchObject({ rules: [{ ruleId: 'rule' }] })
    expect(messages()).toEqual([
      `The engine stopped unexpectedly (${reason}), and all connections with it. It is started again in 1 ms.`,
      'The engine runs again, with 1 port rule.',
    ])
  })

  it('takes, when it is back, a config that was applied while it was away', async () => {
    const { engine, statuses, die } = await startEngine()
    await engine.apply(config)
    await expect(die('exit')).rejects.toThrow()
    const next = makeConfig({ rules: [makeRule({ id: 'next', to: 80, route: { kind: 'direct' } })] })
    await expect(engine.apply(next)).rejects.toMatchObject({ failure: stopped })
    await until('the engine runs again', () => statuses.some(({ state }) => state === 'running'))
    expect(await engine.snapshot()).toMatchObject({ rules: [{ ruleId: 'next' }] })
  })

  it('waits longer each time it dies in a row, up to a bound', async () => {
    const { statuses, messages, die } = await startEngine({ restartDelaysMs: [1, 2, 3] })
    for (let restarts = 1; restarts <= 4; restarts += 1) {
      await expect(die('exit')).rejects.toThrow()
      await until('the engine runs again', () => statuses.at(-1)?.state === 'running')
      expect(statuses.at(-1)?.restarts).toBe(restarts)
    }
    const waits = messages().flatMap((message) => /again in (.*)\.$/.exec(message)?.[1] ?? [])
    expect(waits).toEqual(['1 ms', '2 ms', '3 ms', '3 ms'])
  })

  it('keeps trying where the script is not there', async () => {
    const { statuses, messages } = await startEngine({ url: new URL('./not-there.ts', import.meta.url) })
    await until('three deaths', () => statuses.filter(({ state }) => state === 'restarting').length >= 3)
    expect(messages()[0]).toMatch(/^The engine stopped unexpectedly \(Cannot find module /)
  })

  it('closes within a bound, even one that hangs, and takes no more calls', async () => {
    const { engine, statuses, die } = await startEngine()
    await engine.apply(config)
    const hanging = expect(die('hang')).rejects.toThrow()
    await engine.close(10)
    await hanging
    expect(statuses).toEqual([{ state: 'stopped', restarts: 0 }])
    await expect(engine.snapshot()).rejects.toMatchObject({
      failure: { code: 'conflict', message: 'Nexthop is closing' },
    })
  })

  it.skipIf(process.platform === 'win32')(
    'closes within a bound, even where the system holds it',
    async () => {
      const { engine, die } = await startEngine()
      const folder = await managed(makeTempDir())
      const pipe = folder.file('pipe')
      await mustRun('mkfifo', [pipe])
      await die(`open ${pipe}`)
      await within('it is closed', engine.close(10))
      // Only a reader that waits lets it be opened like this.
      const writer = await open(pipe, constants.O_WRONLY | constants.O_NONBLOCK)
      await writer.close()
    },
  )

  it('closes while it waits to be started again', async () => {
    const { engine, statuses, die } = await startEngine({ restartDelaysMs: [60_000] })
    await expect(die('exit')).rejects.toThrow()
    await engine.close(0)
    expect(statuses.map(({ state }) => state)).toEqual(['restarting', 'stopped'])
  })
})

function never(): never {
  throw new Error('the config has a hop')
}
