import { describe, expect, it } from 'vitest'
import { passes, setupTime, withoutHop } from '../../renderer/state/connection-filter.ts'
import type { ConnectionSummary } from '../../shared/runtime.ts'

function connection(more: Partial<ConnectionSummary>): ConnectionSummary {
  const plain = { id: 'c', ruleId: 'r', client: '127.0.0.1:5', target: 'x:1', bytesUp: 0, bytesDown: 0 }
  return { ...plain, stage: 'relay', openedAt: 1000, ...more }
}

const failure = { code: 'timeout' } as const
const samples = {
  quick: connection({ setupMs: 5, hopId: 'a' }),
  slow: connection({ setupMs: 900, closedAt: 5000 }),
  waiting: connection({ stage: 'greet', hopId: 'a' }),
  failed: connection({
    stage: 'close',
    hopId: 'b',
    closedAt: 1700,
    closeReason: { by: 'nexthop', how: 'reset', failure },
  }),
}
const any = { kind: 'all', hopId: '', slowMs: 500 } as const

function shown(filter: Parameters<typeof passes>[1]): string[] {
  return Object.entries(samples).flatMap(([name, each]) => (passes(each, filter, 1600) ? [name] : []))
}

describe('the filter of connections', () => {
  it('goes by kind', () => {
    expect(shown(any)).toEqual(['quick', 'slow', 'waiting', 'failed'])
    expect(shown({ ...any, kind: 'open' })).toEqual(['quick', 'waiting'])
    expect(shown({ ...any, kind: 'failed' })).toEqual(['failed'])
  })

  it('counts as slow what took long to be set up, still takes, or took long to fail', () => {
    expect(shown({ ...any, kind: 'slow' })).toEqual(['slow', 'waiting', 'failed'])
    expect(shown({ ...any, kind: 'slow', slowMs: 650 })).toEqual(['slow', 'failed'])
    expect(setupTime(samples.waiting, 900)).toBe(0)
  })

  it('goes by next hop, and by having none', () => {
    expect(shown({ ...any, hopId: 'a' })).toEqual(['quick', 'waiting'])
    expect(shown({ ...any, hopId: withoutHop })).toEqual(['slow'])
  })
})
