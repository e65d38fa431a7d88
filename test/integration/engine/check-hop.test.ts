import { createServer as createHttpServer } from 'node:http'
import { createServer as createTlsServer } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { checkHop } from '../../../main/engine/check/check-hop.ts'
import { check, checkScript, hopOf, target } from '../../support/hop-check.ts'
import { startHttpProxy } from '../../support/http-proxy.ts'
import { managed } from '../../support/managed.ts'
import { foreignAnswers } from '../../support/socks-script.ts'
import { startEcho } from '../../support/targets.ts'
import { freePort, startListening, startTcpServer } from '../../support/tcp-server.ts'

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
    expect(report.speaks).toEqual({ version: '4a', reachesTarget: false })
  })

  it.each(['4', '4a'] as const)('names the version that works where SOCKS%s was asked', async (version) => {
    const { words, report } = await checkScript({ versions: [5] }, { version }, null)
    expect(words).toContain('it speaks SOCKS5 only. Set the hop’s SOCKS version to 5.')
    expect(report.speaks).toEqual({ version: '5' })
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
