import { describe, expect, it } from 'vitest'
import { useProfile } from '../../../main/app/profiles.ts'
import { parseConfig, type Config } from '../../../shared/model/config.ts'
import { startTestApplication } from '../../support/application.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'

const plain = makeConfig({
  hops: [makeHop({ id: 'a', name: 'A', port: 1 }), makeHop({ id: 'b', name: 'B', port: 2 })],
  lists: [{ id: 'list', name: 'List', hopIds: ['a'] }],
  rules: [
    makeRule({ id: 'home', to: 80, route: { kind: 'direct' } }),
    makeRule({ id: 'office', to: 80, route: { kind: 'list', listId: 'list' }, enabled: false }),
    makeRule({ id: 'always', to: 80, route: { kind: 'direct' } }),
  ],
})
const result = parseConfig({
  ...plain,
  profiles: [
    { id: 'at-home', name: 'At home', ruleIds: ['home', 'gone'] },
    {
      id: 'at-office',
      name: 'At the office',
      ruleIds: ['office'],
      lists: [{ id: 'list', name: 'Old name', hopIds: ['b', 'gone', 'a'], mode: 'round-robin' }],
    },
  ],
})
if (!result.ok) throw new Error(JSON.stringify(result.issues))
const config: Config = result.config
const on = ({ rules }: Config) => rules.filter(({ enabled }) => enabled).map(({ id }) => id)

describe('useProfile', () => {
  it('switches its rules on and those of other profiles off, and leaves all others', () => {
    const office = useProfile(config, 'at-office')
    expect(on(office)).toEqual(['office', 'always'])
    expect(office.activeProfileId).toBe('at-office')
    expect(on(useProfile(office, 'at-home'))).toEqual(['home', 'always'])
  })

  it('sets its lists up, without hops that are gone and with the name of today', () => {
    expect(useProfile(config, 'at-office').lists).toMatchObject([
      { id: 'list', name: 'List', hopIds: ['b', 'a'], mode: 'round-robin' },
    ])
  })

  it('keeps rules that do not change the same, so that their connections go on', () => {
    const office = useProfile(config, 'at-office')
    expect(office.rules[2]).toBe(config.rules[2])
    expect(useProfile(office, 'at-office').rules).toEqual(office.rules)
  })
})

describe('profiles', () => {
  it('are saved, used, removed and brought back', async () => {
    const test = await startTestApplication({ config: plain })
    try {
      const profile = { id: 'p', name: 'Office', ruleIds: ['office'] }
      expect(await test.client.request('profile.save', { profile })).toEqual({ ok: true, value: { id: 'p' } })
      await test.client.request('profile.use', { id: 'p' })
      expect(on(test.app.config)).toEqual(['home', 'office', 'always'])
      expect(test.app.config.activeProfileId).toBe('p')
      const removed = await test.client.request('profile.remove', { id: 'p' })
      if (!removed.ok) throw new Error(removed.message)
      expect(test.app.config).toMatchObject({ profiles: [] })
      expect(test.app.config).not.toHaveProperty('activeProfileId')
      await test.client.request('trash.restore', removed.value)
      expect(test.app.config).toMatchObject({ profiles: [profile], activeProfileId: 'p' })
      expect(await test.client.request('profile.use', { id: 'gone' })).toMatchObject({
        ok: false,
        code: 'not-found',
      })
    } finally {
      await test.close()
    }
  })
})
