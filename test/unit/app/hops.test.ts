import { describe, expect, it } from 'vitest'
import type { ConfigView } from '../../../shared/runtime.ts'
import { issuesOf, startTestApplication } from '../../support/application.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'

const office = makeHop({ id: 'office', name: 'Office', port: 1080, user: 'me', password: 'hunter2' })
const spare = makeHop({ id: 'spare', name: 'Spare', port: 1081 })
const old = makeHop({ id: 'old', name: 'Old', port: 1082, version: '4' })
const rule = makeRule({
  id: 'db',
  name: 'DB',
  listen: 9102,
  to: 5432,
  route: { kind: 'hop', hopId: 'office' },
})
const list = { id: 'both', name: 'Both', hopIds: ['office', 'spare'] }
const config = makeConfig({ hops: [office, spare, old], rules: [rule], lists: [list] })

const start = (sources = {}) => managed(startTestApplication({ config, ...sources }))
const bare = { id: 'office', name: 'Office', host: '127.0.0.1', port: 1080, version: '5', user: 'me' }

describe('hop.save', () => {
  it('adds a hop with its defaults, saves it, and tells everybody without the password', async () => {
    const { client, engine, file, events, app } = await start()
    const hop = {
      id: 'new',
      name: 'New',
      host: 'Proxy.Example',
      port: 1080,
      version: '5',
      user: 'u',
      password: 'sesame',
    }
    expect(await client.request('hop.save', { hop })).toEqual({ ok: true, value: { id: 'new' } })
    expect(app.config.hops[3]).toMatchObject({
      host: 'proxy.example',
      resolveAt: 'hop',
      retries: 1,
      password: 'sesame',
    })
    expect(engine.applied.at(-1)?.hops[3]?.password).toBe('sesame')
    expect(JSON.parse(file.read() ?? '')).toEqual(app.config)
    const [changed] = events.filter(({ name }) => name === 'config.changed')
    const { hops } = (changed?.data as { config: ConfigView }).config
    expect(hops[3]).toMatchObject({ id: 'new', hasPassword: true })
    expect(hops[1]).toMatchObject({ id: 'spare', hasPassword: false })
    expect(JSON.stringify(events)).not.toMatch(/sesame|hunter2/)
  })

  it.each([
    ['absent keeps it', {}, 'hunter2'],
    ['null removes it', { password: null }, undefined],
    ['a new one replaces it', { password: 'sesame' }, 'sesame'],
    ['a source replaces it', { passwordFrom: { env: 'PW' } }, undefined],
  ])('password: %s', async (_, fields, expected) => {
    const { client, app } = await start({ passwordSources: { env: { PW: 'x' }, firstLine: () => '' } })
    expect(await client.request('hop.save', { hop: { ...bare, ...fields } })).toMatchObject({ ok: true })
    expect(app.config.hops[0]?.password).toBe(expected)
    expect(app.config.hops.map(({ id }) => id)).toEqual(['office', 'spare', 'old'])
  })

  it.each([
    ['a field', { port: 70000 }, ['hop', 'port'], 'Port must be a whole number from 1 to 65535'],
    ['a missing field', { version: undefined }, ['hop', 'version'], '"version" is missing'],
    [
      'the view sent back',
      { hasPassword: true },
      ['hop', 'hasPassword'],
      '"hasPassword" is not a field here: check its spelling, or remove it',
    ],
    [
      'a password that the version can not carry',
      { version: '4' },
      ['hop', 'password'],
      "Password can't be used with SOCKS4, which has only a user id: remove it, or choose SOCKS5",
    ],
    // The other hop comes later in the config, and still it is the new name that is wrong.
    [
      'a name that is taken',
      { name: 'spare' },
      ['hop', 'name'],
      'Name "spare" is taken by another next hop: choose a different one',
    ],
    [
      'a loop',
      { port: 9102 },
      ['hop', 'port'],
      '127.0.0.1:9102 is the listen address of the rule "DB", a loop: give the proxy\'s own address',
    ],
  ])('refuses %s, with its place in the input', async (_, fields, path, message) => {
    const { client, app, engine, file } = await start()
    const before = file.read()
    const reply = await client.request('hop.save', { hop: { ...bare, ...fields } })
    expect(reply).toMatchObject({ ok: false, code: 'bad-request' })
    expect(issuesOf(reply)[0]).toMatchObject({ path, message })
    expect(app.config).toEqual(config)
    expect(file.read()).toBe(before)
    expect(engine.applied).toHaveLength(1)
  })

  it('says which rule stands against a change', async () => {
    const six = makeRule({
      id: 'six',
      name: 'Six',
      to: { host: '2001:db8::1', port: 80 },
      route: { kind: 'hop', hopId: 'spare' },
    })
    const { client } = await managed(
      startTestApplication({ config: makeConfig({ hops: [spare], rules: [six] }) }),
    )
    const hop = { ...bare, id: 'spare', name: 'Spare', version: '4', user: undefined }
    const message =
      'Port rule "Six": Destination host is an IPv6 address, which the next hop "Spare" can\'t reach with SOCKS4: ' +
      'use SOCKS5, or a name or IPv4 address'
    expect(await client.request('hop.save', { hop })).toMatchObject({
      message: `${message}.`,
      issues: [{ path: [], message }],
    })
  })

  it('refuses a password source that has nothing', async () => {
    const { client, app } = await start({ passwordSources: { env: {}, firstLine: () => '' } })
    const message =
      'The password of the next hop "Office" is not available: the environment variable PW is not set'
    expect(await client.request('hop.save', { hop: { ...bare, passwordFrom: { env: 'PW' } } })).toMatchObject(
      {
        ok: false,
        message: `${message}.`,
        issues: [{ path: ['hop', 'passwordFrom'], message }],
      },
    )
    expect(app.config).toEqual(config)
  })
})

describe('hop.remove', () => {
  it('refuses to remove one that is in use, and says by what', async () => {
    const { client, app } = await start()
    expect(await client.request('hop.remove', { id: 'office' })).toMatchObject({
      ok: false,
      code: 'conflict',
      message:
        'The next hop "Office" is in use by the port rule "DB" and the next-hop list "Both": name another one to take its place.',
    })
    expect(app.config).toEqual(config)
  })

  it('puts another one in its place, and undoes all of it', async () => {
    const { client, app } = await start()
    const reply = await client.request('hop.remove', { id: 'office', replaceWith: 'spare' })
    expect(app.config.hops.map(({ id }) => id)).toEqual(['spare', 'old'])
    expect(app.config.rules[0]?.route).toEqual({ kind: 'hop', hopId: 'spare' })
    expect(app.config.lists[0]?.hopIds).toEqual(['spare'])
    const trashId = reply.ok ? reply.value.trashId : ''
    expect(await client.request('trash.restore', { trashId })).toEqual({ ok: true, value: {} })
    expect(app.config).toEqual(config)
    expect(await client.request('trash.restore', { trashId })).toMatchObject({ ok: false, code: 'not-found' })
  })

  it('leaves alone, when it is undone, what was changed since', async () => {
    const { client, app } = await start()
    const reply = await client.request('hop.remove', { id: 'office', replaceWith: 'spare' })
    await client.request('rule.save', { rule: { ...rule, route: { kind: 'direct' } } })
    await client.request('trash.restore', { trashId: reply.ok ? reply.value.trashId : '' })
    expect(app.config.rules[0]?.route).toEqual({ kind: 'direct' })
    expect(app.config.lists[0]?.hopIds).toEqual(['office', 'spare'])
  })

  it.each([
    [{ id: 'nobody' }, 'not-found', 'There is no such next hop: it may have been removed already.'],
    [
      { id: 'old', replaceWith: 'old' },
      'bad-request',
      'A next hop can not take its own place: name another one.',
    ],
    [
      { id: 'old', replaceWith: 'nobody' },
      'not-found',
      'There is no such next hop to take its place: it may have been removed.',
    ],
  ])('refuses %j', async (input, code, message) => {
    const { client, app } = await start()
    expect(await client.request('hop.remove', input)).toMatchObject({ ok: false, code, message })
    expect(app.config).toEqual(config)
  })

  it('says why a removal can not be undone any more', async () => {
    const { client } = await start()
    const reply = await client.request('hop.remove', { id: 'old' })
    const trashId = reply.ok ? reply.value.trashId : ''
    await client.request('hop.save', { hop: { ...bare, id: 'other', name: 'Old', port: 1090 } })
    expect(await client.request('trash.restore', { trashId })).toMatchObject({
      code: 'conflict',
      message:
        'It can not be brought back, because other things changed since. Next hop "Other": Name "Other" is taken'.replaceAll(
          'Other',
          'Old',
        ) + ' by another next hop: choose a different one.',
    })
    await client.request('hop.remove', { id: 'other' })
    expect(await client.request('trash.restore', { trashId })).toMatchObject({ ok: true })
  })
})
