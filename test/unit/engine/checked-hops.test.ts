import { describe, expect, it } from 'vitest'
import { checkedHops } from '../../../main/engine/health/checked-hops.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'

const healthCheck = { kind: 'tcp' } as const
const hops = ['a', 'b', 'c', 'd', 'plain', 'resting', 'unused'].map((id, index) =>
  makeHop({
    id,
    name: `Hop ${id}`,
    port: 1080 + index,
    ...(id !== 'plain' && { healthCheck }),
    maintenance: id === 'resting',
  }),
)
const config = makeConfig({
  hops,
  lists: [{ id: 'l', name: 'List', hopIds: ['b', 'plain', 'resting'] }],
  rules: [
    makeRule({ id: 'hop', to: 80, route: { kind: 'hop', hopId: 'a' } }),
    makeRule({ id: 'list', to: 80, route: { kind: 'list', listId: 'l' } }),
    makeRule({ id: 'chain', to: 80, route: { kind: 'chain', hopIds: ['c', 'd'] } }),
    makeRule({ id: 'off', to: 80, enabled: false, route: { kind: 'hop', hopId: 'unused' } }),
  ],
})
const ids = (of: Parameters<typeof checkedHops>[0]) => checkedHops(of).map(({ id }) => id)

describe('the hops that are checked', () => {
  it('are those that want it and that enabled rules connect to, of a chain the first', () => {
    expect(ids(config)).toEqual(['a', 'b', 'c'])
  })

  it('are not those that can not log in', () => {
    const [first, ...others] = config.hops
    if (!first) throw new Error('no hop')
    expect(ids({ ...config, hops: [{ ...first, missingPassword: 'PW is not set' }, ...others] })).toEqual([
      'b',
      'c',
    ])
  })

  it('are none while forwarding is off, and none in further threads', () => {
    expect(ids({ ...config, settings: { ...config.settings, forwarding: false } })).toEqual([])
    const sharing = { silentRules: [], openCounts: {}, hopCounts: {} }
    expect(ids({ ...config, sharing: { ...sharing, thread: 1 } })).toEqual([])
    expect(ids({ ...config, sharing: { ...sharing, thread: 0 } })).toEqual(['a', 'b', 'c'])
  })
})
