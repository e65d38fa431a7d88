import { expect, it } from 'vitest'
import { TrafficDeltas } from '../../../main/engine/traffic-deltas.ts'
import { noTotals, type Totals } from '../../../shared/runtime.ts'

const rule = (ruleId: string, totals: Partial<Totals> = {}) => ({
  ruleId,
  totals: { ...noTotals, ...totals },
})

it('tells of rules whose totals changed, and of all to somebody new', () => {
  const deltas = new TrafficDeltas()
  const names = (rules: ReturnType<typeof rule>[]) => deltas.take(rules).rules.map(({ ruleId }) => ruleId)
  expect(names([rule('a'), rule('b')])).toEqual(['a', 'b'])
  expect(names([rule('a'), rule('b')])).toEqual([])
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
  expect(deltas.take([], [hop(1)]).hops).toEqual([{ hopId: 'h', open: 1 }])
  expect(deltas.take([], [hop(1, 2)]).hops).toEqual([])
  expect(deltas.take([], [{ ...hop(1), latencyMs: 3 }]).hops).toEqual([{ hopId: 'h', open: 1, latencyMs: 3 }])
  deltas.clear()
  expect(deltas.take([], [hop(1)]).hops).toHaveLength(1)
})
