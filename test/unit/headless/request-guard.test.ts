import type { IncomingHttpHeaders } from 'node:http'
import { describe, expect, it } from 'vitest'
import { refusal } from '../../../main/headless/web/request-guard.ts'

const options = { port: 7690, allowedNames: ['nexthop.example'] }

function statusOf(headers: IncomingHttpHeaders, method = 'POST'): number | undefined {
  return refusal(method, headers, options)?.status
}

describe('refusal', () => {
  it.each([
    '127.0.0.1:7690',
    'localhost:7690',
    'LOCALHOST:7690',
    '[::1]:7690',
    '192.168.1.2:7690',
    'nexthop.example',
    'nexthop.example:443',
  ])('lets the host %s in', (host) => {
    expect(statusOf({ host })).toBeUndefined()
  })

  it.each([
    undefined,
    '',
    'evil.example:7690',
    '127.0.0.1',
    '127.0.0.1:80',
    'localhost:7691',
    'nexthop.example.evil.example',
    '127.0.0.1:7690@evil.example',
    '127.0.0.1.evil.example:7690',
    '[::1',
  ])('keeps the host %s out', (host) => {
    expect(statusOf(host === undefined ? {} : { host })).toBe(421)
  })

  const host = '127.0.0.1:7690'
  it.each([
    ['our own page', { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }, undefined],
    ['a program', {}, undefined],
    ['an address that was typed', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }, undefined],
    ['a link elsewhere', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, undefined],
    ['another site', { origin: 'https://evil.example' }, 403],
    ['a sandboxed frame', { origin: 'null' }, 403],
    ['another port of this machine', { origin: 'http://127.0.0.1:8080' }, 403],
    ['a fetch of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, 403],
    ['a fetch of another port', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }, 403],
  ])('judges the origin: %s', (_, headers, status) => {
    expect(statusOf({ host, ...headers })).toBe(status)
  })

  it.each(['PUT', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'])('does not know %s', (method) => {
    expect(statusOf({ host }, method)).toBe(405)
  })
})
