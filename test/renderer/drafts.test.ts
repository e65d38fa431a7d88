import { describe, expect, it } from 'vitest'
import {
  checkHop,
  emptyHop,
  fromUrl,
  toHopDraft,
  toSaveInput,
  toTrial,
  withVersion,
} from '../../renderer/views/hops/hop-draft.ts'
import { checkList, emptyList } from '../../renderer/views/lists/list-draft.ts'
import {
  changesTraffic,
  checkRule,
  emptyRule,
  splitPastedEndpoint,
  toRuleDraft,
} from '../../renderer/views/rules/rule-draft.ts'
import { FakeClient } from './fake-client.ts'

const client = new FakeClient({
  version: 1,
  hops: [
    { id: 'h1', name: 'Office', host: '10.0.0.5', port: 1080, version: '5', user: 'kim', password: 'secret' },
  ],
  rules: [
    {
      id: 'r1',
      name: 'Database',
      listen: { kind: 'tcp', port: 9102 },
      destination: { kind: 'fixed', host: 'db.internal', port: 5432 },
      route: { kind: 'hop', hopId: 'h1' },
    },
  ],
})
const { config } = client.snapshot()
const [rule] = config.rules
const [hop] = config.hops
const choose = 'Choose one'

function problems(change: Partial<ReturnType<typeof emptyRule>>): Record<string, string> {
  const draft = { ...emptyRule('new', '9103', 'hop:h1'), name: 'New', host: 'web', port: '80', ...change }
  const checked = checkRule(draft, config, choose)
  return checked.ok
    ? {}
    : Object.fromEntries(checked.issues.map(({ path, message }) => [path.join('.'), message]))
}

describe('the draft of a rule', () => {
  it('is fine when it is complete', () => {
    expect(problems({})).toEqual({})
  })

  it.each([
    [{ port: '' }, 'destination.port', 'Destination port must be a whole number from 1 to 65535'],
    [{ listenPort: '70000' }, 'listen.port', 'Listen port must be a whole number from 0 to 65535'],
    [{ route: '' }, 'route', choose],
    [{ name: 'database' }, 'name', 'Name "database" is taken by another port rule: choose a different one'],
    [
      { listenPort: '9102' },
      'listen.port',
      '127.0.0.1:9102 is already the listen address of the rule "Database": choose another, or switch one off',
    ],
  ])('names the field of %j', (change, path, message) => {
    expect(problems(change)[path]).toBe(message)
  })

  it('asks who may connect where others can', () => {
    expect(Object.keys(problems({ listenHost: '0.0.0.0' }))).toEqual(['allowedClients'])
    expect(problems({ listenHost: '0.0.0.0', allowedClients: '192.168.0.0/16, fd00::/8' })).toEqual({})
  })

  it('is named after its destination where no name is given', () => {
    const checked = checkRule(
      { ...emptyRule('x', '9103', 'direct'), host: 'web', port: '80' },
      config,
      choose,
    )
    expect(checked).toMatchObject({ ok: true, rule: { name: 'web:80' } })
  })

  it('gives back the rule that it was made of', () => {
    expect(rule && checkRule(toRuleDraft(rule), config, choose)).toEqual({ ok: true, rule })
  })

  it('disturbs connections only with what they meet', () => {
    if (!rule) throw new Error('no rule')
    expect(changesTraffic(rule, { ...rule, name: 'Other' })).toBe(false)
    expect(changesTraffic(rule, { ...rule, route: { kind: 'direct' } })).toBe(true)
  })

  it.each([
    ['db.internal:5432', { host: 'db.internal', port: '5432' }],
    ['https://example.org:8443/', { host: 'example.org', port: '8443' }],
    ['[::1]:80', { host: '::1', port: '80' }],
    ['db.internal', undefined],
  ])('takes %s apart', (text, parts) => {
    expect(splitPastedEndpoint(text)).toEqual(parts)
  })
})

describe('the draft of a next hop', () => {
  it('keeps a stored password unless one is typed or it is taken away', () => {
    if (!hop) throw new Error('no hop')
    const draft = toHopDraft(hop)
    expect(checkHop(draft, config).ok).toBe(true)
    expect(toSaveInput(draft)).not.toHaveProperty('password')
    expect(toSaveInput({ ...draft, password: 'new' })).toHaveProperty('password', 'new')
    expect(toSaveInput({ ...draft, keepsPassword: false })).toHaveProperty('password', null)
  })

  it('is filled in by a URL', () => {
    expect(fromUrl('socks5h://kim:s%40cret@[::1]:1085')).toEqual({
      kept: { protocol: 'socks' },
      host: '::1',
      port: '1085',
      version: '5',
      resolveAt: 'hop',
      user: 'kim',
      password: 's@cret',
      keepsPassword: false,
    })
    expect(fromUrl('https://x')).toMatchObject({
      port: '443',
      kept: { protocol: 'http', tls: { verify: true } },
    })
    expect(fromUrl('ftp://x')).toHaveProperty('problem')
  })

  it('looks names up where its version can', () => {
    const draft = emptyHop('x')
    expect(withVersion(draft, '4')).toEqual({ version: '4', resolveAt: 'here' })
    expect(withVersion({ ...draft, resolveAt: 'here' }, '4a')).toEqual({ version: '4a', resolveAt: 'hop' })
    expect(withVersion({ ...draft, resolveAt: 'here' }, '5')).toEqual({ version: '5', resolveAt: 'here' })
  })

  it('can be tried before it has a name, in versions without passwords too', () => {
    const draft = { ...emptyHop('x'), host: '10.0.0.5', user: 'kim', password: 'secret' }
    expect(toTrial(draft, '5')).toMatchObject({ version: '5', password: 'secret' })
    expect(toTrial(draft, '4')).toMatchObject({ version: '4', user: 'kim', resolveAt: 'here' })
    expect(toTrial(draft, '4')).not.toHaveProperty('password')
    expect(toTrial({ ...draft, port: 'x' })).toBeUndefined()
  })
})

describe('the draft of a list', () => {
  it('needs a name and a hop', () => {
    const paths = checkList({ ...emptyList('l', []), name: ' ' }, config).map(({ path }) => path[0])
    expect(paths).toEqual(['name', 'hopIds'])
    expect(checkList({ ...emptyList('l', ['h1']), name: 'Both' }, config)).toEqual([])
  })
})
