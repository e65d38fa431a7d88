import { describe, expect, it } from 'vitest'
import { foreignOffers } from '../../../main/engine/dial/proxy-challenges.ts'

const head = (...lines: string[]) => ['HTTP/1.1 407 Log in', 'Via: Basic', ...lines].join('\r\n')

describe('the logins that a proxy offers', () => {
  it.each<[string[], string[] | undefined]>([
    [[], undefined],
    [['Proxy-Authenticate: Basic realm="x"'], undefined],
    [['proxy-authenticate:basic'], undefined],
    [['Proxy-Authenticate: NTLM'], ['NTLM']],
    [
      ['Proxy-Authenticate: Negotiate', 'Proxy-Authenticate: NTLM'],
      ['Negotiate', 'NTLM'],
    ],
    [['Proxy-Authenticate: NTLM', 'Proxy-Authenticate: Basic realm="x"'], undefined],
    [['Proxy-Authenticate: Digest realm="a, Basic b", qop="auth", nonce=x'], ['Digest']],
    [['Proxy-Authenticate: Digest realm = "x", Basic realm="y"'], undefined],
    [['Proxy-Authenticate: Negotiate TlRM==, NTLM, NTLM'], ['Negotiate', 'NTLM']],
    [['Proxy-Authenticate: \u001b[31m'], undefined],
    [[`Proxy-Authenticate: ${'x'.repeat(50)}`], undefined],
    [['Proxy-Authenticate: a, b, c, d, e'], ['a', 'b', 'c', 'd']],
  ])('%j: %j', (lines, offers) => {
    expect(foreignOffers(head(...lines))).toEqual(offers)
  })
})
