import { describe, expect, it } from 'vitest'
import { canHoldFor, matchersOf, type ConditionInput } from '../../../shared/model/condition.ts'
import { isWithin, parseClock, weekdays } from '../../../shared/model/condition-time.ts'
import { parseConfig } from '../../../shared/model/config.ts'
import { formatIssue } from '../../../shared/model/issues.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'

function conditionsOf(fields: object) {
  const condition = { id: 'c', route: { kind: 'direct' }, ...fields }
  return parseConfig({
    version: 1,
    rules: [makeRule({ to: 9, route: { kind: 'direct' }, conditions: [condition as ConditionInput] })],
  })
}

function mistakes(fields: object): string[] {
  const result = conditionsOf(fields)
  return result.ok ? [] : result.issues.map(formatIssue)
}

function parsed(fields: object) {
  const result = conditionsOf({ route: { kind: 'block' }, ...fields })
  const [condition] = result.ok ? (result.config.rules[0]?.conditions ?? []) : []
  if (!condition) throw new Error('not valid')
  return condition
}

describe('a condition', () => {
  it('is absent in older configs', () => {
    const config = makeConfig({ rules: [makeRule({ to: 9, route: { kind: 'direct' } })] })
    expect(config.conditions).toEqual([])
    expect(config.rules[0]?.conditions).toEqual([])
  })

  it('makes what it looks at canonical', () => {
    const condition = parsed({
      client: ['10.1.2.3/8', ' 192.0.2.1 '],
      destination: ['*.Example.COM', 'fd00::1/8'],
      port: [443, '8000 - 8099', '22'],
      protocol: ['tls'],
      time: { from: '08:00', to: '18:00' },
    })
    expect(condition).toMatchObject({
      enabled: true,
      client: ['10.0.0.0/8', '192.0.2.1/32'],
      destination: ['*.example.com', 'fd00::/8'],
      port: ['443', '8000-8099', '22'],
      time: { from: '08:00', to: '18:00', days: [] },
    })
    expect(matchersOf(condition)).toEqual(['client', 'destination', 'port', 'time', 'protocol'])
  })

  it.each([
    [{}, 'rules[0].conditions[0]: Condition names nothing to look at, so it would always hold: give a'],
    [
      { client: ['example.com'] },
      'rules[0].conditions[0].client[0]: Network "example.com" is not an address',
    ],
    [{ destination: ['a b'] }, 'rules[0].conditions[0].destination[0]: Destination "a b" is not a name'],
    [{ port: ['0'] }, 'rules[0].conditions[0].port[0]: Port "0" is not a port from 1 to 65535'],
    [{ port: ['90-80'] }, 'rules[0].conditions[0].port[0]: Port "90-80" is not a port'],
    [{ port: [true] }, 'rules[0].conditions[0].port[0]: Port must be a number, or a range like "8000-8099"'],
    [{ protocol: ['smtp'] }, 'rules[0].conditions[0].protocol[0]: Protocol must be one of "tls", "http"'],
    [{ time: { from: '8:00', to: '18:00' } }, 'rules[0].conditions[0].time.from: From must be a time of day'],
    [{ time: { from: '08:00', to: '24:00' } }, 'rules[0].conditions[0].time.to: To must be a time of day'],
    [
      { time: { from: '08:00', to: '09:00', days: ['Monday'] } },
      'rules[0].conditions[0].time.days[0]: Days must',
    ],
    [
      { port: ['1'], route: { kind: 'hop', hopId: 'x' } },
      'rules[0].conditions[0].route.hopId: There is no next hop',
    ],
    [
      { port: ['1'], route: { kind: 'list', listId: 'x' } },
      'rules[0].conditions[0].route.listId: There is no next-hop',
    ],
    [
      { port: ['1'], route: { kind: 'chain', hopIds: ['x', 'hop'] } },
      'rules[0].conditions[0].route.hopIds[0]: There is no next hop',
    ],
  ])('%j is refused with its place', (fields, message) => {
    expect(mistakes(fields)[0]).toContain(message)
  })

  it('needs an id of its own in its list', () => {
    const twice: ConditionInput[] = [
      { id: 'a', port: ['1'], route: { kind: 'block' } },
      { id: 'a', port: ['2'], route: { kind: 'block' } },
    ]
    const rule = makeRule({ to: 9, route: { kind: 'direct' }, conditions: [...twice] })
    const result = parseConfig({ version: 1, rules: [rule], conditions: twice })
    expect(result.ok ? [] : result.issues.map(formatIssue)).toEqual([
      'rules[0].conditions[1].id: Id "a" is used twice: ids must differ',
      'conditions[1].id: Id "a" is used twice: ids must differ',
    ])
  })

  it('is found where it leads a rule back to itself, or to a hop that can not do it', () => {
    const loop: ConditionInput = { id: 'a', destination: ['127.0.0.0/8'], route: { kind: 'direct' } }
    const result = parseConfig({
      version: 1,
      hops: [makeHop({ port: 9, version: '4' }), makeHop({ id: 'five', name: 'Five', port: 9 })],
      rules: [
        makeRule({ id: 'a', to: 4000, listen: 4000, conditions: [loop] }),
        makeRule({
          id: 'b',
          to: { host: '2001:db8::1', port: 80 },
          route: { kind: 'hop', hopId: 'five' },
          conditions: [
            { id: 'other', port: ['81'], route: { kind: 'hop', hopId: 'hop' } },
            { id: 'this', port: ['80'], route: { kind: 'hop', hopId: 'hop' } },
          ],
        }),
      ],
    })
    expect(result.ok ? [] : result.issues.map(formatIssue)).toEqual([
      expect.stringContaining(
        'rules[1].conditions[1].route: Destination host of the rule "Test b" is an IPv6',
      ),
      expect.stringContaining(
        'rules[0].conditions[0].route: Directly, 127.0.0.1:4000 leads back to the rule',
      ),
    ])
  })

  it.each([
    [{ destination: ['*.example.com'] }, true],
    [{ destination: ['example.com'] }, false],
    [{ port: ['80-90'] }, true],
    [{ port: ['443'] }, false],
    [{ protocol: ['tls'] }, true],
    [{ port: ['80'], enabled: false }, false],
  ])('%j can hold for www.example.com:80: %s', (fields, expected) => {
    expect(canHoldFor(parsed(fields), 'www.example.com', 80)).toBe(expected)
  })
})

describe('a time of day', () => {
  const at = (text: string) => {
    const [day = '', clock = ''] = text.split(' ')
    return { day: weekdays.findIndex((name) => name === day), minute: parseClock(clock) ?? NaN }
  }

  it.each([
    ['08:00', '18:00', [], 'mon 08:00', true],
    ['08:00', '18:00', [], 'mon 17:59', true],
    ['08:00', '18:00', [], 'mon 18:00', false],
    ['08:00', '18:00', [], 'mon 07:59', false],
    ['08:00', '18:00', ['tue'], 'mon 09:00', false],
    ['08:00', '18:00', ['tue', 'mon'], 'mon 09:00', true],
    ['22:00', '06:00', [], 'mon 23:00', true],
    ['22:00', '06:00', [], 'mon 05:59', true],
    ['22:00', '06:00', [], 'mon 06:00', false],
    // What began on Friday goes on until Saturday morning, and Sunday's until Monday morning.
    ['22:00', '06:00', ['fri'], 'fri 23:00', true],
    ['22:00', '06:00', ['fri'], 'sat 05:00', true],
    ['22:00', '06:00', ['fri'], 'fri 05:00', false],
    ['22:00', '06:00', ['fri'], 'sat 23:00', false],
    ['22:00', '06:00', ['sun'], 'mon 05:00', true],
    // A whole day.
    ['00:00', '00:00', ['sat'], 'sat 00:00', true],
    ['00:00', '00:00', ['sat'], 'sat 23:59', true],
    ['00:00', '00:00', ['sat'], 'sun 00:00', false],
    ['00:00', '00:00', ['sat'], 'fri 23:59', false],
  ] as const)('from %s to %s on %j: %s is in it: %s', (from, to, days, moment, expected) => {
    expect(isWithin({ from, to, days: [...days] }, at(moment))).toBe(expected)
  })
})
