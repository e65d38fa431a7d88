import { describe, expect, it } from 'vitest'
import { formatHopUrl, parseHopUrl } from '../../../shared/model/hop-url.ts'

const expected =
  'socks4, socks4a, socks5, socks5h (each also with +tls), http or https://[user[:password]@]host[:port]'

describe('parseHopUrl', () => {
  it.each([
    ['socks4://10.0.0.5:1080', { host: '10.0.0.5', port: 1080, version: '4', resolveAt: 'here' }],
    ['http://hop', { host: 'hop', port: 8080, protocol: 'http', version: '5', resolveAt: 'hop' }],
    ['https://hop', { host: 'hop', port: 443, protocol: 'http', version: '5', resolveAt: 'hop', tls: {} }],
    ['socks5h+tls://hop', { host: 'hop', port: 1080, version: '5', resolveAt: 'hop', tls: {} }],
    ['socks4a://hop', { host: 'hop', port: 1080, version: '4a', resolveAt: 'hop' }],
    ['socks5://hop:1', { host: 'hop', port: 1, version: '5', resolveAt: 'here' }],
    ['SOCKS5H://Hop:1/', { host: 'hop', port: 1, version: '5', resolveAt: 'hop' }],
    ['socks5://[::1]', { host: '::1', port: 1080, version: '5', resolveAt: 'here' }],
    ['socks5://[::1]:9', { host: '::1', port: 9, version: '5', resolveAt: 'here' }],
    ['socks4://me@hop', { host: 'hop', port: 1080, version: '4', resolveAt: 'here', user: 'me' }],
    ['socks5://me@hop', { host: 'hop', port: 1080, version: '5', resolveAt: 'here', user: 'me' }],
    [
      'socks5://me:secret@hop',
      { host: 'hop', port: 1080, version: '5', resolveAt: 'here', user: 'me', password: 'secret' },
    ],
    [
      'socks5://m%40e:s%3Ac%2Fr%25t@hop',
      { host: 'hop', port: 1080, version: '5', resolveAt: 'here', user: 'm@e', password: 's:c/r%t' },
    ],
    [
      'socks5://me:a@b/c?d#e:f@hop',
      { host: 'hop', port: 1080, version: '5', resolveAt: 'here', user: 'me', password: 'a@b/c?d#e:f' },
    ],
    [
      'socks5://me:@hop',
      { host: 'hop', port: 1080, version: '5', resolveAt: 'here', user: 'me', password: '' },
    ],
  ])('takes %s', (text, value) => {
    expect(parseHopUrl(text)).toEqual({ ok: true, value })
  })

  it.each([
    ['', `this is not the URL of a next hop: write ${expected}`],
    [
      '10.0.0.5:1080',
      `this is not the URL of a next hop: write socks5h://10.0.0.5:1080, or in general ${expected}`,
    ],
    [
      '[::1]:1080',
      `this is not the URL of a next hop: write socks5h://[::1]:1080, or in general ${expected}`,
    ],
    ['secret:1080', `this is not the URL of a next hop: write ${expected}`],
    ['me:secret@10.0.0.5:1080', `this is not the URL of a next hop: write ${expected}`],
    ['socks5+ssl://hop:3128', `"socks5+ssl://" is not a scheme of next hops: write ${expected}`],
    ['http+tls://hop:3128', `"http+tls://" is not a scheme of next hops: write ${expected}`],
    ['socks://hop', `"socks://" is not a scheme of next hops: write ${expected}`],
    ['socks6://hop', `"socks6://" is not a scheme of next hops: write ${expected}`],
    ['socks5://hop/path', 'the URL of a next hop ends behind its host and port: leave out what follows'],
    [
      'http://me:secret@hop:1?a',
      'the URL of a next hop ends behind its host and port: leave out what follows',
    ],
    ['socks5://', 'host is empty: give a name or an IP address'],
    ['socks5://me:secret@', 'host is empty: give a name or an IP address'],
    ['socks5://hop:0', 'the port in the URL is not a whole number from 1 to 65535'],
    ['socks5://hop:', 'the port in the URL is not a whole number from 1 to 65535'],
    // The "@host" is missing: what looks like a port is the password.
    ['socks5://me:secret', 'the port in the URL is not a whole number from 1 to 65535'],
    ['socks5://::1', 'the host in the URL is not complete: put an IPv6 address in brackets, [::1]:1080'],
    [
      'socks5://me:se:cret',
      'the host in the URL is not complete: put an IPv6 address in brackets, [::1]:1080',
    ],
    ['socks5://[::1]x', 'the host in the URL is not complete: put an IPv6 address in brackets, [::1]:1080'],
    ['socks5://a_b!', 'host "a_b!" is not a host name: "!" can\'t be part of one'],
    ['socks4://me:secret@hop', 'SOCKS4 has no passwords: remove it, or use socks5://'],
    ['socks4a://me:secret@hop', 'SOCKS4a has no passwords: remove it, or use socks5://'],
    ['socks5://me:100%@hop', 'the login has a "%" that starts no %XX sequence: write %25 for a percent sign'],
  ])('refuses %j without repeating the login', (text, message) => {
    expect(parseHopUrl(text)).toMatchObject({ ok: false, message })
    expect(message).not.toMatch(/secret|se:cret/)
  })
})

describe('formatHopUrl', () => {
  it.each([
    [{ host: 'hop', port: 1080, version: '4', resolveAt: 'here' }, 'socks4://hop:1080'],
    [{ host: 'hop', port: 1080, version: '4a', resolveAt: 'hop' }, 'socks4a://hop:1080'],
    [{ host: '::1', port: 9, version: '5', resolveAt: 'here' }, 'socks5://[::1]:9'],
    [{ host: 'hop', port: 1080, version: '5', resolveAt: 'hop' }, 'socks5h://hop:1080'],
    [
      { host: 'hop', port: 1080, version: '5', resolveAt: 'hop', user: 'm@e:' },
      'socks5h://m%40e%3A@hop:1080',
    ],
  ] as const)('writes %j', (hop, url) => {
    expect(formatHopUrl(hop)).toBe(url)
  })

  it('leaves the password out', () => {
    const hop = {
      host: 'hop',
      port: 1,
      version: '5',
      resolveAt: 'here',
      user: 'me',
      password: 'secret',
    } as const
    expect(formatHopUrl(hop)).toBe('socks5://me@hop:1')
  })
})
