import { expect, it } from 'vitest'
import { useOfHop, useOfList } from '../../renderer/state/selectors.ts'
import { makeConfig, makeHop, makeRule } from '../support/config.ts'

const viaHop = { kind: 'hop', hopId: 'hop' } as const
const viaList = { kind: 'list', listId: 'l' } as const
const { rules, lists, conditions } = makeConfig({
  hops: [makeHop({ port: 1080 })],
  lists: [{ id: 'l', name: 'Both', hopIds: ['hop'] }],
  rules: [
    makeRule({ id: 'a', name: 'By route', to: 1, route: viaHop }),
    makeRule({
      id: 'b',
      name: 'By condition',
      to: 2,
      route: { kind: 'direct' },
      conditions: [{ id: 'own', port: ['2'], route: viaList }],
    }),
  ],
  conditions: [
    { id: 'c1', port: ['443'], route: viaHop },
    { id: 'c2', port: ['80'], route: viaList },
  ],
})
const config = { rules, lists, conditions }

it('a hop is used by rules, lists and the conditions of all rules', () => {
  const use = useOfHop(config, 'hop')
  expect(use).toMatchObject({ rules: ['By route'], lists: ['Both'], conditions: [{ id: 'c1' }] })
  expect(useOfHop(config, 'other')).toEqual({ rules: [], lists: [], conditions: [] })
})

it('a list is used by rules and the conditions of all rules', () => {
  expect(useOfList(config, 'l')).toMatchObject({ rules: ['By condition'], conditions: [{ id: 'c2' }] })
})
