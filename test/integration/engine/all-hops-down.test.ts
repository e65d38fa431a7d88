import { describe, expect, it } from 'vitest'
import { makeConfig, makeHop, makeRule, type RuleFields } from '../../support/config.ts'
import { startEngine } from '../../support/engine.ts'
import { managed } from '../../support/managed.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startEcho } from '../../support/targets.ts'
import { until } from '../../support/until.ts'

// What rules do while none of their hops can be used.

describe('a rule of which all hops are down', () => {
  const ruleFor = (to: number, fields: Partial<RuleFields>) =>
    makeRule({ to, onFailure: 'explain', ...fields })

  it('does not listen with "unbind", and listens again when one is back', async () => {
    const hop = await managed(startSocksServer())
    const echo = await managed(startEcho())
    const config = makeConfig({
      hops: [makeHop({ port: hop.port, healthCheck: { kind: 'tcp', intervalMs: 500, rise: 1, fall: 1 } })],
      rules: [ruleFor(echo.port, { onAllDown: 'unbind' })],
    })
    const engine = await managed(startEngine(config))
    const open = await engine.connect()
    await open.write('stays')
    expect(await open.takeText(5)).toBe('stays')
    await engine.engine.failHop('hop', 3_600_000)
    await until('it is unbound', async () => (await engine.status())?.state === 'unbound')
    expect(await engine.status()).toEqual({
      state: 'unbound',
      route: 'Test hop',
      isHop: true,
      why: 'down',
    })
    // An unrelated change leaves it at that; open connections go on.
    await engine.apply({ ...config, settings: { ...config.settings, closedConnectionsKept: 5 } })
    expect((await engine.status())?.state).toBe('unbound')
    open.end('on')
    expect((await open.takeRest()).toString()).toBe('on')
    await engine.engine.failHop('hop', 0)
    await until('it listens again', async () => (await engine.status())?.state === 'listening')
    const client = await engine.connect()
    client.end('back')
    expect((await client.takeRest()).toString()).toBe('back')
    expect(engine.logs.map(({ message }) => message)).toContain(
      'Test rule: not listening: the next hop "Test hop" is down.',
    )
  })

  it('tells hops in maintenance from those that are down', async () => {
    const [a, b] = [makeHop({ id: 'a', name: 'A', port: 1 }), makeHop({ id: 'b', name: 'B', port: 1 })]
    const configWith = (hops: readonly [ReturnType<typeof makeHop>, ReturnType<typeof makeHop>]) =>
      makeConfig({
        hops,
        lists: [{ id: 'l', name: 'Both', hopIds: ['a', 'b'] }],
        rules: [ruleFor(9, { onAllDown: 'unbind', route: { kind: 'list', listId: 'l' } })],
      })
    const engine = await managed(startEngine(configWith([{ ...a, maintenance: true }, b])))
    expect((await engine.status())?.state).toBe('listening')
    await engine.engine.failHop('b', 3_600_000)
    const whyIs = async (why: string) => {
      await until(`it is out: ${why}`, async () => {
        const status = await engine.status()
        return status?.state === 'unbound' && status.why === why
      })
    }
    await whyIs('mixed')
    await engine.apply(
      configWith([
        { ...a, maintenance: true },
        { ...b, maintenance: true },
      ]),
    )
    await whyIs('maintenance')
    expect(engine.logs.map(({ message }) => message)).toContain(
      'Test rule: not listening: all next hops of "Both" are in maintenance.',
    )
  })

  it('listens again when the wait after a failure is over, and at once without the option', async () => {
    const hop = await managed(startSocksServer())
    await hop.kill()
    const configWith = (fields: Partial<RuleFields>, failureWaitMs: number) =>
      makeConfig({
        hops: [makeHop({ port: hop.port, failureWaitMs, maxFailureWaitMs: failureWaitMs })],
        rules: [ruleFor(9, fields)],
      })
    const engine = await managed(startEngine(configWith({ onAllDown: 'unbind' }, 300)))
    await engine.connect()
    await until('it is unbound', async () => (await engine.status())?.state === 'unbound')
    await until('it listens again', async () => (await engine.status())?.state === 'listening')
    await engine.apply(configWith({ onAllDown: 'unbind' }, 3_600_000))
    await engine.connect()
    await until('it is unbound again', async () => (await engine.status())?.state === 'unbound')
    await engine.apply(configWith({ onAllDown: 'answer' }, 3_600_000))
    expect((await engine.status())?.state).toBe('listening')
  })

  it.each([
    ['close', 'end'],
    ['reset', 'ECONNRESET'],
  ] as const)(
    'with "%s" lets clients see that, and else what "on failure" says',
    async (onAllDown, ending) => {
      const hop = await managed(startSocksServer({ reply: 1 }))
      const other = onAllDown === 'close' ? 'reset' : 'close'
      const config = makeConfig({
        hops: [makeHop({ port: hop.port })],
        rules: [ruleFor(9, { onAllDown, onFailure: other })],
      })
      const engine = await managed(startEngine(config))
      // Refused by a hop that works.
      expect(await (await engine.connect()).ending).toBe(other === 'close' ? 'end' : 'ECONNRESET')
      await engine.engine.failHop('hop', 60_000)
      expect(await (await engine.connect()).ending).toBe(ending)
    },
  )

  it('is warned of in the log where it goes directly then', async () => {
    const config = makeConfig({
      hops: [makeHop({ port: 1 })],
      rules: [ruleFor(9, { lastResortDirect: true, onAllDown: 'unbind' })],
    })
    const engine = await managed(startEngine(config))
    const warning = 'Test rule: where no next hop can be used, it connects directly, past all of them.'
    await engine.apply({ ...config, settings: { ...config.settings, closedConnectionsKept: 5 } })
    expect(engine.logs.filter(({ message }) => message === warning)).toHaveLength(1)
    await engine.engine.failHop('hop', 60_000)
    // There is a way, so it goes on listening.
    expect((await engine.status())?.state).toBe('listening')
  })
})
