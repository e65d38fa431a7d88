import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LoginBlanker } from '../../../../main/engine/capture/login-blanker.ts'

const greeting = Buffer.from([5, 2, 0, 2])
const login = (user: string, password: string) =>
  Buffer.from([1, user.length, ...Buffer.from(user), password.length, ...Buffer.from(password)])
const toName = Buffer.concat([Buffer.from([5, 1, 0, 3, 3]), Buffer.from('abc'), Buffer.from([0, 80])])
const toIpv4 = Buffer.from([5, 1, 0, 1, 127, 0, 0, 1, 0, 80])
const toIpv6 = Buffer.concat([Buffer.from([5, 1, 0, 4]), Buffer.alloc(16, 5), Buffer.from([0, 80])])

function blank(chunks: readonly Buffer[], secrets: readonly string[] = []): Buffer {
  const blanker = new LoginBlanker(secrets)
  return Buffer.concat(chunks.map((chunk) => blanker.blank(chunk)))
}

describe('blanking logins', () => {
  it('blanks the passwords of a chain of SOCKS5 logins, however they are cut', () => {
    const sent = Buffer.concat([
      ...[greeting, login('me', 'open-sesame'), toName],
      ...[greeting, login('you', 'hunter2'), toIpv6],
      ...[greeting, toIpv4, Buffer.from('\x01\x05hello: hunter2')],
    ])
    const expected = Buffer.concat([
      ...[greeting, login('me', '***********'), toName],
      ...[greeting, login('you', '*******'), toIpv6],
      ...[greeting, toIpv4, Buffer.from('\x01\x05hello: hunter2')],
    ])
    const cuts = fc.array(fc.nat(sent.length), { maxLength: 12 })
    const property = fc.property(cuts, (places) => {
      const sorted = [0, ...places.sort((a, b) => a - b), sent.length]
      const chunks = sorted.slice(1).map((end, index) => sent.subarray(sorted[index], end))
      expect(blank(chunks)).toEqual(expected)
    })
    fc.assert(property)
  })

  it('copes with an empty user, an empty password, and a greeting without methods', () => {
    const sent = Buffer.concat([Buffer.from([5, 0]), login('', ''), toIpv4, Buffer.from('GET /')])
    expect(blank([sent])).toEqual(sent)
    expect(blank([greeting, login('', 'secret')])).toEqual(Buffer.concat([greeting, login('', '******')]))
  })

  it('blanks what HTTP, FTP and POP3 send as a login', () => {
    const request =
      'GET / HTTP/1.1\r\nAuthorization: Basic bWU6c2VjcmV0\r\nproxy-authorization: bearer abc\r\n\r\n'
    expect(blank([Buffer.from(request)]).toString()).toBe(
      'GET / HTTP/1.1\r\nAuthorization: Basic ************\r\nproxy-authorization: bearer ***\r\n\r\n',
    )
    expect(blank([Buffer.from('USER me\r\n'), Buffer.from('PASS secret\r\n')]).toString()).toBe(
      'USER me\r\nPASS ******\r\n',
    )
  })

  it('blanks a known password anywhere, also as base64, and keeps what was handed in as it was', () => {
    const chunk = Buffer.from('x hunter22 aHVudGVyMjI= hunter22')
    expect(blank([chunk], ['hunter22']).toString()).toBe('x ******** ************ ********')
    expect(chunk.toString()).toContain('hunter22')
    // One that is too short would blank half of everything.
    expect(blank([Buffer.from('a b c')], ['b']).toString()).toBe('a b c')
  })

  it('gives back the very chunk where there is nothing to blank', () => {
    const chunk = Buffer.from('hello')
    expect(new LoginBlanker(['hunter22']).blank(chunk)).toBe(chunk)
  })
})

it('blanks what a server sends back, without taking its bytes for a login', () => {
  const blanker = new LoginBlanker(['hunter22'], 'server')
  expect(blanker.blank(Buffer.from('no: hunter22!')).toString()).toBe('no: ********!')
  expect(blanker.blank(Buffer.from('\nAuthorization: Basic YTpi\n')).toString()).toContain('Basic ****\n')
  const likeLogin = Buffer.from([5, 1, 2, 1, 1, 0x61, 1, 0x62])
  expect(new LoginBlanker([], 'server').blank(likeLogin)).toEqual(likeLogin)
})
