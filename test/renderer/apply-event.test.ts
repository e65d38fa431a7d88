import { describe, expect, it } from 'vitest'
import { applyEvent } from '../../renderer/state/apply-event.ts'
import { noTotals } from '../../shared/runtime.ts'
import { FakeClient } from './fake-client.ts'

const failure = { code: 'timeout' } as const

describe('applyEvent', () => {
  const snapshot = new FakeClient().snapshot()

  it('sets the status of a rule, also of one that is new', () => {
    const next = applyEvent(snapshot, {
      seq: 1,
      name: 'rule.statusChanged',
      data: { ruleId: 'a', status: { state: 'starting' } },
    })
    expect(next.runtime.rules).toEqual([{ ruleId: 'a', status: { state: 'starting' }, totals: noTotals }])
    expect(next.seq).toBe(1)
    expect(snapshot.runtime.rules).toEqual([])
  })

  it('remembers the last failure of a rule and the health of a hop', () => {
    const failed = applyEvent(snapshot, {
      seq: 1,
      name: 'rule.connectionFailed',
      data: { ruleId: 'a', at: 5, failure },
    })
    expect(failed.runtime.rules[0]?.lastFailure).toEqual({ at: 5, failure })
    const healthy = applyEvent(failed, {
      seq: 2,
      name: 'hop.healthChanged',
      data: { hopId: 'h', health: { state: 'up', at: 6 } },
    })
    expect(healthy.runtime.hops).toEqual([{ hopId: 'h', health: { state: 'up', at: 6 } }])
  })

  it('takes the totals of a tick for the rules that it names', () => {
    const known = applyEvent(snapshot, {
      seq: 1,
      name: 'rule.statusChanged',
      data: { ruleId: 'a', status: { state: 'off' } },
    })
    const totals = { ...noTotals, bytesUp: 7 }
    const ticked = applyEvent(known, {
      seq: 1,
      name: 'traffic.ticked',
      data: { at: 1, totals, rules: [{ ruleId: 'a', totals }] },
    })
    expect(ticked.runtime.totals).toEqual(totals)
    expect(ticked.runtime.rules[0]?.totals).toEqual(totals)
  })

  it('takes the use of hops from a tick, and keeps it when their health changes', () => {
    const up = { state: 'up', at: 6 } as const
    const known = applyEvent(snapshot, {
      seq: 1,
      name: 'hop.healthChanged',
      data: { hopId: 'h', health: up },
    })
    const ticked = applyEvent(known, {
      seq: 1,
      name: 'traffic.ticked',
      data: { at: 1, totals: noTotals, rules: [], hops: [{ hopId: 'h', open: 2, latencyMs: 4 }] },
    })
    expect(ticked.runtime.hops).toEqual([{ hopId: 'h', health: up, open: 2, latencyMs: 4 }])
    const down = { state: 'down', at: 7, retryAt: 9, failure } as const
    const failed = applyEvent(ticked, {
      seq: 2,
      name: 'hop.healthChanged',
      data: { hopId: 'h', health: down },
    })
    expect(failed.runtime.hops).toEqual([{ hopId: 'h', health: down, open: 2, latencyMs: 4 }])
  })
})
