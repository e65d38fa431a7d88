import { describe, expect, it } from 'vitest'
import { problemsOf } from '../../renderer/state/problems.ts'
import type { AppSnapshot, HopHealth, HopView } from '../../shared/runtime.ts'
import { noTotals } from '../../shared/runtime.ts'
import { makeConfig, makeHop, makeRule } from '../support/config.ts'
import { FakeClient } from './fake-client.ts'

const failure = { code: 'hop-unreachable' } as const
const down: HopHealth = { state: 'down', at: 1, retryAt: 2, failure }

function snapshotWith(healths: Readonly<Record<string, HopHealth>>): AppSnapshot {
  const config = makeConfig({
    hops: [
      makeHop({ id: 'a', name: 'A', port: 1 }),
      makeHop({ id: 'b', name: 'B', port: 2 }),
      makeHop({ id: 'c', name: 'C', port: 3 }),
    ],
    lists: [{ id: 'l', name: 'Both', hopIds: ['a', 'b'] }],
    rules: [makeRule({ id: 'r', to: 80, route: { kind: 'list', listId: 'l' } })],
  })
  const snapshot = new FakeClient().snapshot()
  return {
    ...snapshot,
    config: { ...config, hops: config.hops.map((hop): HopView => ({ ...hop, hasPassword: false })) },
    runtime: {
      ...snapshot.runtime,
      rules: [
        {
          ruleId: 'r',
          status: { state: 'failed', failure: { code: 'port-in-use', target: '127.0.0.1:1' } },
          totals: noTotals,
        },
      ],
      hops: Object.entries(healths).map(([hopId, health]) => ({ hopId, health })),
    },
  }
}

const keys = (healths: Readonly<Record<string, HopHealth>>) =>
  problemsOf(snapshotWith(healths)).map(({ key }) => key)

describe('problems', () => {
  it('are rules that can not listen and next hops that are down', () => {
    expect(keys({})).toEqual(['rule-r'])
    expect(keys({ a: down, b: { state: 'up', at: 1 } })).toEqual(['rule-r', 'hop-a'])
  })

  it('name a list when none of its hops is left', () => {
    expect(keys({ a: down, b: down })).toEqual(['rule-r', 'list-l', 'hop-a', 'hop-b'])
  })
})
