import { describe, expect, it } from 'vitest'
import { mergeConnections, mergeSnapshots, TickMerger } from '../../../../main/app/threads/merge.ts'
import {
  noTotals,
  type ConnectionSummary,
  type RuntimeSnapshot,
  type Totals,
} from '../../../../shared/runtime.ts'

const totals = (opened: number): Totals => ({ ...noTotals, opened, bytesUp: opened * 10 })
const off = { state: 'off' } as const
const failedAt = (at: number) => ({ at, failure: { code: 'timeout' } as const })

function snapshot(opened: number, lastFailureAt?: number): RuntimeSnapshot {
  const lastFailure = lastFailureAt === undefined ? {} : { lastFailure: failedAt(lastFailureAt) }
  return {
    startedAt: opened,
    rules: [{ ruleId: 'rule', status: off, totals: totals(opened), ...lastFailure }],
    hops: [{ hopId: 'hop', health: { state: 'up', at: opened }, open: opened }],
    conditions: [
      { conditionId: 'c', hits: opened },
      { ruleId: 'rule', conditionId: 'c', hits: opened * 2 },
    ],
    totals: totals(opened + 1),
  }
}

function connection(id: string, openedAt: number, closedAt?: number): ConnectionSummary {
  const closing = closedAt === undefined ? {} : { closedAt }
  return {
    id,
    ruleId: 'rule',
    client: '127.0.0.1:1',
    target: 'target:1',
    stage: 'relay',
    openedAt,
    bytesUp: 0,
    bytesDown: 0,
    ...closing,
  }
}

describe('what several threads tell', () => {
  it('is the first one’s word on rules and hops, and the sum of what was counted', () => {
    expect(mergeSnapshots(snapshot(1, 100), [snapshot(2, 300), snapshot(3, 200)])).toEqual({
      startedAt: 1,
      rules: [{ ruleId: 'rule', status: off, totals: totals(6), lastFailure: failedAt(300) }],
      hops: [{ hopId: 'hop', health: { state: 'up', at: 1 }, open: 6 }],
      conditions: [
        { conditionId: 'c', hits: 6 },
        { ruleId: 'rule', conditionId: 'c', hits: 12 },
      ],
      totals: totals(9),
    })
  })

  it('comes in one tick, with the rules that changed anywhere', () => {
    const tick = (opened: number, ruleIds: string[]) => ({
      at: opened,
      totals: totals(opened),
      rules: ruleIds.map((ruleId) => ({ ruleId, totals: totals(opened) })),
    })
    const ticks = new TickMerger()
    ticks.add(1, tick(4, ['a']))
    ticks.add(0, tick(5, ['a', 'b']))
    expect(ticks.take(100)).toEqual({
      at: 100,
      totals: totals(9),
      rules: [
        { ruleId: 'a', totals: totals(9) },
        { ruleId: 'b', totals: totals(5) },
      ],
      hops: [],
    })
    ticks.add(0, tick(6, []))
    expect(ticks.take(101)).toEqual({ at: 101, totals: totals(10), rules: [], hops: [] })
    ticks.add(1, tick(7, ['b']))
    expect(ticks.take(102).rules).toEqual([{ ruleId: 'b', totals: totals(12) }])
    ticks.forget(1)
    expect(ticks.take(103)).toEqual({
      at: 103,
      totals: totals(6),
      rules: [
        { ruleId: 'a', totals: totals(5) },
        { ruleId: 'b', totals: totals(5) },
      ],
      hops: [],
    })
  })

  it('counts the connections of a hop in all threads', () => {
    const tick = (open: number) => ({
      at: 1,
      totals: totals(1),
      rules: [],
      hops: [{ hopId: 'hop', open, latencyMs: 5 }],
    })
    const ticks = new TickMerger()
    ticks.add(0, tick(2))
    ticks.add(1, tick(3))
    expect(ticks.take(1).hops).toEqual([{ hopId: 'hop', open: 5, latencyMs: 5 }])
    expect(ticks.take(2).hops).toEqual([])
    ticks.forget(1)
    expect(ticks.take(3).hops).toEqual([{ hopId: 'hop', open: 2, latencyMs: 5 }])
  })

  it('forgets all for somebody who begins to look', () => {
    const ticks = new TickMerger()
    ticks.add(0, { at: 1, totals: totals(1), rules: [{ ruleId: 'rule', totals: totals(1) }] })
    ticks.add(1, { at: 1, totals: totals(2), rules: [] })
    expect(ticks.size).toBe(2)
    ticks.clear()
    expect(ticks.hasFirst).toBe(false)
    ticks.add(0, { at: 2, totals: totals(5), rules: [] })
    expect(ticks.take(2)).toEqual({ at: 2, totals: totals(5), rules: [], hops: [] })
  })

  it('lists open connections first, then those that closed last, newest first', () => {
    const merged = mergeConnections(
      [
        [connection('2', 20), connection('3', 10, 90), connection('1', 5, 60)],
        [connection('1-2', 30), connection('1-1', 15, 70)],
      ],
      2,
    )
    expect(merged.map(({ id }) => id)).toEqual(['1-2', '2', '3', '1-1'])
  })
})
