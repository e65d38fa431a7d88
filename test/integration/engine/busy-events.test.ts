import { describe, expect, it } from 'vitest'
import { makeConfig, makeRule } from '../../support/config.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { startEcho } from '../../support/targets.ts'
import { until } from '../../support/until.ts'

async function startRule(closedConnectionsKept: number) {
  const echo = await managed(startEcho())
  const rule = makeRule({ to: echo.port, route: { kind: 'direct' } })
  return managed(startEngine(makeConfig({ rules: [rule], settings: { closedConnectionsKept } })))
}

/** Connections that open, carry a byte and close. */
async function passBy(engine: TestEngine, count: number): Promise<void> {
  const port = await engine.port()
  for (let done = 0; done < count; done += 1) {
    const client = await connectTo(port)
    client.end('x')
    await client.takeRest()
  }
  await until('all are closed', async () => (await engine.engine.snapshot()).totals.open === 0)
}

function told(engine: TestEngine) {
  return engine.events.flatMap((event) => (event.kind === 'connections' ? [...event.connections] : []))
}

describe('what is told of many connections', () => {
  it('of those that came and went unseen is no more than what is kept', async () => {
    const engine = await startRule(5)
    await passBy(engine, 1)
    engine.engine.watch({ traffic: false, connections: true })
    await passBy(engine, 60)
    await until('a report', () => told(engine).length > 0)
    // They may have been spread over two reports.
    expect(told(engine).length).toBeLessThan(60)
    const last = (await engine.engine.connections()).map(({ id }) => id)
    expect(told(engine).map(({ id }) => id)).toEqual(expect.arrayContaining(last))
  })

  it('is always the end of one that was told of as open', async () => {
    const engine = await startRule(2)
    engine.engine.watch({ traffic: false, connections: true })
    const seen = await managed(connectTo(await engine.port()))
    await seen.write('x')
    await until('it is told of', () => told(engine).length > 0)
    const id = told(engine)[0]?.id
    seen.end()
    await seen.takeRest()
    await passBy(engine, 20)
    await until('its end is told of', () =>
      told(engine).some((connection) => connection.id === id && connection.closedAt !== undefined),
    )
  })

  it('is nothing of a second in which nothing passed', async () => {
    const engine = await startRule(0)
    engine.engine.watch({ traffic: true, connections: false })
    const ticks = () => engine.events.flatMap((event) => (event.kind === 'traffic' ? [event.tick] : []))
    await until('the first tick, of everything', () => ticks().length > 0)
    const from = Date.now()
    await until('more than two beats have passed', () => Date.now() - from > 2500)
    expect(ticks()).toHaveLength(1)
    await passBy(engine, 1)
    await until('a tick', () => ticks().length > 1)
    await until('all that it was', () => ticks().at(-1)?.totals.open === 0)
    expect(ticks().at(-1)).toMatchObject({ rules: [{ ruleId: 'rule', totals: { opened: 1, open: 0 } }] })
    // Somebody who begins to look is told of every rule once.
    const before = ticks().length
    engine.engine.watch({ traffic: true, connections: false })
    await until('a whole tick', () =>
      ticks()
        .slice(before)
        .some(({ rules }) => rules.length === 1),
    )
  })
})
