import { describe, expect, it } from 'vitest'
import { exportHaproxy } from '../../../main/app/export/haproxy.ts'
import { exportV2ray } from '../../../main/app/export/v2ray.ts'
import { makeSet } from '../../../main/app/library/make-set.ts'
import { mergeConfig } from '../../../main/app/transfer/merge.ts'
import type { ConditionInput } from '../../../shared/model/condition.ts'
import { problemsOf } from '../../../shared/problems.ts'
import { noTotals } from '../../../shared/runtime.ts'
import { issuesOf, startTestApplication } from '../../support/application.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'

const hops = ['a', 'b', 'c'].map((id, index) => makeHop({ id, name: `Hop ${id}`, port: 1080 + index }))
const lists = ['l', 'm'].map((id) => ({ id, name: `List ${id}`, hopIds: ['c'] }))
const common: ConditionInput[] = [
  { id: '1', port: ['80'], route: { kind: 'hop', hopId: 'a' } },
  { id: '2', port: ['81'], route: { kind: 'list', listId: 'm' } },
]
const own: ConditionInput[] = [
  { id: '1', port: ['80'], route: { kind: 'chain', hopIds: ['b', 'a'] } },
  { id: '2', name: 'Web', port: ['443'], route: { kind: 'list', listId: 'l' } },
]
const rule = makeRule({ listen: 9102, to: 443, route: { kind: 'hop', hopId: 'b' }, conditions: own })
const config = makeConfig({ hops, lists, rules: [rule], conditions: common })
const start = () => managed(startTestApplication({ config }))

describe('the conditions of all rules', () => {
  it('are saved as they are given, and applied', async () => {
    const { client, app, engine } = await start()
    const [, second] = common
    const conditions = second ? [second] : []
    expect(await client.request('condition.save', { conditions })).toEqual({ ok: true, value: {} })
    expect(app.config.conditions.map(({ id }) => id)).toEqual(['2'])
    expect(engine.applied.at(-1)?.conditions).toEqual(app.config.conditions)
  })

  it('are refused with the place of the mistake', async () => {
    const { client, app } = await start()
    const lost: ConditionInput = { id: 'x', port: ['1'], route: { kind: 'hop', hopId: 'gone' } }
    const reply = await client.request('condition.save', { conditions: [...common, lost] })
    expect(issuesOf(reply)).toMatchObject([{ path: ['conditions', 2, 'route', 'hopId'] }])
    expect(app.config).toEqual(config)
  })
})

describe('a hop or list in a condition', () => {
  it('is in use', async () => {
    const { client } = await start()
    expect(await client.request('hop.remove', { id: 'a' })).toMatchObject({
      message:
        'The next hop "Hop a" is in use by the port rule "Test rule" and the conditions of all rules: name another one ' +
        'to take its place.',
    })
    expect(await client.request('list.remove', { id: 'l' })).toMatchObject({
      message:
        'The next-hop list "List l" is in use by the port rule "Test rule": give it another route first.',
    })
    expect(await client.request('list.remove', { id: 'm' })).toMatchObject({
      message:
        'The next-hop list "List m" is in use by the conditions of all rules: give them another route first.',
    })
  })

  it('can be replaced, and comes back', async () => {
    const { client, app } = await start()
    const reply = await client.request('hop.remove', { id: 'a', replaceWith: 'c' })
    expect(app.config.conditions[0]?.route).toEqual({ kind: 'hop', hopId: 'c' })
    expect(app.config.rules[0]?.conditions[0]?.route).toEqual({ kind: 'chain', hopIds: ['b', 'c'] })
    await client.request('trash.restore', { trashId: reply.ok ? reply.value.trashId : '' })
    expect(app.config).toEqual(config)
  })

  it('is a problem where it is down', () => {
    const health = { state: 'down', at: 1, retryAt: 2, failure: { code: 'timeout' } } as const
    const runtime = { startedAt: 0, rules: [], hops: [{ hopId: 'a', health }], totals: noTotals }
    const engine = { state: 'running', restarts: 0 } as const
    expect(problemsOf({ config, runtime, engine })).toMatchObject([{ kind: 'hop-down', hopId: 'a' }])
    const off = { ...config, rules: config.rules.map((one) => ({ ...one, enabled: false })) }
    expect(problemsOf({ config: off, runtime, engine })).toEqual([])
  })

  it('comes along into a rule set', () => {
    const set = makeSet(config, 'Mine', ['rule'])
    expect(set.hops).toHaveLength(3)
    expect(set.lists).toHaveLength(1)
    expect(JSON.stringify(set.rules)).toContain('"listId":"$new.list1"')
  })
})

describe('conditions on their way elsewhere', () => {
  it('are joined with those that are there', () => {
    const third: ConditionInput = { id: '3', port: ['82'], route: { kind: 'block' } }
    const [first] = common
    const changed: ConditionInput = { ...(first ?? third), port: ['8080'] }
    const imported = makeConfig({ hops, conditions: [third, changed] })
    const { config: merged, preview } = mergeConfig(config, imported, 'merge')
    expect(merged.conditions.map(({ id, port }) => [id, ...port])).toEqual([
      ['1', '8080'],
      ['2', '81'],
      ['3', '82'],
    ])
    expect(preview.changed).toEqual(['Conditions of all rules'])
    expect(mergeConfig(makeConfig({}), imported, 'merge').preview.added).toContain('Conditions of all rules')
    expect(mergeConfig(config, makeConfig({}), 'replace').preview.removed).toContain(
      'Conditions of all rules',
    )
  })

  it.each([exportV2ray, exportHaproxy])('leave a rule out of what another engine gets', (write) => {
    const { unmapped, text } = write(config, { withPasswords: false })
    expect(unmapped).toEqual([
      'Port rule "Test rule": its conditions and those of all rules are not exported',
    ])
    expect(text).not.toContain('9102')
  })
})

describe('route.explain', () => {
  it('tells of a rule by its id, with what the rule says itself', async () => {
    const { client } = await start()
    const reply = await client.request('route.explain', { ruleId: 'rule', at: 'sat 14:05' })
    expect(reply).toMatchObject({
      value: {
        connection: { target: { host: '127.0.0.1', port: 443 }, time: { day: 5, minute: 845 } },
        decidedBy: { of: 'rule', number: 2, name: 'Web' },
        route: { kind: 'list', hops: [{ id: 'c' }] },
      },
    })
  })

  it('does not take one port of a range for all of them', async () => {
    const range = makeRule({
      listen: 29_443,
      to: { kind: 'range', host: '127.0.0.1', port: 443, count: 2 },
      route: { kind: 'direct' },
      conditions: [{ id: '1', port: ['444'], route: { kind: 'block' } }],
    })
    const { client } = await managed(startTestApplication({ config: makeConfig({ rules: [range] }) }))
    const ask = (target?: string) =>
      client.request('route.explain', { ruleId: 'rule', ...(target && { target }) })
    expect(await ask()).toMatchObject({
      value: { isCertain: false, conditions: [{ outcome: { kind: 'open', matcher: 'port' } }] },
    })
    expect(await ask('127.0.0.1:444')).toMatchObject({ value: { isCertain: true, route: { kind: 'block' } } })
  })

  it.each([
    [{ client: 'example.com' }, ['client'], 'Client must be an IP address'],
    [{ target: '127.0.0.1:80' }, ['target'], 'The rule "Test rule" leads to 127.0.0.1:443 alone, not to'],
    [{ target: '127.0.0.1' }, ['target'], 'Target: "127.0.0.1" is not host:port'],
    [{ at: '25:00' }, ['at'], 'Time must be like 14:05'],
    [{ at: 'someday 14:05' }, ['at'], 'Time must be like 14:05'],
  ])('refuses %j', async (input, path, message) => {
    const { client } = await start()
    const reply = await client.request('route.explain', { ruleId: 'rule', ...input })
    const [issue] = issuesOf(reply)
    expect(issue?.path).toEqual(path)
    expect(issue?.message).toContain(message)
  })

  it('does not know a rule that is not there', async () => {
    const { client } = await start()
    expect(await client.request('route.explain', { ruleId: 'gone' })).toMatchObject({ code: 'not-found' })
  })
})
