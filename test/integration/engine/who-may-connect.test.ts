import { spawnSync } from 'node:child_process'
import { createConnection } from 'node:net'
import { describe, expect, it } from 'vitest'
import { explainInFull } from '../../../shared/texts/explain.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { makeRig } from '../../support/rig.ts'
import { startEcho } from '../../support/targets.ts'
import { startTcpServer } from '../../support/tcp-server.ts'
import { until } from '../../support/until.ts'

/** All in one go, while nothing is accepted here. */
function connectAndReset(port: number, count: number): void {
  const program = `
    const one = (left) => {
      const socket = require('node:net').connect(${port}, '127.0.0.1', () => socket.resetAndDestroy())
      socket.once('close', () => left > 1 && one(left - 1))
    }
    one(${count})`
  expect(spawnSync(process.execPath, ['-e', program]).status).toBe(0)
}

describe('who may connect', () => {
  it('is decided by the client’s address', async () => {
    const target = await managed(startTcpServer())
    const { engine, hop } = await makeRig({ to: target.port, rule: { allowedClients: ['127.0.0.2/32'] } })
    const port = await engine.port()
    const stranger = await connectTo({ host: '127.0.0.1', port })
    expect(await stranger.ending).toBe('ECONNRESET')
    const failure = await engine.failure()
    expect(failure).toMatchObject({ code: 'blocked', stage: 'accept' })
    expect(explainInFull(failure)).toMatch(
      /^The client 127\.0\.0\.1:\d+ is not among the allowed clients of the rule "Test rule"\. /,
    )
    expect(hop.accepted).toBe(0)
    const friend = await connectTo({ host: '127.0.0.1', port, localAddress: '127.0.0.2' })
    await friend.write('x')
    expect(await (await target.nextPeer()).takeText(1)).toBe('x')
  })

  it.each([
    ['is not let in, and not told of', ['127.0.0.2/32']],
    ['is not dialled for where anybody may connect', []],
  ])('a client that had reset before it could be looked at %s', async (_, allowedClients) => {
    const target = await managed(startTcpServer())
    const rule = { allowedClients, route: { kind: 'direct' } as const }
    const { engine } = await makeRig({ to: target.port, rule })
    const port = await engine.port()
    connectAndReset(port, 20)
    const last = await connectTo({ host: '127.0.0.1', port, localAddress: '127.0.0.2' })
    await last.write('x')
    expect(await (await target.nextPeer()).takeText(1)).toBe('x')
    expect(target.peers).toHaveLength(1)
    expect(engine.failures).toEqual([])
    expect((await engine.engine.snapshot()).totals.opened).toBe(1)
  })

  it('ends at the connection limit, and goes on below it', async () => {
    const echo = await managed(startEcho())
    const { engine } = await makeRig({ to: echo.port, rule: { maxConnections: 2 } })
    const clients = [await engine.connect(), await engine.connect()]
    for (const client of clients) {
      await client.write('x')
      await client.take(1)
    }
    const third = await engine.connect()
    expect(await third.ending).toBe('ECONNRESET')
    const failure = await engine.failure()
    expect(failure).toMatchObject({ code: 'blocked', stage: 'accept' })
    expect(explainInFull(failure)).toBe(
      'The rule "Test rule" has its limit of 2 connections. Raise its connection limit if it may have more.',
    )
    clients[0]?.end()
    await clients[0]?.takeRest()
    await until('one is gone', async () => (await engine.engine.snapshot()).totals.open === 1)
    const fourth = await engine.connect()
    fourth.end('in')
    expect((await fourth.takeRest()).toString()).toBe('in')
  })

  it('does not count connections that were turned away', async () => {
    const echo = await managed(startEcho())
    const { engine } = await makeRig({
      to: echo.port,
      rule: { allowedClients: ['127.0.0.2/32'], maxConnections: 1 },
    })
    const port = await engine.port()
    for (let count = 0; count < 5; count += 1) {
      expect(await (await connectTo(port)).ending).toBe('ECONNRESET')
    }
    const friend = await connectTo({ host: '127.0.0.1', port, localAddress: '127.0.0.2' })
    friend.end('in')
    expect((await friend.takeRest()).toString()).toBe('in')
  })

  it('a client that is gone before anything happens harms nobody', async () => {
    const echo = await managed(startEcho())
    const { engine } = await makeRig({ to: echo.port })
    const port = await engine.port()
    for (let count = 0; count < 20; count += 1) {
      const socket = createConnection({ host: '127.0.0.1', port })
      socket.on('error', () => undefined)
      socket.once('connect', () => socket.resetAndDestroy())
      await new Promise((resolve) => socket.once('close', resolve))
    }
    const client = await connectTo(port)
    client.end('fine')
    expect((await client.takeRest()).toString()).toBe('fine')
    await until('all are gone', async () => (await engine.engine.snapshot()).totals.open === 0)
  })
})
