import { describe, expect, it } from 'vitest'
import { formatEndpoint, formatListen } from '../../../shared/model/address.ts'
import { parseEndpoint, parseListen, parsePort } from '../../../shared/model/parse-address.ts'

describe('parsePort', () => {
  it.each([
    ['1', 1],
    ['65535', 65535],
    ['00080', 80],
  ])('takes %s', (text, value) => {
    expect(parsePort(text)).toEqual({ ok: true, value })
  })

  it.each(['0', '65536', '-1', '80.5', '1e3', '0x50', '', ' 80', '123456', '٨٠'])('refuses %j', (text) => {
    expect(parsePort(text)).toMatchObject({
      ok: false,
      message: `port "${text}" is not a whole number from 1 to 65535`,
    })
  })

  it('takes 0 where the lower bound says so', () => {
    expect(parsePort('0', 0)).toEqual({ ok: true, value: 0 })
    expect(parsePort('x', 0)).toMatchObject({
      ok: false,
      message: 'port "x" is not a whole number from 0 to 65535',
    })
  })
})

describe('parseEndpoint', () => {
  it.each([
    ['db.internal:5432', 'db.internal', 5432],
    [' DB.internal:5432 ', 'db.internal', 5432],
    ['127.0.0.1:1', '127.0.0.1', 1],
    ['[::1]:443', '::1', 443],
    ['[2001:DB8::0:1]:443', '2001:db8::1', 443],
    ['bücher.example:80', 'xn--bcher-kva.example', 80],
  ])('takes %s', (text, host, port) => {
    expect(parseEndpoint(text)).toEqual({ ok: true, value: { host, port } })
  })

  it.each([
    ['db.internal', '"db.internal" is not host:port: write host:port'],
    ['::1:80', '"::1:80" is not host:port: put an IPv6 address in brackets, [::1]:80'],
    ['[::1]', '"[::1]" is not host:port: put an IPv6 address in brackets, [::1]:80'],
    ['', '"" is not host:port: write host:port'],
    [':80', 'host is empty: give a name or an IP address'],
    ['db:', 'port "" is not a whole number from 1 to 65535'],
    ['db:http', 'port "http" is not a whole number from 1 to 65535'],
    ['db:0', 'port "0" is not a whole number from 1 to 65535'],
    ['a b:80', 'host "a b" is not a host name: " " can\'t be part of one'],
    ['[db]:80', 'host "[db]" is not a host name: "[" can\'t be part of one'],
  ])('refuses %j', (text, message) => {
    expect(parseEndpoint(text)).toMatchObject({ ok: false, message })
  })
})

describe('parseListen', () => {
  it.each([
    ['9102', { kind: 'tcp', host: '127.0.0.1', port: 9102 }],
    ['0', { kind: 'tcp', host: '127.0.0.1', port: 0 }],
    ['127.0.0.1:9102', { kind: 'tcp', host: '127.0.0.1', port: 9102 }],
    ['[::1]:9102', { kind: 'tcp', host: '::1', port: 9102 }],
    ['localhost:0', { kind: 'tcp', host: 'localhost', port: 0 }],
    ['*:9102', { kind: 'tcp', host: '0.0.0.0', port: 9102 }],
    ['unix:/run/nexthop.sock', { kind: 'unix', path: '/run/nexthop.sock' }],
  ])('takes %s', (text, value) => {
    expect(parseListen(text)).toEqual({ ok: true, value })
  })

  it.each([
    ['65536', 'port "65536" is not a whole number from 0 to 65535'],
    ['unix:', 'unix: needs a path, unix:/run/nexthop.sock'],
    [
      'db',
      '"db" is no place to listen: write a port, an address with a port like 127.0.0.1:9102, or unix:/path',
    ],
    [
      '-1',
      '"-1" is no place to listen: write a port, an address with a port like 127.0.0.1:9102, or unix:/path',
    ],
    ['', '"" is no place to listen: write a port, an address with a port like 127.0.0.1:9102, or unix:/path'],
  ])('refuses %j', (text, message) => {
    expect(parseListen(text)).toMatchObject({ ok: false, message })
  })
})

describe('formatting', () => {
  it.each([
    [{ host: 'db', port: 1 }, 'db:1'],
    [{ host: '127.0.0.1', port: 80 }, '127.0.0.1:80'],
    [{ host: '::1', port: 80 }, '[::1]:80'],
  ])('writes %j as %s', (endpoint, text) => {
    expect(formatEndpoint(endpoint)).toBe(text)
    expect(formatListen({ kind: 'tcp', ...endpoint })).toBe(text)
  })

  it('writes unix sockets with their scheme', () => {
    expect(formatListen({ kind: 'unix', path: '/run/a.sock' })).toBe('unix:/run/a.sock')
  })
})
