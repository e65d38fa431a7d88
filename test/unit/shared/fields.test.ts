import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import {
  booleanField,
  hostField,
  idSchema,
  integerField,
  loginField,
  nameField,
  networkSchema,
  portField,
  utf8Length,
} from '../../../shared/model/fields.ts'

/** The output, or the messages of the mistakes. */
function check(schema: v.GenericSchema, value: unknown): unknown {
  const result = v.safeParse(schema, value)
  return result.success ? { value: result.output } : result.issues.map(({ message }) => message)
}

describe('id', () => {
  it.each(['a', 'A-b_9', 'x'.repeat(64)])('takes %s', (id) => {
    expect(check(idSchema, id)).toEqual({ value: id })
  })
  it.each(['', 'x'.repeat(65), 'a b', 'ä', '../x', 'a\n'])('refuses %j', (id) => {
    expect(check(idSchema, id)).toEqual(['Id must be 1 to 64 letters, digits, "-" or "_"'])
  })
  it('refuses what is no text', () => {
    expect(check(idSchema, 7)).toEqual(['Id must be text'])
  })
})

describe('name', () => {
  const name = nameField('Name')
  it.each([
    ['Proxy', 'Proxy'],
    ['  Zürich 🏔  ', 'Zürich 🏔'],
    ['x'.repeat(64), 'x'.repeat(64)],
  ])('takes %j', (text, value) => {
    expect(check(name, text)).toEqual({ value })
  })
  it.each([
    ['', 'Name is empty: give it a name'],
    ['   ', 'Name is empty: give it a name'],
    ['x'.repeat(65), 'Name is too long: at most 64 characters'],
    ['a\nb', 'Name must not contain control characters'],
    ['a\x1b[31mb', 'Name must not contain control characters'],
    [null, 'Name must be text'],
  ])('refuses %j', (value, message) => {
    expect(check(name, value)).toEqual([message])
  })
})

describe('numbers', () => {
  it.each([1, 65535])('takes port %d', (port) => {
    expect(check(portField('Port'), port)).toEqual({ value: port })
  })
  it.each([0, -1, 65536, 1.5, NaN, Infinity, '80', null])('refuses port %j', (port) => {
    expect(check(portField('Port'), port)).toEqual(
      Array((check(portField('Port'), port) as string[]).length).fill(
        'Port must be a whole number from 1 to 65535',
      ),
    )
  })
  it('takes 0 and names the unit where told', () => {
    expect(check(portField('Port', 0), 0)).toEqual({ value: 0 })
    expect(check(integerField('Time', 1, 5, 'ms'), 6)).toEqual(['Time must be a whole number from 1 to 5 ms'])
  })
  it('knows true from "true"', () => {
    expect(check(booleanField('Trace'), false)).toEqual({ value: false })
    expect(check(booleanField('Trace'), 'true')).toEqual(['Trace must be true or false'])
  })
})

describe('host', () => {
  it.each([
    ['Bücher.example', { value: 'xn--bcher-kva.example' }],
    ['[::1]', { value: '::1' }],
    ['', ['Host is empty: give a name or an IP address']],
    ['a b', ['Host "a b" is not a host name: " " can\'t be part of one']],
    [1, ['Host must be text']],
  ])('%j', (text, expected) => {
    expect(check(hostField('Host'), text)).toEqual(expected)
  })
})

describe('login', () => {
  const login = loginField('Password')
  it.each([
    ['', { value: '' }],
    ['x'.repeat(255), { value: 'x'.repeat(255) }],
    ['x'.repeat(256), ['Password is too long: at most 255 bytes as UTF-8']],
    ['é'.repeat(127), { value: 'é'.repeat(127) }],
    ['é'.repeat(128), ['Password is too long: at most 255 bytes as UTF-8']],
    ['😀'.repeat(64), ['Password is too long: at most 255 bytes as UTF-8']],
    ['a\0b', ['Password must not contain a NUL character']],
    [5, ['Password must be text']],
  ])('%j', (text, expected) => {
    expect(check(login, text)).toEqual(expected)
  })

  it.each(['', 'abc', 'é€😀', '\ud800', 'a\u07ff\u0800\uffff'])('counts the UTF-8 bytes of %j', (text) => {
    expect(utf8Length(text)).toBe(Buffer.byteLength(text))
  })
})

describe('network', () => {
  it.each([
    ['192.168.0.0/16', '192.168.0.0/16'],
    ['192.168.7.9/16', '192.168.0.0/16'],
    [' 10.0.0.5 ', '10.0.0.5/32'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['10.0.0.0/08', '10.0.0.0/8'],
    ['::/0', '::/0'],
    ['FD00:0::5/8', 'fd00::/8'],
    ['::1', '::1/128'],
  ])('takes %s as %s', (text, value) => {
    expect(check(networkSchema, text)).toEqual({ value })
  })
  it.each([
    '',
    '10.0.0.0/33',
    '10.0.0/8',
    '10/8',
    '::/129',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
    'db',
    '/8',
  ])('refuses %j', (text) => {
    expect(check(networkSchema, text)).toEqual([
      `Network "${text}" is not an address or a network like 192.168.0.0/16 or fd00::/8`,
    ])
  })
})
