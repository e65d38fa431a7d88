import { createServer } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { explainForCli } from '../../../main/headless/cli-advice.ts'
import { makeCertificate } from '../../support/certificate.ts'
import { check, hopOf, target } from '../../support/hop-check.ts'
import { managed } from '../../support/managed.ts'
import { foreignAnswers } from '../../support/socks-script.ts'
import { startListening, startTcpServer } from '../../support/tcp-server.ts'
import { startTlsFront } from '../../support/tls-front.ts'

const tls = { verify: false }

/** A port with TLS, and in it what gives this answer at once. */
async function startInTls(answer: Uint8Array): Promise<number> {
  const inside = await managed(startTcpServer((peer) => peer.socket.write(answer)))
  return (await managed(startTlsFront(inside.port, await managed(makeCertificate())))).port
}

describe('the check of a hop inside TLS', () => {
  const socks5 = Uint8Array.of(5, 0)
  it.each([
    [{ protocol: 'http' }, socks5, 'Write socks5h+tls:// or socks5+tls:// in the URL'],
    [{ version: '4a' }, socks5, 'Write socks5h+tls:// or socks5+tls:// in the URL'],
    [{}, Uint8Array.of(0, 0x5b, 0, 0, 0, 0, 0, 0), 'Write socks4a+tls:// or socks4+tls:// in the URL'],
    [{}, Buffer.from(foreignAnswers.http), 'Write https:// in the URL, or give its SOCKS port'],
  ] as const)('advises a hop inside TLS (%j)', async (asked, answer, advice) => {
    const port = await startInTls(answer)
    for (const to of [target, null]) {
      const { report } = await check(hopOf({ port, tls, resolveAt: 'hop', ...asked }), to)
      expect(report.failure?.hop?.tls).toBe(true)
      expect(report.failure && explainForCli(report.failure)).toContain(advice)
    }
  })

  it.each([target, null])('says that a client certificate is wanted (target %j)', async (to) => {
    const { cert, key } = await managed(makeCertificate())
    const server = createServer({ cert, key, ca: cert, requestCert: true })
    server.on('tlsClientError', () => undefined)
    const port = await startListening(server)
    await managed({ close: () => new Promise((resolve) => server.close(resolve)) })
    for (const protocol of ['socks', 'http'] as const) {
      const { words } = await check(hopOf({ port, tls, protocol }), to)
      expect(words).toBe(
        'The next hop "Test hop" (127.0.0.1:PORT) wants a client certificate, which Nexthop does not have ' +
          '(ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED). Give a port of the proxy that wants none, or as the hop a ' +
          'program such as stunnel on this machine that has one.',
      )
    }
  })

  it.each([
    [{}, 'Write socks5h+tls://'],
    [{ resolveAt: 'here' }, 'Write socks5+tls://'],
    [{ version: '4a' }, 'Write socks4a+tls://'],
  ] as const)('keeps the place where names are resolved in its advice (%j)', async (asked, advice) => {
    const port = await startInTls(socks5)
    const { report } = await check(hopOf({ port, resolveAt: 'hop', ...asked }), null)
    expect(report.failure && explainForCli(report.failure)).toContain(advice)
  })
})
