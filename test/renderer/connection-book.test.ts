import { describe, expect, it } from 'vitest'
import { emptyBook, mergeConnections, sortConnections } from '../../renderer/state/connection-book.ts'
import type { ConnectionSummary } from '../../shared/runtime.ts'

function connection(id: string, more: Partial<ConnectionSummary> = {}): ConnectionSummary {
  return {
    id,
    ruleId: 'r',
    client: '127.0.0.1:5',
    target: 'x:1',
    stage: 'relay',
    openedAt: 0,
    bytesUp: 0,
    bytesDown: 0,
    ...more,
  }
}

describe('mergeConnections', () => {
  it('replaces what changed and keeps open ones, however many closed', () => {
    const before = mergeConnections(emptyBook, [connection('a'), connection('b', { closedAt: 5 })], 1)
    const after = mergeConnections(
      before,
      [connection('c', { closedAt: 9 }), connection('a', { bytesUp: 3 })],
      1,
    )
    expect([...after.keys()].sort()).toEqual(['a', 'c'])
    expect(after.get('a')?.bytesUp).toBe(3)
    expect(before.has('b')).toBe(true)
  })
})

describe('sortConnections', () => {
  const list = [
    connection('a', { bytesDown: 1, openedAt: 3, ruleId: 'z' }),
    connection('b', { bytesDown: 9, openedAt: 1, ruleId: 'y', closedAt: 8 }),
    connection('c', { bytesDown: 1, openedAt: 2, ruleId: 'x' }),
  ]
  const order = (column: Parameters<typeof sortConnections>[1]['column'], descending = false) =>
    sortConnections(list, { column, descending }, (id) => ({ x: 'Web', y: 'api', z: 'Mail' })[id] ?? '').map(
      ({ id }) => id,
    )

  it('sorts by each column, ties by the youngest', () => {
    expect(order('down', true)).toEqual(['b', 'a', 'c'])
    expect(order('rule')).toEqual(['b', 'a', 'c'])
    expect(order('state')).toEqual(['a', 'c', 'b'])
    expect(order('age', true)).toEqual(['a', 'c', 'b'])
  })
})
