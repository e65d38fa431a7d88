import { createServer as createHttpServer } from 'node:http'
import type { Server } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { check, hopOf, target } from '../../support/hop-check.ts'
import { managed } from '../../support/managed.ts'
import type { Peer } from '../../support/peer.ts'
import { foreignAnswers } from '../../support/socks-script.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startListening, startTcpServer } from '../../support/tcp-server.ts'

// What a check of a hop in one protocol says of a port of another kind, and of one that speaks several.

/** The ports of everything that is no HTTP proxy. */
const starts: Readonly<Record<string, () => Promise<number>>> = {
  socks5: async () => (await managed(startSocksServer({ versions: [5] }))).port,
  socks4: async () => (await managed(startSocksServer({ versions: [4] }))).port,
  tls: () => startClosed(createTlsServer()),
  // Without a handler of CONNECT it closes the connection.
  web: () => startClosed(createHttpServer((_request, response) => response.writeHead(404).end())),
  ssh: async () => (await managed(startTcpServer((peer) => peer.socket.write(foreignAnswers.ssh)))).port,
  closing: async () => (await managed(startTcpServer((peer) => peer.end()))).port,
  http2: async () => (await managed(startTcpServer((peer) => peer.socket.write(foreignAnswers.http2)))).port,
  garbage: async () =>
    (await managed(startTcpServer((peer) => peer.socket.write(foreignAnswers.garbage)))).port,
}

async function startClosed(server: Server): Promise<number> {
  const port = await startListening(server)
  await managed({ close: () => new Promise((resolve) => server.close(resolve)) })
  return port
}

describe('the check of an HTTP hop', () => {
  it.each([
    ['socks5', 'it speaks SOCKS5. Choose SOCKS5 as the hop’s protocol.'],
    ['socks4', 'it speaks SOCKS4. Choose SOCKS4a, or SOCKS4, as the hop’s protocol.'],
    ['tls', 'it speaks TLS. Switch on TLS for this hop, or give its port without TLS.'],
    ['web', 'it is a web server, not a proxy. Give the proxy’s own address and port.'],
    [
      'ssh',
      'it is an SSH server. Start "ssh -D 1080" to that server, and give 127.0.0.1:1080 as a SOCKS5 hop.',
    ],
    [
      'closing',
      'it closed the connection without an answer. ' +
        'Check the port, and whether the proxy allows this client and the destination.',
    ],
    ['http2', 'its answer is not HTTP. Check the port, and what kind of proxy it is.'],
    ['garbage', 'its answer is not HTTP. Check the port, and what kind of proxy it is.'],
  ])('recognises %s', async (kind, words) => {
    const port = await starts[kind]?.()
    for (const to of [target, null]) {
      const found = await check(hopOf({ port: port ?? 0, protocol: 'http' }), to)
      expect(found.words).toBe(
        `The next hop "Test hop" (127.0.0.1:PORT) does not answer like an HTTP proxy: ${words}`,
      )
    }
  })
})

describe('the check of a SOCKS hop', () => {
  it.each(['5', '4a'] as const)('does not take an HTTP/2 server for SOCKS4 (SOCKS%s)', async (version) => {
    const port = await starts['http2']?.()
    for (const to of [target, null]) {
      const found = await check(hopOf({ port: port ?? 0, version }), to)
      expect(found.words).toBe(
        `The next hop "Test hop" (127.0.0.1:PORT) does not speak SOCKS${version} there: its answer is not SOCKS. ` +
          'Check the port, and what kind of proxy it is.',
      )
      expect(found.report.speaks).toBeUndefined()
    }
  })
})

describe('the check of a hop that speaks several protocols', () => {
  it.each([{ version: '4' }, { version: '4a' }, { protocol: 'http' }] as const)(
    'does not take it for another while the destination is slow (%j)',
    async (asked) => {
      const mixed = await managed(startTcpServer((peer) => void serveMixed(peer).catch(() => undefined)))
      const to = { host: '192.0.2.1', port: 5432 }
      const { words } = await check(hopOf({ port: mixed.port, ...asked, handshakeTimeoutMs: 2000 }), to)
      expect(words).toContain('did not reach 192.0.2.1:5432 within 2 s.')
    },
  )
})

/** Speaks SOCKS4, SOCKS5 and HTTP, and answers only for port 1, on which nothing listens. */
async function serveMixed(peer: Peer): Promise<void> {
  const start = await peer.take(1)
  if (start[0] === 5) await peer.write(Buffer.of(5, 0))
  else if (start[0] === 4) {
    if ((await peer.take(3)).readUInt16BE(1) === 1) await peer.write(Buffer.of(0, 0x5b, 0, 0, 0, 0, 0, 0))
  } else {
    const line = start.toString() + (await peer.takeText(14))
    if (!line.includes('192.0.2')) await peer.write('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  }
}
