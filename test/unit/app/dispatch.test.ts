import { describe, expect, it } from 'vitest'
import { dispatch } from '../../../main/app/dispatch.ts'
import { contract } from '../../../shared/contract.ts'
import { conflict } from '../../../shared/errors.ts'
import { managed } from '../../support/managed.ts'
import { startTestApplication } from '../../support/application.ts'

describe('dispatch', () => {
  it.each(['', 'hop', 'hop.steal', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'HOP.SAVE'])(
    'refuses the unknown name %j',
    async (name) => {
      const { app } = await managed(startTestApplication())
      expect(await app.dispatch(name, {})).toMatchObject({
        ok: false,
        code: 'not-found',
        message: 'There is no such call.',
        failure: { code: 'not-found', message: 'There is no such call' },
      })
    },
  )

  it.each([
    ['rule.enable', { ids: [], enabled: true }, ['ids'], 'Ids is empty: name at least one'],
    ['rule.enable', { ids: ['a'], enabled: 'yes' }, ['enabled'], 'Enabled must be true or false'],
    [
      'rule.enable',
      { ids: ['../etc'], enabled: true },
      ['ids', 0],
      'Id must be 1 to 64 letters, digits, "-" or "_"',
    ],
    ['port.suggest', { near: 0 }, ['near'], 'Port must be a whole number from 1 to 65535'],
    [
      'port.suggest',
      { near: 80, far: 1 },
      ['far'],
      '"far" is not a field here: check its spelling, or remove it',
    ],
    ['state.get', { x: 1 }, ['x'], '"x" is not a field here: check its spelling, or remove it'],
    ['state.get', null, [], 'must be an object, not null'],
    ['hop.remove', 'text', [], 'must be an object, not "text"'],
  ])('refuses %s with %j', async (name, input, path, message) => {
    const { app, engine } = await managed(startTestApplication())
    const reply = await app.dispatch(name, input)
    expect(reply).toMatchObject({ ok: false, code: 'bad-request' })
    expect(reply).toMatchObject({ issues: [{ path, message }] })
    expect(engine.applied).toHaveLength(1)
  })

  it('refuses every call of the contract that gets nonsense', async () => {
    const { app } = await managed(startTestApplication())
    for (const name of Object.keys(contract)) {
      expect(await app.dispatch(name, { nonsense: 1 }), name).toMatchObject({
        ok: false,
        code: 'bad-request',
      })
    }
  })

  it('counts further mistakes', async () => {
    const { app } = await managed(startTestApplication())
    expect(await app.dispatch('rule.enable', { ids: [], enabled: 1 })).toMatchObject({
      message: 'Ids is empty: name at least one (and 1 more mistake).',
    })
  })

  it('takes no input as an empty one', async () => {
    const { app } = await managed(startTestApplication())
    expect(await app.dispatch('log.list', undefined)).toMatchObject({ ok: true })
  })

  it('passes failures on, and tells nothing of errors that nobody foresaw', async () => {
    const { app } = await managed(startTestApplication())
    const reported: unknown[] = []
    const failing = (error: Error) =>
      dispatch(
        {
          ...app.handlers,
          'log.list': () => {
            throw error
          },
        },
        'log.list',
        {},
        (thrown, name) => reported.push([thrown, name]),
      )
    expect(await failing(conflict('It is taken'))).toEqual({
      ok: false,
      code: 'conflict',
      message: 'It is taken.',
      failure: { code: 'conflict', message: 'It is taken' },
    })
    expect(reported).toEqual([])
    const bug = new TypeError('secret of undefined')
    expect(await failing(bug)).toEqual({
      ok: false,
      code: 'internal',
      message: 'Something went wrong inside Nexthop. Try again; if it stays, report it with the log.',
      failure: { code: 'internal' },
    })
    expect(reported).toEqual([[bug, 'log.list']])
  })
})
