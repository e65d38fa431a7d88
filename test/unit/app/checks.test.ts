import { describe, expect, it } from 'vitest'
import { startTestApplication } from '../../support/application.ts'
import { makeConfig, makeHop } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { until } from '../../support/until.ts'

const config = makeConfig({ hops: [makeHop({ port: 1080, user: 'me', password: 'hunter2' })] })

describe('checks', () => {
  const draft = { id: 'hop', name: 'quick', host: '127.0.0.1', port: 1080, version: '5' as const }

  it('try a stored hop with its password, and tell of their progress', async () => {
    const { client, engine, events } = await managed(startTestApplication({ config }))
    const checking = client.request('hop.check', {
      checkId: 'c1',
      hop: { kind: 'id', id: 'hop' },
      target: '[::1]:80',
    })
    await until('the check runs', () => engine.checked.length > 0)
    expect(engine.checked[0]).toMatchObject({
      hop: { password: 'hunter2' },
      target: { host: '::1', port: 80 },
    })
    expect(events.at(-1)?.data).toEqual({ checkId: 'c1', stages: [{ stage: 'connect-hop', startedAt: 1 }] })
    const again = await client.request('hop.check', { checkId: 'c1', hop: { kind: 'id', id: 'hop' } })
    expect(again).toMatchObject({ code: 'conflict' })
    expect(await client.request('hop.cancelCheck', { checkId: 'c1' })).toEqual({ ok: true, value: {} })
    expect(await checking).toMatchObject({ ok: true, value: { ok: false, failure: { code: 'timeout' } } })
    expect(await client.request('hop.cancelCheck', { checkId: 'c1' })).toMatchObject({ code: 'not-found' })
  })

  it.each([
    ['with its user: the stored password', { user: 'me' }, 'hunter2'],
    ['with a password of its own', { user: 'me', password: 'sesame' }, 'sesame'],
    ['without a user', {}, undefined],
    ['of another hop', { id: 'other', user: 'me' }, undefined],
  ])('try a draft %s', async (_, fields, password) => {
    const { client, engine, log } = await managed(startTestApplication({ config }))
    const reply = await client.request('hop.check', {
      checkId: 'c',
      hop: { kind: 'draft', hop: { ...draft, ...fields } },
    })
    expect(reply).toMatchObject({ ok: true, value: { ok: true } })
    expect(engine.checked[0]?.hop.password).toBe(password)
    expect(log.redact('sesame')).toBe(password === 'sesame' ? '***' : 'sesame')
  })

  it.each([
    [
      { hop: { kind: 'id', id: 'gone' } },
      'not-found',
      'There is no such next hop: it may have been removed.',
    ],
    [
      { hop: { kind: 'id', id: 'hop' }, target: 'host' },
      'bad-request',
      'Target "host" is not host:port: write host:port.',
    ],
    [
      { hop: { kind: 'draft', hop: { ...draft, version: '4a' } }, target: '[::1]:80' },
      'bad-request',
      'Target is an IPv6 address, which SOCKS4a has not: give a name or an IPv4 address.',
    ],
  ] as const)('refuse %j', async (input, code, message) => {
    const { client } = await managed(startTestApplication({ config }))
    expect(await client.request('hop.check', { checkId: 'c', ...input })).toMatchObject({ code, message })
  })

  it('end when the application closes', async () => {
    const { client, app, engine } = await managed(startTestApplication({ config }))
    const checking = client.request('hop.check', { checkId: 'c1', hop: { kind: 'id', id: 'hop' } })
    await until('the check runs', () => engine.checked.length > 0)
    await app.close()
    expect(await checking).toMatchObject({ ok: true, value: { ok: false } })
    expect(engine.closedWith).toBe(3000)
    expect(await client.request('log.list', {})).toMatchObject({
      code: 'conflict',
      message: 'Nexthop is closing.',
    })
  })
})
