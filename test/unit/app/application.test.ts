import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { memoryConfigFile } from '../../../main/app/config-file.ts'
import { candidatePorts } from '../../../main/app/port-suggestion.ts'
import { NexthopError } from '../../../shared/errors.ts'
import { noTotals } from '../../../shared/runtime.ts'
import { startTestApplication, testInfo } from '../../support/application.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { until } from '../../support/until.ts'

const hop = makeHop({ port: 1080, user: 'me', password: 'hunter2' })
const rule = makeRule({ listen: 9102, to: 80 })
const config = makeConfig({ hops: [hop], rules: [rule] })

describe('state.get', () => {
  it('gives everything, and no password', async () => {
    const { client } = await managed(startTestApplication({ config }))
    const reply = await client.request('state.get', {})
    expect(reply).toMatchObject({
      ok: true,
      value: {
        seq: 1,
        info: testInfo,
        config: { version: 1, hops: [{ id: 'hop', user: 'me', hasPassword: true }], rules: [{ id: 'rule' }] },
        runtime: { rules: [{ ruleId: 'rule', status: { state: 'listening' } }] },
        engine: { state: 'running', restarts: 0 },
      },
    })
    expect(JSON.stringify(reply)).not.toContain('hunter2')
  })

  it('answers while the engine is away', async () => {
    const { client, engine } = await managed(startTestApplication({ config }))
    engine.error = new NexthopError({ code: 'internal', message: 'away' })
    expect(await client.request('state.get', {})).toMatchObject({
      ok: true,
      value: {
        runtime: {
          rules: [{ ruleId: 'rule', status: { state: 'starting' } }],
          hops: [{ hopId: 'hop', health: { state: 'unknown' } }],
          totals: noTotals,
        },
      },
    })
  })
})

describe('events', () => {
  it('come with the number of the snapshot or a higher one once it was taken', async () => {
    const { client, engine, events } = await managed(startTestApplication({ config }))
    const before = events.length
    const reply = await client.request('state.get', {})
    engine.tell({ kind: 'rule-status', ruleId: 'rule', status: { state: 'off' } })
    engine.tell({ kind: 'connection-failed', ruleId: 'rule', at: 5, failure: { code: 'timeout' } })
    engine.tell({ kind: 'hop-health', hopId: 'hop', health: { state: 'up', at: 6 } })
    const seq = reply.ok ? reply.value.seq : 0
    expect(events.slice(before)).toEqual([
      { seq: seq + 1, name: 'rule.statusChanged', data: { ruleId: 'rule', status: { state: 'off' } } },
      {
        seq: seq + 2,
        name: 'rule.connectionFailed',
        data: { ruleId: 'rule', at: 5, failure: { code: 'timeout' } },
      },
      { seq: seq + 3, name: 'hop.healthChanged', data: { hopId: 'hop', health: { state: 'up', at: 6 } } },
    ])
  })

  it('let the engine watch only while somebody does', async () => {
    const { client, engine } = await managed(startTestApplication({ config }))
    const got: string[] = []
    const one = client.subscribe(['traffic'], ({ name }) => got.push(name))
    engine.tell({ kind: 'traffic', tick: { at: 1, totals: noTotals, rules: [] } })
    engine.tell({ kind: 'connections', connections: [] })
    const two = client.subscribe(['connections'], () => undefined)
    one()
    two()
    expect(got).toEqual(['traffic.ticked'])
    expect(engine.watched).toEqual([
      { traffic: true, connections: false },
      { traffic: true, connections: true },
      { traffic: false, connections: true },
      { traffic: false, connections: false },
    ])
  })

  it('carry the log, without passwords of the config or of the engine', async () => {
    const { client, engine, events } = await managed(startTestApplication({ config }))
    engine.tell({ kind: 'log', entry: { at: 1, level: 'warn', message: 'it said hunter2', ruleId: 'rule' } })
    const entry = { number: 1, at: 1, level: 'warn', message: 'it said ***', ruleId: 'rule' }
    expect(await client.request('log.list', {})).toEqual({ ok: true, value: [entry] })
    await until('log.appended', () => events.some(({ name }) => name === 'log.appended'))
    expect(events.at(-1)?.data).toEqual({ entries: [entry] })
  })
})

describe('saving', () => {
  it('that fails leaves memory, file and engine as they were', async () => {
    const memory = memoryConfigFile(JSON.stringify(config))
    const file = {
      ...memory,
      path: '/etc/nexthop.json',
      write: () => {
        throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
      },
    }
    const { client, app, engine, events } = await managed(startTestApplication({ file }))
    const before = events.length
    expect(await client.request('rule.remove', { ids: ['rule'] })).toMatchObject({
      ok: false,
      code: 'conflict',
      message:
        'Could not save the config to /etc/nexthop.json: the disk is full: free some space and try again (ENOSPC). ' +
        'Nothing was changed.',
    })
    expect(app.config).toEqual(config)
    expect(engine.applied).toHaveLength(1)
    expect(events).toHaveLength(before)
  })

  it('goes one after the other, so that no change is lost', async () => {
    const { client, app } = await managed(startTestApplication())
    const ids = Array.from({ length: 30 }, (_, index) => `r${index}`)
    const rules = ids.map((id, index) =>
      makeRule({ id, listen: 9000 + index, to: 80, route: { kind: 'direct' } }),
    )
    await Promise.all(rules.map((each) => client.request('rule.save', { rule: each })))
    expect(app.config.rules.map(({ id }) => id)).toEqual(ids)
  })

  it('lets the engine finish one config before it gets the next', async () => {
    const { client, engine } = await managed(startTestApplication({ config }))
    const steps: string[] = []
    engine.apply = async ({ settings }) => {
      steps.push(`begin ${settings.forwarding}`)
      await new Promise((resolve) => setImmediate(resolve))
      steps.push(`end ${settings.forwarding}`)
    }
    await Promise.all([false, true].map((on) => client.request('forwarding.set', { on })))
    expect(steps).toEqual(['begin false', 'end false', 'begin true', 'end true'])
  })

  it('succeeds while the engine is away, which is logged', async () => {
    const { client, app, engine, log } = await managed(startTestApplication({ config }))
    engine.error = new NexthopError({ code: 'internal', message: 'the engine is away' })
    expect(await client.request('rule.remove', { ids: ['rule'] })).toMatchObject({ ok: true })
    expect(app.config.rules).toEqual([])
    expect(log.entries().at(-1)?.message).toBe(
      'The config could not be carried out yet. Something went wrong inside Nexthop: the engine is away. ' +
        'Try again; if it stays, report it with the log.',
    )
  })

  it('takes over first what somebody else wrote into the file', async () => {
    const { client, app, file, events } = await managed(startTestApplication({ config }))
    const spare = makeHop({ id: 'spare', name: 'Spare', port: 1081 })
    file.write(JSON.stringify(makeConfig({ hops: [hop, spare], rules: [rule] })))
    const before = events.length
    await client.request('rule.enable', { ids: ['rule'], enabled: false })
    expect(app.config.hops.map(({ id }) => id)).toEqual(['hop', 'spare'])
    expect(app.config.rules[0]?.enabled).toBe(false)
    expect(events.slice(before).filter(({ name }) => name === 'config.changed')).toHaveLength(2)
  })

  it('is refused while the file has mistakes, which are not overwritten', async () => {
    const { client, app, file } = await managed(startTestApplication({ config }))
    file.write('{"version": 1,')
    expect(await client.request('rule.remove', { ids: ['rule'] })).toMatchObject({
      ok: false,
      code: 'bad-request',
      message:
        'The config memory is not valid: The file is not JSON: line 1, column 15: the file ends too early, where a ' +
        'name in double quotes is expected.',
    })
    expect(app.config).toEqual(config)
    expect(file.read()).toBe('{"version": 1,')
  })
})

describe('reload', () => {
  it('applies what is new in the file', async () => {
    const { app, engine, file } = await managed(startTestApplication({ config }))
    expect(await app.reload()).toBe(false)
    file.write(JSON.stringify(makeConfig({ hops: [hop] })))
    expect(await app.reload()).toBe(true)
    expect(engine.applied.at(-1)?.rules).toEqual([])
  })

  it('leaves passwords that are kept elsewhere to a refresh, where the file says nothing new', async () => {
    const hops = [makeHop({ port: 1080, user: 'me', passwordFrom: { file: '/secret' } })]
    let password = 'old'
    const passwordSources = { env: {}, firstLine: () => password }
    const { app, engine } = await managed(
      startTestApplication({ config: makeConfig({ hops }), passwordSources }),
    )
    password = 'new'
    expect(await app.reload()).toBe(false)
    await app.refresh()
    expect(engine.applied.map((applied) => applied.hops[0]?.password)).toEqual(['old', 'new'])
  })

  it('keeps everything where the file has mistakes', async () => {
    const { app, engine, file, log } = await managed(startTestApplication({ config }))
    file.write(JSON.stringify({ version: 1, hops: [{}] }))
    await expect(app.reload()).rejects.toMatchObject({ failure: { code: 'bad-request' } })
    expect(app.config).toEqual(config)
    expect(engine.applied).toHaveLength(1)
    expect(log.entries().some(({ level }) => level === 'error')).toBe(false)
  })
})

describe('port.suggest', () => {
  it('tries ports nearest first, without those of rules', () => {
    const rules = makeConfig({ rules: [makeRule({ listen: 9103, to: 80, route: { kind: 'direct' } })] }).rules
    expect(candidatePorts(9102, rules).slice(0, 3)).toEqual([9102, 9104, 9105])
    expect(candidatePorts(65534, []).slice(0, 4)).toEqual([65534, 65535, 65533, 65532])
    expect(candidatePorts(9102, [])).toHaveLength(200)
  })

  it('gives a port that can be bound, not one that is held', async () => {
    const { client } = await managed(startTestApplication())
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    await managed({ close: () => new Promise((resolve) => server.close(resolve)) })
    const address = server.address()
    const held = typeof address === 'object' && address ? address.port : 0
    const reply = await client.request('port.suggest', { near: held })
    expect(reply).toMatchObject({ ok: true })
    expect(reply.ok && reply.value.port).not.toBe(held)
  })
})

describe('connections', () => {
  it('are asked of the engine', async () => {
    const { client } = await managed(startTestApplication())
    expect(await client.request('connection.list', {})).toEqual({ ok: true, value: [] })
    expect(await client.request('connection.close', { kind: 'all' })).toEqual({
      ok: true,
      value: { closed: 7 },
    })
    expect(await client.request('connection.get', { id: '1' })).toMatchObject({
      code: 'not-found',
      message: 'There is no such connection: it ended, and only the latest ones are kept.',
    })
  })
})
