import { describe, expect, it } from 'vitest'
import {
  checkHop,
  emptyHop,
  fromUrl,
  toHopDraft,
  toSaveInput,
  toTrial,
  withKind,
  withVersion,
} from '../../renderer/views/hops/hop-draft.ts'
import { emptyDraft, isUntouched } from '../../renderer/views/library/set-draft.ts'
import {
  checkList,
  emptyList,
  takeOff,
  toListDraft,
  toListInput,
  withMode,
} from '../../renderer/views/lists/list-draft.ts'
import {
  changesTraffic,
  checkRule,
  emptyRule,
  routeKey,
  splitPastedEndpoint,
  toRoute,
  toRuleDraft,
} from '../../renderer/views/rules/rule-draft.ts'
import type { RuleSet } from '../../shared/library/rule-set.ts'
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

  it('holds a chain, which needs two different hops', () => {
    const messages = (route: string) => problems({ route })
    expect(messages('chain:')).toEqual({ 'route.hopIds': 'Chain needs at least two next hops' })
    expect(messages('chain:h1,h1')).toEqual({
      'route.hopIds': 'Chain names the same next hop twice: leave one out',
    })
    const route = { kind: 'chain' as const, hopIds: ['h1', 'h2'] }
    expect(toRoute(routeKey(route))).toEqual(route)
  })

  it('gives back the rule that it was made of', () => {
    if (!rule) throw new Error('no rule')
    for (const whole of [rule, { ...rule, trace: true }]) {
      expect(checkRule(toRuleDraft(whole), config, choose)).toEqual({ ok: true, rule: whole })
    }
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

  it('gives back the hop that it was made of', () => {
    if (!hop) throw new Error('no hop')
    const patient = {
      ...hop,
      maintenance: true,
      maxConnections: 5,
      failureThreshold: 3,
      failureWaitMs: 1500,
      maxFailureWaitMs: 90_000,
    }
    const { hasPassword: _hasPassword, ...saved } = patient
    expect(toSaveInput(toHopDraft(patient))).toEqual(saved)
    const healthCheck = {
      kind: 'target' as const,
      target: { host: 'example.org', port: 443 },
      intervalMs: 2500,
      rise: 1,
      fall: 2,
    }
    expect(toSaveInput(toHopDraft({ ...hop, healthCheck }))).toMatchObject({ healthCheck })
    const wrong = (change: Partial<ReturnType<typeof toHopDraft>>) => {
      const checked = checkHop({ ...toHopDraft(hop), ...change }, config)
      return checked.ok ? [] : checked.issues.map(({ path }) => path.join('.'))
    }
    expect(wrong({ threshold: '0' })).toEqual(['failureThreshold'])
    expect(wrong({ checkSeconds: 'often' })).toEqual([])
    expect(wrong({ checkKind: 'tcp', checkSeconds: 'often' })).toEqual(['healthCheck.intervalMs'])
    expect(wrong({ checkKind: 'target', checkFall: '0' })).toEqual([
      'healthCheck.target.host',
      'healthCheck.fall',
    ])
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

  it('keeps its TLS, and where names are looked up, when it is found to be SOCKS', () => {
    const draft = {
      ...emptyHop('x'),
      resolveAt: 'hop',
      kept: { protocol: 'http', tls: { verify: false } },
    } as const
    const kept = { protocol: 'socks', tls: { verify: false } }
    expect(withKind(draft, '5')).toEqual({ version: '5', resolveAt: 'hop', kept })
    expect(withKind(draft, '4a')).toEqual({ version: '4a', resolveAt: 'hop', kept })
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

  it('gives back the list that it was made of', () => {
    const list = {
      id: 'l',
      name: 'Both',
      mode: 'sticky' as const,
      hopIds: ['h1', 'h2'],
      weights: { h1: 3 },
      backupHopIds: ['h2'],
      returnAfterMs: 2500,
      stickyBy: 'destination' as const,
      stickyForMs: 90_500,
    }
    expect(toListInput(toListDraft(list))).toEqual(list)
  })

  it('names the fields of mistakes, and forgets what a mode does not ask for', () => {
    const draft = { ...emptyList('l', ['h1']), name: 'L', mode: 'random' as const, weights: { h1: '0' } }
    const wrong = checkList({ ...draft, returnSeconds: 'soon', stickyMinutes: '-1' }, config)
    expect(wrong.map(({ path }) => path.join('.'))).toEqual(['weights.h1', 'returnAfterMs', 'stickyForMs'])
    expect(wrong[0]?.message).toBe('Weight must be a whole number from 1 to 100')
    const changed = { ...draft, ...withMode('failover', wrong) }
    expect(checkList(changed, config)).toEqual([])
    expect(withMode('sticky', [])).toEqual({ mode: 'sticky' })
    expect(checkList({ ...changed, backupHopIds: ['h1'] }, config)[0]?.path).toEqual(['backupHopIds'])
  })

  it('takes a hop off with all that is said of it', () => {
    const draft = { ...emptyList('l', ['h1', 'h2']), weights: { h2: '5' }, backupHopIds: ['h2'] }
    expect(takeOff(draft, 'h2')).toEqual({ hopIds: ['h1'], weights: {}, backupHopIds: [] })
  })
})

describe('the draft of a rule set', () => {
  const set: RuleSet = {
    nexthopSet: 1,
    id: 'set',
    name: 'Set',
    summary: '',
    questions: [{ id: 'hops', kind: 'hops', label: 'Proxies', min: 2, max: 3 }],
    hops: [],
    lists: [],
    rules: [],
  }
  const chosen = (hopIds?: readonly string[]) =>
    emptyDraft(set, hopIds).hops['hops']?.map((row) => row.existingId)

  it('takes the next hops that are there, and asks for those that are missing', () => {
    expect(chosen(['a', 'b', 'c'])).toEqual(['a', 'b'])
    expect(chosen(['a'])).toEqual(['a', ''])
    expect(chosen()).toEqual(['', ''])
    expect(isUntouched(set, emptyDraft(set, ['a', 'b']))).toBe(false)
    expect(isUntouched(set, emptyDraft(set, ['a']))).toBe(true)
  })
})
