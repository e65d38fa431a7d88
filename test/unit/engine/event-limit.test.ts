import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EngineEvent } from '../../../main/engine/api.ts'
import { limitEvents } from '../../../main/engine/event-limit.ts'

const failed = (ruleId: string, at: number): EngineEvent => ({
  kind: 'connection-failed',
  ruleId,
  at,
  failure: { code: 'timeout' },
})
const health = (hopId: string, at: number): EngineEvent => ({
  kind: 'hop-health',
  hopId,
  health: { state: 'up', at },
})

describe('events of a busy engine', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('come first at once, then the latest of each kind and place per span', () => {
    const told: EngineEvent[] = []
    const tell = limitEvents((event) => told.push(event))
    for (let at = 1; at <= 1000; at += 1) {
      tell(failed('a', at))
      tell(health('h', at))
    }
    tell(failed('b', 1))
    expect(told).toEqual([failed('a', 1), health('h', 1), failed('b', 1)])
    vi.advanceTimersByTime(100)
    expect(told.splice(0, 3)).toHaveLength(3)
    expect(told).toEqual([failed('a', 1000), health('h', 1000)])
    tell(failed('a', 1001))
    expect(told).toHaveLength(2)
    vi.advanceTimersByTime(100)
    expect(told.at(-1)).toEqual(failed('a', 1001))
    vi.advanceTimersByTime(1000)
    tell(failed('a', 2000))
    expect(told.at(-1)).toEqual(failed('a', 2000))
    expect(told).toHaveLength(4)
  })

  it('are all told where each of them counts', () => {
    const told: EngineEvent[] = []
    const tell = limitEvents((event) => told.push(event))
    const off: EngineEvent = { kind: 'rule-status', ruleId: 'a', status: { state: 'off' } }
    for (let count = 0; count < 10; count += 1) tell(off)
    expect(told).toHaveLength(10)
  })
})
