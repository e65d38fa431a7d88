import { expect, it } from 'vitest'
import { TrafficDeltas } from '../../../main/engine/traffic-deltas.ts'
import { noTotals, type Totals } from '../../../shared/runtime.ts'

const rule = (ruleId: string, totals: Partial<Totals> = {}) => ({
  ruleId,
  totals: { ...noTotals, ...totals },
})

it('tells of rules whose totals changed, and of all to somebody new', () => {
  const deltas = new TrafficDeltas()
  const names = (rules: ReturnType<typeof rule>[]) =>
    deltas.take(noTotals, rules)?.rules.map(({ ruleId }) => ruleId)
  expect(names([rule('a'), rule('b')])).toEqual(['a', 'b'])
  expect(names([rule('a'), rule('b')])).toBeUndefined()
  for (const field of ['bytesUp', 'bytesDown', 'open', 'opened', 'failed'] as const) {
    expect(names([rule('a'), rule('b', { [field]: 1 })])).toEqual(['b'])
    expect(names([rule('a'), rule('b')])).toEqual(['b'])
  }
  deltas.clear()
  expect(names([rule('a'), rule('b')])).toEqual(['a', 'b'])
})

it('tells of hops whose use changed, without their health', () => {
  const deltas = new TrafficDeltas()
  const hop = (open: number, at = 1) => ({ hopId: 'h', health: { state: 'up', at } as const, open })
  const uses = (hops: Parameters<typeof deltas.take>[2]) => deltas.take(noTotals, [], hops)?.hops
  expect(uses([hop(1)])).toEqual([{ hopId: 'h', open: 1 }])
  expect(uses([hop(1, 2)])).toBeUndefined()
  expect(uses([{ ...hop(1), latencyMs: 3 }])).toEqual([{ hopId: 'h', open: 1, latencyMs: 3 }])
  deltas.clear()
  expect(uses([hop(1)])).toHaveLength(1)
})

it('tells nothing while nothing changes, and of a sum that changed by itself', () => {
  const deltas = new TrafficDeltas()
  expect(deltas.take(noTotals, [])).toEqual({ totals: noTotals, rules: [], hops: [] })
  expect(deltas.take({ ...noTotals }, [])).toBeUndefined()
  expect(deltas.take({ ...noTotals, opened: 1 }, [])).toMatchObject({ totals: { opened: 1 }, rules: [] })
  expect(deltas.take({ ...noTotals, opened: 1 }, [])).toBeUndefined()
})
