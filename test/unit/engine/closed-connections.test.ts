import { describe, expect, it } from 'vitest'
import { ClosedConnections, type ClosedConnection } from '../../../main/engine/closed-connections.ts'

function closed(number: number, isFailed: boolean): ClosedConnection {
  const failure = { code: 'timeout' } as const
  const summary = {
    id: `${isFailed ? 'bad' : 'good'}-${number}`,
    ruleId: 'rule',
    client: '127.0.0.1:1',
    target: 'db:1',
    stage: 'close',
    openedAt: number,
    closedAt: number,
    bytesUp: 0,
    bytesDown: 0,
    closeReason: { by: 'nexthop', how: 'reset', ...(isFailed && { failure }) },
  } as const
  return { summary, trace: { stages: [] } }
}

describe('closed connections', () => {
  it('keep a failed one through a flood of good ones, and never more than the bound', () => {
    const kept = new ClosedConnections()
    kept.configure(8)
    kept.add(closed(0, true))
    for (let number = 1; number <= 1000; number += 1) kept.add(closed(number, false))
    expect(kept.list()).toHaveLength(8)
    expect(kept.find(new Set(['bad-0', 'bad-1']))).toEqual([closed(0, true)])
    expect(kept.list()[0]?.summary.id).toBe('good-1000')
  })

  it('leave room for good ones in a flood of failures', () => {
    const kept = new ClosedConnections()
    kept.configure(8)
    kept.add(closed(0, false))
    kept.add(closed(1, false))
    for (let number = 2; number <= 1000; number += 1) kept.add(closed(number, true))
    expect(kept.list().map(({ summary }) => summary.id)).toEqual([
      ...['bad-1000', 'bad-999', 'bad-998', 'bad-997', 'bad-996', 'bad-995'],
      ...['good-1', 'good-0'],
    ])
  })

  it('forget down to a smaller bound, and all at zero', () => {
    const kept = new ClosedConnections()
    kept.configure(4)
    for (let number = 0; number < 4; number += 1) kept.add(closed(number, number % 2 === 0))
    kept.configure(0)
    expect(kept.list()).toEqual([])
    expect(kept.keepsAny).toBe(false)
    kept.add(closed(9, true))
    expect(kept.find(new Set(['bad-9']))).toEqual([])
  })
})
