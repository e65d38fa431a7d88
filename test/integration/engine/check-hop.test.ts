import { createServer as createHttpServer } from 'node:http'
import { createServer as createTlsServer } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { checkHop } from '../../../main/engine/check/check-hop.ts'
import type { NextHop, NextHopInput } from '../../../shared/model/next-hop.ts'
import type { StageRecord } from '../../../shared/runtime.ts'
import { explainInFull } from '../../../shared/texts/explain.ts'
import { makeConfig, makeHop } from '../../support/config.ts'
import { startHttpProxy } from '../../support/http-proxy.ts'
import { managed } from '../../support/managed.ts'
import { foreignAnswers, type SocksScript } from '../../support/socks-script.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startEcho } from '../../support/targets.ts'
import { freePort, startListening, startTcpServer } from '../../support/tcp-server.ts'

const target = { host: 'db.internal', port: 5432 }

function hopOf(fields: Partial<NextHopInput> & { readonly port: number }): NextHop {
  const [hop] = makeConfig({ hops: [makeHop({ handshakeTimeoutMs: 400, ...fields })] }).hops
  if (!hop) throw new Error('no hop')
  return hop
}

/** The verdict in words, with the port and path of the test taken out. */
async function check(hop: NextHop, to: typeof target | null = target) {
  const progress: (readonly StageRecord[])[] = []
  const report = await checkHop(
    to ? { hop, target: to } : { hop },
    (stages) => progress.push(stages),
    new AbortController().signal,
    () => false,
  )
  const words = report.failure ? explainInFull(report.failure) : 'fine'
  return { report, progress, words: words.replaceAll(`:${hop.port})`, ':PORT)') }
}

async function checkScript(
  script: SocksScript,
  fields: Partial<NextHopInput> = {},
  to: typeof target | null = target,
) {
  const server = await managed(startSocksServer(script))
  return check(hopOf({ port: server.port, ...fields }), to)
}

describe('the check of a next hop', () => {
  it('goes through to the target, stage by stage', async () => {
    const echo = await managed(startEcho())
    const { report, progress } = await checkScript(
      { login: { user: 'me', password: 'pw' } },
      { user: 'me', password: 'pw' },
      { host: '127.0.0.1', port: echo.port },
    )
    expect(report.ok).toBe(true)
    expect(report.stages.map(({ stage }) => stage)).toEqual([
      'connect-hop',
      'greet',
      'authenticate',
      'request',
    ])
    expect(report.stages.every(({ durationMs }) => durationMs !== undefined)).toBe(true)
    expect(progress.length).toBeGreaterThanOrEqual(4)
  })

  it.each(['5', '4', '4a'] as const)('needs no target (SOCKS%s)', async (version) => {
    const { report } = await checkScript({}, { version }, null)
    expect(report).toMatchObject({ ok: true })
  })

  it('says that nothing listens', async () => {
    const { words } = await check(hopOf({ port: await freePort() }))
    expect(words).toBe(
      'The next hop "Test hop" (127.0.0.1:PORT) refused the connection: nothing listens there. ' +
        'Check that the proxy runs, and its address and port.',
    )
  })

  it('says that the name is not known', async () => {
    const { words } = await check(hopOf({ port: 1080, host: 'proxy.invalid' }))
    expect(words).toBe(
      'The name of the next hop "Test hop" (proxy.invalid:PORT) is not known. ' +
        'Check its spelling, and this machine’s DNS.',
    )
  })

  it('tells a web server from a proxy, and soon', async () => {
    // The first one answers to a SOCKS greeting, the second one waits for a complete request.
    const patient = await managed(
      startTcpServer((peer) => {
        peer.takeText(7).then(
          (text) => peer.write(`HTTP/1.0 ${text.startsWith('CONNECT') ? 405 : 200} Well\r\n\r\n`),
          () => undefined,
        )
      }),
    )
    const http = createHttpServer()
    for (const port of [await startListening(http), patient.port]) {
      const startedAt = performance.now()
      const { words } = await check(hopOf({ port, handshakeTimeoutMs: 10_000 }), null)
      expect(words).toBe(
        'The next hop "Test hop" (127.0.0.1:PORT) does not speak SOCKS5 there: it is a web server, not a proxy. ' +
          'Give the proxy’s own address and port; its SOCKS port is often 1080.',
      )
      expect(performance.now() - startedAt).toBeLessThan(2500)
    }
    http.close()
  })

  it.each([501, 405, 400, 404])(
    'does not take a web server that answers %d for an HTTP proxy',
    async (status) => {
      const web = await managed(startHttpProxy({ status }))
      for (const to of [target, null]) {
        const { words } = await check(hopOf({ port: web.port, protocol: 'http' }), to)
        expect(words).toBe(
          'The next hop "Test hop" (127.0.0.1:PORT) is a web server, not a proxy. Give the proxy’s own address and port.',
        )
      }
    },
  )

  it('takes an HTTP proxy for one whatever else it says of its loopback', async () => {
    for (const status of [200, 403, 500, 502, 503]) {
      const proxy = await managed(startHttpProxy({ status }))
      expect((await check(hopOf({ port: proxy.port, protocol: 'http' }), null)).words).toBe('fine')
    }
  })

  it('says that an HTTP proxy gave no answer, and names no destination that nobody asked for', async () => {
    const silent = await managed(startTcpServer())
    const { words, report } = await check(hopOf({ port: silent.port, protocol: 'http' }), null)
    expect(words).toBe(
      'The next hop "Test hop" (127.0.0.1:PORT) accepted the connection, but sent no HTTP answer within 400 ms. ' +
        'Check that this port speaks HTTP, or raise the handshake time-out.',
    )
    expect(JSON.stringify(report)).not.toContain('127.0.0.1:1"')
  })

  it('finds SOCKS5 where HTTP was asked for', async () => {
    const socks = await managed(startSocksServer())
    for (const to of [target, null]) {
      const { words } = await check(hopOf({ port: socks.port, protocol: 'http' }), to)
      expect(words).toContain('does not speak HTTP there: it speaks SOCKS5. Choose SOCKS5')
    }
  })

  it('recognises an HTTP proxy', async () => {
    const http = await managed(startHttpProxy({}))
    const { words } = await check(hopOf({ port: http.port, handshakeTimeoutMs: 10_000 }))
    expect(words).toBe(
      'The next hop "Test hop" (127.0.0.1:PORT) does not speak SOCKS5 there: it answers like an HTTP proxy or ' +
        'web server. Choose HTTP as the hop’s protocol, or use its SOCKS port, often 1080.',
    )
  })

  it('recognises an HTTP proxy that waits for a complete request', async () => {
    const http = await managed(
      startTcpServer((peer) => {
        peer.takeText(7).then(
          () => peer.write('HTTP/1.0 200 OK\r\n\r\n'),
          () => undefined,
        )
      }),
    )
    const { words } = await check(hopOf({ port: http.port }))
    expect(words).toContain('it answers like an HTTP proxy or web server')
  })

  it('does not wait for the time-out of what it has recognised', async () => {
    const http = await managed(
      startTcpServer((peer) => {
        peer.takeText(7).then(
          () => peer.write('HTTP/1.0 200 OK\r\n\r\n'),
          () => undefined,
        )
      }),
    )
    for (const to of [target, null]) {
      const { words } = await check(hopOf({ port: http.port, handshakeTimeoutMs: 300_000 }), to)
      expect(words).toContain('it answers like an HTTP proxy or web server')
    }
  })

  it('recognises a TLS port', async () => {
    const tls = createTlsServer()
    const port = await startListening(tls)
    const { words } = await check(hopOf({ port }))
    tls.close()
    expect(words).toBe(
      'The next hop "Test hop" (127.0.0.1:PORT) does not speak SOCKS5 there: it speaks TLS. ' +
        'Switch on TLS for this hop, or use its plain SOCKS port.',
    )
  })

  it('names the version that works where SOCKS4 is spoken only', async () => {
    const { words, report } = await checkScript({ versions: [4] })
    expect(words).toBe(
      'The next hop "Test hop" (127.0.0.1:PORT) does not speak SOCKS5 there: it speaks SOCKS4 only. ' +
        'Set the hop’s SOCKS version to 4, or 4a.',
    )
    expect(report.worksWith).toBe('4')
  })

  it.each(['4', '4a'] as const)('names the version that works where SOCKS%s was asked', async (version) => {
    const { words, report } = await checkScript({ versions: [5] }, { version }, null)
    expect(words).toContain('it speaks SOCKS5 only. Set the hop’s SOCKS version to 5.')
    expect(report.worksWith).toBe('5')
  })

  it('says that a login is wanted', async () => {
    const { words } = await checkScript({ login: { user: 'me', password: 'pw' } })
    expect(words).toBe(
      'The next hop "Test hop" (127.0.0.1:PORT) wants a login. Give the hop a user and password.',
    )
  })

  it.each([target, null])('says that the login is wrong (target %j)', async (to) => {
    const { words, report } = await checkScript(
      { login: { user: 'me', password: 'pw' } },
      { user: 'me', password: 'wrong-secret' },
      to,
    )
    expect(words).toBe(
      'The next hop "Test hop" (127.0.0.1:PORT) refused the user or password. ' +
        'Check the hop’s user and password.',
    )
    expect(JSON.stringify(report)).not.toContain('wrong-secret')
  })

  it.each([
    ['socks', target],
    ['socks', null],
    ['http', target],
    ['http', null],
  ] as const)('says that a user has no password (%s, target %j)', async (protocol, to) => {
    const login = { user: 'me', password: 'pw' }
    const isHttp = protocol === 'http'
    const { port } = isHttp
      ? await managed(startHttpProxy({ login }))
      : await managed(startSocksServer({ login }))
    const { words } = await check(hopOf({ port, protocol, user: 'me' }), to)
    expect(words).toBe(
      'The next hop "Test hop" (127.0.0.1:PORT) refused the user, for whom no password is given. ' +
        'Give the hop its password.',
    )
  })

  it('says that the target refused', async () => {
    const { words } = await checkScript({ reply: 5 })
    expect(words).toBe(
      'db.internal:5432 refused the connection from the next hop "Test hop" (127.0.0.1:PORT) (SOCKS5 reply 05). ' +
        'Check that the service runs there and that the port is right.',
    )
  })

  it('says that the rules of the hop forbid the target', async () => {
    const { words } = await checkScript({ reply: 2 })
    expect(words).toBe(
      'The next hop "Test hop" (127.0.0.1:PORT) would not connect to db.internal:5432: its rules forbid this ' +
        'destination (SOCKS5 reply 02). Ask the proxy’s administrator to allow it.',
    )
  })

  it('recognises an SSH server', async () => {
    const ssh = await managed(startTcpServer((peer) => peer.socket.write(foreignAnswers.ssh)))
    const { words } = await check(hopOf({ port: ssh.port }))
    expect(words).toBe(
      'The next hop "Test hop" (127.0.0.1:PORT) does not speak SOCKS5 there: it is an SSH server. ' +
        'Start "ssh -D 1080" to that server, and give 127.0.0.1:1080 as the hop.',
    )
  })

  it('says that the target can not be reached', async () => {
    const { words } = await checkScript({ reply: 4 })
    expect(words).toBe(
      'The next hop "Test hop" (127.0.0.1:PORT) could not reach db.internal:5432: it can not reach the host, ' +
        'or not resolve its name (SOCKS5 reply 04). ' +
        'Check the destination’s name and address, and that a path leads there.',
    )
  })

  it('says that the handshake stalls', async () => {
    const silent = await managed(startTcpServer())
    const { words, report } = await check(hopOf({ port: silent.port }))
    // To find out what the port is instead takes longer, and is no part of the stage.
    expect(report.stages.at(-1)?.durationMs).toBeLessThan(1000)
    expect(report.totalMs).toBeGreaterThan(1000)
    expect(words).toBe(
      'The next hop "Test hop" (127.0.0.1:PORT) accepted the connection, but sent no SOCKS answer within 400 ms. ' +
        'Check that this port speaks SOCKS, or raise the handshake time-out.',
    )
  })

  it('ends when it is told to', async () => {
    const silent = await managed(startTcpServer())
    const controller = new AbortController()
    const hop = hopOf({ port: silent.port, handshakeTimeoutMs: 60_000 })
    const stages: string[] = []
    const running = checkHop(
      { hop, target },
      (all) => {
        stages.push(all.at(-1)?.stage ?? '')
        if (all.at(-1)?.stage === 'greet') controller.abort(new Error('told to'))
      },
      controller.signal,
      () => false,
    )
    await expect(running).rejects.toThrow('told to')
    expect(stages).toContain('greet')
  })
})
