import { describe, expect, it } from 'vitest'
import type { NextHopInput } from '../../../shared/model/next-hop.ts'
import { findProblems } from '../../../shared/problems.ts'
import { explainInFull } from '../../../shared/texts/explain.ts'
import { makeCertificate } from '../../support/certificate.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { noiseBuffer, sha256 } from '../../support/data.ts'
import { startEngine } from '../../support/engine.ts'
import { startHttpProxy, type HttpProxyOptions } from '../../support/http-proxy.ts'
import { managed } from '../../support/managed.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startAnswerAfterEnd, startBanner, startEcho } from '../../support/targets.ts'
import { startTcpServer } from '../../support/tcp-server.ts'
import { startTlsFront } from '../../support/tls-front.ts'

// Hops that are asked in HTTP, and hops inside TLS.

function configWith(hop: Partial<NextHopInput> & { readonly port: number }, to: number) {
  return makeConfig({ hops: [makeHop(hop)], rules: [makeRule({ to })] })
}

async function start(hop: Parameters<typeof configWith>[0], to: number) {
  return managed(startEngine(configWith(hop, to)))
}

async function httpEngine(options: HttpProxyOptions, to: number, hop: Partial<NextHopInput> = {}) {
  const proxy = await managed(startHttpProxy(options))
  return { proxy, engine: await start({ protocol: 'http', port: proxy.port, ...hop }, to) }
}

describe('an HTTP hop', () => {
  it('is asked with CONNECT, and passes bytes and half-closes', async () => {
    const target = await managed(startAnswerAfterEnd())
    const { engine, proxy } = await httpEngine({}, target.port)
    const client = await engine.connect()
    client.end('x')
    expect((await client.takeRest()).toString()).toBe('got: x')
    expect(proxy.asks).toEqual([`127.0.0.1:${target.port}`])
  })

  it('loses nothing of what comes in one segment with its answer', async () => {
    const target = await managed(startBanner('hello'))
    const { engine } = await httpEngine({ early: 'early ' }, target.port)
    expect(await (await engine.connect()).takeText(11)).toBe('early hello')
  })

  it.each([true, false])('may say first that it goes on, alone: %s', async (isAlone) => {
    const text = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'
    const target = await managed(startBanner('hello'))
    const { engine } = await httpEngine({ interim: { text, isAlone }, early: 'early ' }, target.port)
    expect(await (await engine.connect()).takeText(11)).toBe('early hello')
  })

  it('gets the login that it asks for', async () => {
    const login = { user: 'ann', password: 'päss:word' }
    const target = await managed(startBanner('hello'))
    const { engine } = await httpEngine({ login }, target.port, login)
    expect(await (await engine.connect()).takeText(5)).toBe('hello')
  })

  it.each([
    ['wants a login', { login: { user: 'a', password: 'b' } }, {}, 'hop-auth-failed', /wants a login\. Give/],
    [
      'refuses the login',
      { login: { user: 'a', password: 'b' } },
      { user: 'a', password: 'secret' },
      'hop-auth-failed',
      /refused the user or password/,
    ],
    ['forbids', { status: 403 }, {}, 'hop-refused', /its rules forbid this destination \(HTTP status 403\)/],
    ['can’t reach it', { status: 502 }, {}, 'target-unreachable', /could not reach .+\(HTTP status 502\)/],
    ['is no proxy', { status: 404 }, {}, 'hop-refused', /it is a web server, not a proxy/],
    ['is no HTTP', { instead: 'SSH-2.0-x\r\n' }, {}, 'hop-not-socks', /does not answer like an HTTP proxy/],
    ['says nothing', { instead: '' }, {}, 'hop-not-socks', /does not answer like an HTTP proxy/],
  ] as const)('that %s is named, with what to try', async (_name, options, hop, code, words) => {
    const { engine } = await httpEngine(options, 9, hop)
    await engine.connect()
    const failure = await engine.failure()
    expect(failure).toMatchObject({ code, stage: 'request', hop: { protocol: 'http' } })
    expect(explainInFull(failure)).toMatch(words)
    expect(JSON.stringify(failure)).not.toContain('secret')
  })

  it('is checked without a target, too', async () => {
    const proxy = await managed(startHttpProxy({ login: { user: 'a', password: 'b' } }))
    const engine = await managed(startEngine())
    const check = async (fields: Partial<NextHopInput>) => {
      const [hop] = makeConfig({ hops: [makeHop({ protocol: 'http', port: proxy.port, ...fields })] }).hops
      if (!hop) throw new Error('no hop')
      return engine.engine.check({ hop }, () => undefined, new AbortController().signal)
    }
    expect((await check({ user: 'a', password: 'b' })).ok).toBe(true)
    expect((await check({})).failure).toMatchObject({ code: 'hop-auth-failed', login: 'missing' })
  })
})

describe('a hop inside TLS', () => {
  it.each(['socks', 'http'] as const)('carries megabytes both ways (%s)', async (protocol) => {
    const certificate = await managed(makeCertificate())
    const proxy = protocol === 'http' ? await managed(startHttpProxy()) : await managed(startSocksServer())
    const front = await managed(startTlsFront(proxy.port, certificate))
    const echo = await managed(startEcho())
    const tls = { ca: certificate.cert, serverName: 'localhost' }
    const engine = await start({ protocol, port: front.port, tls }, echo.port)
    const client = await engine.connect()
    const data = noiseBuffer(4_000_000)
    client.end(data)
    expect(sha256(await client.takeRest())).toBe(sha256(data))
    expect(front.names).toEqual(['localhost'])
    const { stages } = await engine.closedConnection()
    expect(stages.find(({ stage }) => stage === 'secure')?.note).toBe('certificate verified')
  })

  it.each([
    [
      'of an unknown issuer',
      {},
      'unknown-issuer',
      /was issued by nobody whom this machine trusts.*Give the hop your organisation’s CA certificate\.$/,
      'hop-down, edit-hop',
    ],
    [
      'for another name',
      { serverName: 'proxy.example' },
      'wrong-name',
      /is for another name.*Give the hop by the name in its certificate, or that name as its server name\.$/,
      'hop-down, edit-hop',
    ],
    [
      'that has expired',
      { serverName: 'localhost' },
      'expired',
      /is not valid at this time \(CERT_HAS_EXPIRED\)\. Check this machine’s clock; if it is right, the proxy needs a new/,
      'certificate-expired, check-hop',
    ],
  ] as const)('with a certificate %s is refused and explained', async (_name, tls, problem, words, told) => {
    const certificate = await managed(makeCertificate({ hasExpired: problem === 'expired' }))
    const socks = await managed(startSocksServer())
    const front = await managed(startTlsFront(socks.port, certificate))
    const ca = problem === 'unknown-issuer' ? {} : { ca: certificate.cert }
    const engine = await start({ port: front.port, tls: { ...tls, ...ca } }, 9)
    await engine.connect()
    const failure = await engine.failure()
    expect(failure).toMatchObject({ code: 'hop-tls-failed', stage: 'secure', tls: problem })
    expect(explainInFull(failure)).toMatch(words)
    expect(socks.asks).toEqual([])
    const { stages } = await engine.closedConnection()
    expect(stages.find((stage) => stage.failure)?.stage).toBe('secure')
    // As the app would show it while the hop is left alone.
    const health = { state: 'down', at: 1, retryAt: 2, failure } as const
    const problems = findProblems({
      config: configWith({ port: front.port, tls }, 9),
      statusOf: () => undefined,
      healthOf: () => health,
      engine: 'running',
    })
    expect(problems.map(({ kind, action }) => `${kind}, ${action}`)).toEqual([told])
  })

  it('with any certificate is taken where it is not to be verified', async () => {
    const certificate = await managed(makeCertificate())
    const socks = await managed(startSocksServer())
    const front = await managed(startTlsFront(socks.port, certificate))
    const banner = await managed(startBanner('hello'))
    const engine = await start({ port: front.port, tls: { verify: false } }, banner.port)
    expect(await (await engine.connect()).takeText(5)).toBe('hello')
  })

  it('that speaks no TLS is named', async () => {
    const server = await managed(startTcpServer((peer) => peer.end('HTTP/1.1 400 Bad Request\r\n\r\n')))
    const engine = await start({ port: server.port, tls: {} }, 9)
    await engine.connect()
    const failure = await engine.failure()
    expect(failure).toMatchObject({ code: 'hop-tls-failed', tls: 'not-tls' })
    expect(explainInFull(failure)).toMatch(/does not speak TLS there/)
  })

  it('that stays silent times out in the TLS stage', async () => {
    const server = await managed(startTcpServer())
    const engine = await start({ port: server.port, tls: {}, handshakeTimeoutMs: 200 }, 9)
    await engine.connect()
    expect(await engine.failure()).toMatchObject({ code: 'timeout', stage: 'secure', afterMs: 200 })
  })
})
