import { describe, expect, it } from 'vitest'
import { explainInFull } from '../../../shared/texts/explain.ts'
import { managed } from '../../support/managed.ts'
import { makeRig, type RigOptions } from '../../support/rig.ts'
import { foreignAnswers, type BoundAddress, type SocksScript } from '../../support/socks-script.ts'
import { socks4Reply, socks5Reply } from '../../support/socks-wire.ts'
import { startBanner, startEcho } from '../../support/targets.ts'

const hexCodes = (codes: readonly number[]) =>
  codes.map((code) => [code.toString(16).padStart(2, '0'), code] as const)

/** The failure of one connection, and what the log says of it; the client must see a reset. */
async function failThrough(options: Omit<RigOptions, 'to'>) {
  const { hop, engine } = await makeRig({ to: { host: 'db.internal', port: 5432 }, ...options })
  const client = await engine.connect()
  expect(await client.ending).toBe('ECONNRESET')
  const failure = await engine.failure()
  const text = explainInFull(failure).replace(String(hop.port), 'PORT')
  expect(engine.logs.map(({ message }) => message.replace(String(hop.port), 'PORT')).join('\n')).toContain(
    text,
  )
  return { failure, text }
}

describe('answers in pieces', () => {
  const versions = [{ version: '4' }, { version: '4a' }, { version: '5' }] as const

  it.each(versions)('byte by byte ($version)', async (hop) => {
    const echo = await managed(startEcho())
    const { engine } = await makeRig({ to: echo.port, script: { bytewise: true }, hop })
    const client = await engine.connect()
    client.end('echo')
    expect((await client.takeRest()).toString()).toBe('echo')
  })

  it('byte by byte with a login', async () => {
    const login = { user: 'me', password: 'secret' }
    const echo = await managed(startEcho())
    const { engine } = await makeRig({ to: echo.port, script: { bytewise: true, login }, hop: login })
    const client = await engine.connect()
    client.end('echo')
    expect((await client.takeRest()).toString()).toBe('echo')
  })

  it.each(versions)('reply and first data in one segment ($version)', async (hop) => {
    const banner = await managed(startBanner('220 ready\r\n'))
    const { engine } = await makeRig({ to: banner.port, script: { early: '<early data>' }, hop })
    const client = await engine.connect()
    expect(await client.takeText(23)).toBe('<early data>220 ready\r\n')
    client.end('bye')
    expect((await client.takeRest()).toString()).toBe('bye')
    expect(await engine.closedConnection()).toMatchObject({ bytesUp: 3, bytesDown: 26 })
  })

  it.each(versions)('reply, first data and end in one segment ($version)', async (hop) => {
    const echo = await managed(startEcho())
    const script: SocksScript = { early: 'all there is', at: { relay: { then: 'end' } } }
    const { engine } = await makeRig({ to: echo.port, script, hop })
    const client = await engine.connect()
    expect((await client.takeRest()).toString()).toBe('all there is')
    client.end()
  })

  it('a megabyte with the reply, byte for byte', async () => {
    const echo = await managed(startEcho())
    const early = Buffer.alloc(1_000_000, 'abcdefg')
    const { engine } = await makeRig({ to: echo.port, script: { early } })
    const client = await engine.connect()
    expect((await client.take(early.length)).equals(early)).toBe(true)
    client.end()
    expect((await client.takeRest()).length).toBe(0)
  })
})

describe('bound addresses of a SOCKS5 reply', () => {
  it.each<BoundAddress>(['ipv4', 'ipv6', 'name', 'longest-name'])('%s is skipped', async (boundAddress) => {
    const echo = await managed(startEcho())
    for (const bytewise of [false, true]) {
      const { engine } = await makeRig({ to: echo.port, script: { boundAddress, bytewise, early: '!' } })
      const client = await engine.connect()
      client.end('echo')
      expect((await client.takeRest()).toString()).toBe('!echo')
    }
  })

  it('of no known kind is not SOCKS', async () => {
    const echo = await managed(startEcho())
    const { text, failure } = await failThrough({
      script: { boundAddress: 'invalid', connectTo: () => ({ host: '127.0.0.1', port: echo.port }) },
    })
    expect(failure).toMatchObject({ code: 'hop-not-socks', stage: 'request' })
    expect(text).toBe(
      'The next hop "Test hop" (127.0.0.1:PORT) does not speak SOCKS5 there: its answer is not SOCKS. ' +
        'Check the port, and what kind of proxy it is.',
    )
  })
})

describe('every SOCKS5 reply code', () => {
  const unreachable = new Set([3, 4, 6, 0xf0, 0xf1, 0xf2, 0xf3, 0xf6, 0xf7])
  const codes = [
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    0x5a,
    0x7f,
    0x80,
    ...Array.from({ length: 16 }, (_, n) => 0xf0 + n),
  ]

  it.each(hexCodes(codes))('%s', async (_, reply) => {
    const expected =
      reply === 5 ? 'target-refused' : unreachable.has(reply) ? 'target-unreachable' : 'hop-refused'
    const { failure, text } = await failThrough({ script: { reply } })
    expect(failure).toMatchObject({
      code: expected,
      stage: 'request',
      target: 'db.internal:5432',
      reply: { version: 5, code: reply },
      hop: { id: 'hop', name: 'Test hop', version: '5' },
    })
    expect(text).toContain(`(SOCKS5 reply ${reply.toString(16).toUpperCase().padStart(2, '0')})`)
  })

  it.each([
    [
      1,
      'The next hop "Test hop" (127.0.0.1:PORT) would not connect to db.internal:5432: it failed, without giving a ' +
        'reason (SOCKS5 reply 01). Check the destination, and the proxy’s own log.',
    ],
    [
      2,
      'The next hop "Test hop" (127.0.0.1:PORT) would not connect to db.internal:5432: its rules forbid this ' +
        'destination (SOCKS5 reply 02). Ask the proxy’s administrator to allow it.',
    ],
    [
      4,
      'The next hop "Test hop" (127.0.0.1:PORT) could not reach db.internal:5432: it can not reach the host, or not ' +
        'resolve its name (SOCKS5 reply 04). Check the destination’s name and address, and that a path leads there.',
    ],
    [
      5,
      'db.internal:5432 refused the connection from the next hop "Test hop" (127.0.0.1:PORT) (SOCKS5 reply 05). ' +
        'Check that the service runs there and that the port is right.',
    ],
    [
      9,
      'The next hop "Test hop" (127.0.0.1:PORT) would not connect to db.internal:5432: it failed for a reason that ' +
        'no standard names (SOCKS5 reply 09). Check the destination, and the proxy’s own log.',
    ],
  ])('%i in words', async (reply, sentence) => {
    expect((await failThrough({ script: { reply } })).text).toBe(sentence)
  })

  it('counts even where the rest of the reply is missing', async () => {
    const { failure } = await failThrough({
      script: { reply: 2, at: { request: { cutAt: 2, then: 'end' } } },
    })
    expect(failure).toMatchObject({ code: 'hop-refused', reply: { version: 5, code: 2 } })
  })
})

describe('every SOCKS4 reply code', () => {
  it.each(hexCodes([1, 0x59, 0x5b, 0x5c, 0x5d, 0x5e, 0xff]))('%s', async (_, reply) => {
    const isLogin = reply === 0x5c || reply === 0x5d
    for (const version of ['4', '4a'] as const) {
      const { failure, text } = await failThrough({
        script: { reply },
        hop: { version },
        rule: { to: { host: '127.0.0.9', port: 5432 } },
      })
      expect(failure).toMatchObject({
        code: isLogin ? 'hop-auth-failed' : 'hop-refused',
        stage: 'request',
        reply: { version: 4, code: reply },
      })
      expect(text).toContain(`(SOCKS4 reply ${reply.toString(16).toUpperCase().padStart(2, '0')})`)
    }
  })

  it('00 is none', async () => {
    const { failure } = await failThrough({ script: { reply: 0 }, hop: { version: '4a' } })
    expect(failure).toMatchObject({ code: 'hop-not-socks', stage: 'request', looksLike: 'other' })
  })
})

describe('logins', () => {
  const hop = '(127.0.0.1:PORT)'
  it.each<[string, Omit<RigOptions, 'to'>, string]>([
    [
      'that are missing',
      { script: { login: { user: 'me', password: 'secret' } } },
      `The next hop "Test hop" ${hop} wants a login. Give the hop a user and password.`,
    ],
    [
      'that are missing, asked for without an offer',
      { script: { answers: { greeting: Uint8Array.of(5, 2) } } },
      `The next hop "Test hop" ${hop} wants a login. Give the hop a user and password.`,
    ],
    [
      'that are wrong',
      { script: { login: { user: 'me', password: 'secret' } }, hop: { user: 'me', password: 'guess' } },
      `The next hop "Test hop" ${hop} refused the user or password. Check the hop’s user and password.`,
    ],
    [
      'refused with another status',
      {
        script: { login: { user: 'me', password: 'x' }, answers: { login: Uint8Array.of(1, 0xff) } },
        hop: { user: 'me', password: 'guess' },
      },
      `The next hop "Test hop" ${hop} refused the user or password. Check the hop’s user and password.`,
    ],
    [
      'refused without a word',
      {
        script: { login: { user: 'me', password: 'x' }, at: { login: { then: 'end' } } },
        hop: { user: 'me', password: 'guess' },
      },
      `The next hop "Test hop" ${hop} refused the user or password. Check the hop’s user and password.`,
    ],
    [
      'of a kind that we do not have',
      { script: { answers: { greeting: Uint8Array.of(5, 1) } }, hop: { user: 'me', password: 'guess' } },
      `The next hop "Test hop" ${hop} accepts none of our ways to log in. It may want no login, or one like GSSAPI ` +
        'that Nexthop does not have: ask its administrator.',
    ],
  ])('%s', async (_, options, sentence) => {
    const { failure, text } = await failThrough(options)
    expect(failure).toMatchObject({ code: 'hop-auth-failed' })
    expect(text).toBe(sentence)
    expect(JSON.stringify(failure)).not.toMatch(/guess|secret/)
  })
})

describe('things that are not the SOCKS asked for', () => {
  const raw = (send: string | Uint8Array): SocksScript => ({ at: { greeting: { send, then: 'end' } } })
  const raw4 = (send: string | Uint8Array): SocksScript => ({ at: { request: { send, then: 'end' } } })

  it.each<[string, SocksScript, '4' | '5', string | undefined]>([
    ['HTTP', raw(foreignAnswers.http), '5', 'http'],
    ['a TLS alert', raw(foreignAnswers.tlsAlert), '5', 'tls'],
    ['an SSH banner', raw(foreignAnswers.ssh), '5', 'ssh'],
    [
      'an SSH banner before we spoke',
      { at: { accept: { send: foreignAnswers.ssh, then: 'stall' } } },
      '5',
      'ssh',
    ],
    ['garbage', raw(foreignAnswers.garbage), '5', 'other'],
    ['a SOCKS4 reply', raw(socks4Reply(0x5b)), '5', 'socks4'],
    ['a later SOCKS version', raw(Uint8Array.of(6, 0)), '5', 'other'],
    ['nothing', { versions: [4] }, '5', 'silence'],
    ['HTTP', raw4(foreignAnswers.http), '4', 'http'],
    ['a SOCKS5 reply', raw4(socks5Reply(1)), '4', 'socks5'],
    ['garbage', raw4(foreignAnswers.garbage), '4', 'other'],
    ['nothing', { versions: [5] }, '4', 'silence'],
    ['a wrong version in the reply', { answers: { request: socks5Reply(0, 'ipv4', 4) } }, '5', undefined],
  ])('%s (%j to SOCKS%s)', async (_, script, version, looksLike) => {
    const { failure } = await failThrough({
      script: { ...script, connectTo: () => ({ host: '127.0.0.1', port: 1 }) },
      hop: { version },
      rule: { to: { host: '127.0.0.9', port: 5432 } },
    })
    expect(failure.code).toBe('hop-not-socks')
    if (looksLike) expect(failure.looksLike).toBe(looksLike)
  })

  it('byte by byte too', async () => {
    const { failure } = await failThrough({
      script: { bytewise: true, at: { greeting: { send: foreignAnswers.http, then: 'end' } } },
    })
    expect(failure).toMatchObject({ code: 'hop-not-socks', looksLike: 'http', stage: 'greet' })
  })
})
