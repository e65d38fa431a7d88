import { describe, expect, it } from 'vitest'
import { clientHost, localTime } from '../../../../main/engine/conditions/ask.ts'
import { prepareCondition, type Subject } from '../../../../main/engine/conditions/prepare.ts'
import { firstOf, verdictOf } from '../../../../main/engine/conditions/verdict.ts'
import type { ConditionInput } from '../../../../shared/model/condition.ts'
import { makeCondition } from '../../../support/conditions.ts'

const monday0900 = { day: 0, minute: 540 }
const base: Subject = {
  client: '192.0.2.7',
  host: 'www.example.com',
  port: 443,
  protocol: 'tls',
  time: monday0900,
}

function verdict(fields: Partial<ConditionInput>, subject: Partial<Subject> = {}): string {
  const result = verdictOf(prepareCondition(makeCondition(fields)), { ...base, ...subject })
  return 'matcher' in result ? `${result.kind} ${result.matcher}` : result.kind
}

describe('what a condition says of a connection', () => {
  it.each<[Partial<ConditionInput>, Partial<Subject>, string]>([
    [{ client: ['192.0.2.0/24'] }, {}, 'holds'],
    [{ client: ['192.0.2.7'] }, {}, 'holds'],
    [{ client: ['10.0.0.0/8', '192.0.2.0/28'] }, {}, 'holds'],
    [{ client: ['10.0.0.0/8'] }, {}, 'no client'],
    [{ client: ['fd00::/8'] }, {}, 'no client'],
    [{ client: ['fd00::/8'] }, { client: 'fd12::1' }, 'holds'],
    // A unix socket has no address.
    [{ client: ['0.0.0.0/0', '::/0'] }, { client: 'unix' }, 'no client'],
    [{ client: ['10.0.0.0/8'] }, { client: undefined }, 'open client'],

    [{ destination: ['www.example.com'] }, {}, 'holds'],
    [{ destination: ['WWW.Example.com.'] }, {}, 'holds'],
    [{ destination: ['www.example.com'] }, { host: 'www.example.com.' }, 'holds'],
    [{ destination: ['example.com'] }, {}, 'no destination'],
    [{ destination: ['*.example.com'] }, {}, 'holds'],
    [{ destination: ['*.com'] }, {}, 'holds'],
    [{ destination: ['*.example.com'] }, { host: 'example.com' }, 'no destination'],
    [{ destination: ['*.example.com'] }, { host: 'badexample.com' }, 'no destination'],
    // Names are not looked up, so no network holds for one; and no name for an address.
    [{ destination: ['0.0.0.0/0', '::/0'] }, {}, 'no destination'],
    [{ destination: ['10.0.0.0/8'] }, { host: '10.1.2.3' }, 'holds'],
    [{ destination: ['10.0.0.0/8'] }, { host: '::ffff:a01:203' }, 'holds'],
    [{ destination: ['fd00::/8'] }, { host: 'fd00::1' }, 'holds'],
    [{ destination: ['*.example.com', '10.0.0.0/8'] }, { host: '11.1.2.3' }, 'no destination'],
    [{ destination: ['*.example.com'] }, { host: undefined }, 'open destination'],

    [{ port: ['443'] }, {}, 'holds'],
    [{ port: ['80', '400-500'] }, {}, 'holds'],
    [{ port: ['400-442', '444-500'] }, {}, 'no port'],
    [{ port: ['443'] }, { port: undefined }, 'open port'],

    [{ protocol: ['http', 'tls'] }, {}, 'holds'],
    [{ protocol: ['ssh'] }, {}, 'no protocol'],
    [{ protocol: ['unknown'] }, { protocol: 'unknown' }, 'holds'],
    [{ protocol: ['ssh'] }, { protocol: undefined }, 'open protocol'],

    [{ time: { from: '08:00', to: '10:00' } }, {}, 'holds'],
    [{ time: { from: '08:00', to: '10:00', days: ['tue'] } }, {}, 'no time'],
    [{ time: { from: '22:00', to: '06:00' } }, {}, 'no time'],

    // All must hold.
    [
      { client: ['192.0.2.0/24'], destination: ['*.example.com'], port: ['443'], protocol: ['tls'] },
      {},
      'holds',
    ],
    [{ client: ['192.0.2.0/24'], port: ['80'] }, {}, 'no port'],
    // What surely does not hold decides, whatever else is not known: nobody is waited for in vain.
    [{ protocol: ['tls'], port: ['80'] }, { protocol: undefined }, 'no port'],
    [{ client: ['10.0.0.0/8'], time: { from: '22:00', to: '06:00' } }, { client: undefined }, 'no time'],
    [{ port: ['443'], enabled: false }, {}, 'off'],
  ])('%j of %j: %s', (fields, subject, expected) => {
    expect(verdict(fields, subject)).toBe(expected)
  })
})

describe('the first condition', () => {
  const list = (...fields: Partial<ConditionInput>[]) =>
    fields.map((condition, index) => prepareCondition(makeCondition({ id: String(index), ...condition })))
  const first = (conditions: ReturnType<typeof list>, subject: Partial<Subject> = {}) => {
    const found = firstOf(conditions, { ...base, ...subject })
    return found && `${found.prepared.condition.id}${found.isOpen ? ' open' : ''}`
  }

  it.each<[string, Partial<ConditionInput>[], Partial<Subject>, string | undefined]>([
    ['that holds wins', [{ port: ['80'] }, { port: ['443'] }, { protocol: ['tls'] }], {}, '1'],
    ['is passed over where it is off', [{ port: ['443'], enabled: false }, { port: ['443'] }], {}, '1'],
    ['is none where none holds', [{ port: ['80'] }], {}, undefined],
    [
      'that could hold stands in the way of later ones',
      [{ protocol: ['ssh'] }, { port: ['443'] }],
      { protocol: undefined },
      '0 open',
    ],
    [
      'needs no waiting where one before it holds',
      [{ port: ['443'] }, { protocol: ['ssh'] }],
      { protocol: undefined },
      '0',
    ],
    [
      'needs no waiting where it can not hold anyway',
      [{ protocol: ['ssh'], port: ['22'] }, { port: ['443'] }],
      { protocol: undefined },
      '1',
    ],
  ])('%s', (_name, conditions, subject, expected) => {
    expect(first(list(...conditions), subject)).toBe(expected)
  })
})

it.each([
  ['192.0.2.1:4000', '192.0.2.1'],
  ['[2001:db8::1]:4000', '2001:db8::1'],
  ['[fe80::1%eth0]:4000', 'fe80::1'],
  ['unix', 'unix'],
])('the address of the client %s is %s', (client, host) => {
  expect(clientHost(client)).toBe(host)
})

it('takes the time of day from the local clock', () => {
  // A Sunday.
  expect(localTime(new Date(2026, 10, 22, 23, 59))).toEqual({ day: 6, minute: 1439 })
  expect(localTime(new Date(2026, 10, 23, 0, 0))).toEqual({ day: 0, minute: 0 })
})
