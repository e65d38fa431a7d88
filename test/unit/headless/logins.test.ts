import { describe, expect, it } from 'vitest'
import { cookieValue, createLogins } from '../../../main/headless/web/logins.ts'

describe('createLogins', () => {
  it('takes a token once', () => {
    const logins = createLogins()
    const token = logins.newToken()
    const session = logins.redeem(token)
    expect(session).toMatch(/^[\w-]{43}$/)
    expect(logins.isSession(session)).toBe(true)
    expect(logins.redeem(token)).toBeUndefined()
  })

  it('voids a token for a newer one', () => {
    const logins = createLogins()
    const first = logins.newToken()
    const second = logins.newToken()
    expect(logins.redeem(first)).toBeUndefined()
    expect(logins.redeem(second)).toBeDefined()
  })

  it('voids a token after ten wrong attempts', () => {
    const logins = createLogins()
    const token = logins.newToken()
    for (let attempt = 0; attempt < 10; attempt += 1) expect(logins.redeem('guess')).toBeUndefined()
    expect(logins.redeem(token)).toBeUndefined()
    expect(logins.redeem(logins.newToken())).toBeDefined()
  })

  it('knows no session that it did not make', () => {
    const logins = createLogins()
    expect(logins.redeem('')).toBeUndefined()
    expect(logins.isSession(undefined)).toBe(false)
    expect(logins.isSession('')).toBe(false)
    expect(logins.isSession('guess')).toBe(false)
  })

  it('keeps the latest fifty sessions', () => {
    const logins = createLogins()
    const sessions = Array.from({ length: 51 }, () => logins.redeem(logins.newToken()))
    expect(logins.isSession(sessions[0])).toBe(false)
    expect(logins.isSession(sessions[1])).toBe(true)
    expect(logins.isSession(sessions[50])).toBe(true)
  })
})

describe('cookieValue', () => {
  it.each([
    ['nexthop-1=a', 'a'],
    ['x=y; nexthop-1=a=b; nexthop-10=c', 'a=b'],
    ['nexthop-10=c', undefined],
    [undefined, undefined],
  ])('of %s is %s', (header, value) => {
    expect(cookieValue(header, 'nexthop-1')).toBe(value)
  })
})
