import { Server } from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import { parseConfig } from '../../../shared/model/config.ts'
import { problemsOf } from '../../../shared/problems.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { startEngine } from '../../support/engine.ts'
import { managed } from '../../support/managed.ts'

// A thousand rules and a hundred hops. `ROUTING_FIGURES=1` prints what it takes, for docs/routing.md.

const rulesCount = 1000
const hopsCount = 100

function manyRules() {
  const hops = Array.from({ length: hopsCount }, (_, index) =>
    makeHop({ id: `h${index}`, name: `Hop ${index}`, port: 20_000 + index }),
  )
  const hopIds = hops.map(({ id }) => id)
  const lists = [{ id: 'all', name: 'All', mode: 'round-robin' as const, hopIds }]
  const rules = Array.from({ length: rulesCount }, (_, index) =>
    makeRule({
      id: `r${index}`,
      to: 9,
      route:
        index % 2 === 0 ? { kind: 'list', listId: 'all' } : { kind: 'hop', hopId: `h${index % hopsCount}` },
    }),
  )
  return makeConfig({ hops, lists, rules })
}

describe('a thousand rules and a hundred hops', () => {
  it('load and apply, and a change of one of them touches its listener alone', async () => {
    const config = manyRules()
    const document: unknown = JSON.parse(JSON.stringify(config))
    const parseMs = await timed(() => expect(parseConfig(document).ok).toBe(true))
    const engine = await managed(startEngine())
    const applyMs = await timed(() => engine.apply(config))
    const before = await engine.engine.snapshot()
    expect(before.rules.every(({ status }) => status.state === 'listening')).toBe(true)
    const problemsMs = await timed(() =>
      problemsOf({ config, runtime: before, engine: { state: 'running', restarts: 0 } }),
    )

    const listen = vi.spyOn(Server.prototype, 'listen')
    const close = vi.spyOn(Server.prototype, 'close')
    const told = engine.events.length
    const [first, ...others] = config.rules
    if (!first) throw new Error('no rule')
    const moved = { ...first, listen: { kind: 'tcp', host: '127.0.0.2', port: 0 } } as const
    // As it arrives from another thread: nothing is the same object.
    const moveMs = await timed(() => engine.apply(structuredClone({ ...config, rules: [moved, ...others] })))
    expect([listen.mock.calls.length, close.mock.calls.length]).toEqual([1, 1])
    const renamed = { ...moved, name: 'Renamed' }
    const renameMs = await timed(() =>
      engine.apply(structuredClone({ ...config, rules: [renamed, ...others] })),
    )
    expect([listen.mock.calls.length, close.mock.calls.length]).toEqual([1, 1])
    const touched = engine.events
      .slice(told)
      .flatMap((event) => (event.kind === 'rule-status' ? event.ruleId : []))
    expect(new Set(touched)).toEqual(new Set(['r0']))
    const after = await engine.engine.snapshot()
    expect(after.rules.slice(1)).toEqual(before.rules.slice(1))

    const figures = { parseMs, applyMs, moveMs, renameMs, problemsMs }
    if (process.env['ROUTING_FIGURES']) {
      console.log(
        Object.entries(figures)
          .map(([name, ms]) => `${name} ${ms.toFixed(0)}`)
          .join(', '),
      )
    }
  })
})

async function timed(act: () => unknown): Promise<number> {
  const startedAt = performance.now()
  await act()
  return performance.now() - startedAt
}
