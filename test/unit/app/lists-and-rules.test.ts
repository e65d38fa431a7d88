import { describe, expect, it } from 'vitest'
import { createTrash } from '../../../main/app/trash.ts'
import { issuesOf, startTestApplication } from '../../support/application.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'

const hop = makeHop({ port: 1080 })
const list = { id: 'list', name: 'List', hopIds: ['hop'] }
const rules = ['a', 'b', 'c'].map((id, index) =>
  makeRule({
    id,
    name: id.toUpperCase(),
    listen: 9100 + index,
    to: 80,
    route: { kind: 'list', listId: 'list' },
  }),
)
const config = makeConfig({ hops: [hop], lists: [list], rules })
const start = () => managed(startTestApplication({ config }))

describe('lists', () => {
  it('saves and removes one, and brings it back in its place', async () => {
    const { client, app } = await start()
    const first = { id: 'first', name: 'First', hopIds: ['hop'] }
    expect(await client.request('list.save', { list: first })).toEqual({ ok: true, value: { id: 'first' } })
    const reply = await client.request('list.remove', { id: 'first' })
    expect(app.config).toEqual(config)
    await client.request('trash.restore', { trashId: reply.ok ? reply.value.trashId : '' })
    expect(app.config.lists.map(({ id }) => id)).toEqual(['list', 'first'])
  })

  it('refuses a list that names a hop which is not there', async () => {
    const { client } = await start()
    const reply = await client.request('list.save', { list: { ...list, hopIds: ['hop', 'gone'] } })
    const message = 'There is no next hop with the id "gone": add it, or take it off the list'
    expect(reply).toMatchObject({ code: 'bad-request', issues: [{ path: ['list', 'hopIds', 1], message }] })
  })

  it('refuses to remove one that is in use, and says by what', async () => {
    const { client } = await start()
    expect(await client.request('list.remove', { id: 'list' })).toMatchObject({
      code: 'conflict',
      message:
        'The next-hop list "List" is in use by the port rules "A", "B" and "C": give them another route first.',
    })
    expect(await client.request('list.remove', { id: 'gone' })).toMatchObject({ code: 'not-found' })
  })
})

describe('rules', () => {
  const ids = (app: { config: { rules: readonly { id: string }[] } }) =>
    app.config.rules.map(({ id }) => id).join('')

  it('removes several and brings them back in their places', async () => {
    const { client, app } = await start()
    const reply = await client.request('rule.remove', { ids: ['c', 'a'] })
    expect(ids(app)).toBe('b')
    await client.request('trash.restore', { trashId: reply.ok ? reply.value.trashId : '' })
    expect(app.config).toEqual(config)
  })

  it('does nothing where one of several is not there', async () => {
    const { client, app } = await start()
    for (const reply of [
      await client.request('rule.remove', { ids: ['a', 'x'] }),
      await client.request('rule.enable', { ids: ['a', 'x'], enabled: false }),
      await client.request('rule.reorder', { ids: ['a', 'b', 'x'] }),
    ]) {
      expect(reply).toMatchObject({
        code: 'not-found',
        message: 'There is no such port rule: it may have been removed already.',
      })
    }
    expect(app.config).toEqual(config)
  })

  it('reorders, if all are named exactly once', async () => {
    const { client, app } = await start()
    expect(await client.request('rule.reorder', { ids: ['c', 'a', 'b'] })).toEqual({ ok: true, value: {} })
    expect(ids(app)).toBe('cab')
    for (const wrong of [
      ['a', 'b'],
      ['a', 'b', 'c', 'a'],
      ['a', 'a', 'b'],
    ]) {
      expect(await client.request('rule.reorder', { ids: wrong })).toMatchObject({
        code: 'bad-request',
        message: 'The new order must name every port rule exactly once: fetch the rules again.',
      })
    }
    expect(ids(app)).toBe('cab')
  })

  it('switches rules, and refuses two with the same port at the place of the one that was named', async () => {
    const { client, app } = await start()
    await client.request('rule.enable', { ids: ['a', 'b'], enabled: false })
    expect(app.config.rules.map(({ enabled }) => enabled)).toEqual([false, false, true])
    const twin = makeRule({ id: 'twin', name: 'Twin', listen: 9100, to: 81, route: { kind: 'direct' } })
    expect(await client.request('rule.save', { rule: twin })).toMatchObject({ ok: true })
    const message =
      '127.0.0.1:9100 is already the listen address of the rule "Twin": choose another, or switch one off'
    expect(await client.request('rule.enable', { ids: ['b', 'a'], enabled: true })).toMatchObject({
      code: 'bad-request',
      issues: [{ path: ['ids', 1], message }],
    })
    expect(app.config.rules[1]?.enabled).toBe(false)
  })

  it('puts mistakes at the rule that was given', async () => {
    const { client } = await start()
    const rule = makeRule({ id: 'a', name: 'b', listen: 9102, to: 80, route: { kind: 'hop', hopId: 'x' } })
    const reply = await client.request('rule.save', { rule })
    expect(issuesOf(reply).map(({ path }) => path)).toEqual([
      ['rule', 'name'],
      ['rule', 'listen', 'port'],
      ['rule', 'route', 'hopId'],
    ])
  })
})

describe('settings', () => {
  it('switches forwarding and replaces the settings', async () => {
    const { client, app, engine } = await start()
    await client.request('forwarding.set', { on: false })
    expect(engine.applied.at(-1)?.settings.forwarding).toBe(false)
    await client.request('settings.save', { settings: { logLevel: 'error' } })
    expect(app.config.settings).toMatchObject({ forwarding: true, logLevel: 'error' })
    app.log.warn('not at this level')
    expect(app.log.entries().map(({ message }) => message)).not.toContain('not at this level')
  })
})

describe('trash', () => {
  it('keeps only the latest removals', () => {
    const trash = createTrash(2)
    const removed = [1, 2, 3].map(() => trash.put((later) => later))
    expect(removed.map(({ trashId }) => trash.get(trashId) !== undefined)).toEqual([false, true, true])
  })
})
