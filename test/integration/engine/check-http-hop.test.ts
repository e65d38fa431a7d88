import { describe, expect, it } from 'vitest'
import { check, hopOf, target } from '../../support/hop-check.ts'
import { startHttpProxy } from '../../support/http-proxy.ts'
import { managed } from '../../support/managed.ts'
import { startTcpServer } from '../../support/tcp-server.ts'

describe('the check of an HTTP hop', () => {
  it.each([501, 405, 400, 404, 401, 301, 302, 307, 511])(
    'does not take a web server that answers %d for an HTTP proxy',
    async (status) => {
      const web = await managed(startHttpProxy({ status }))
      for (const to of [target, null]) {
        const { words } = await check(hopOf({ port: web.port, protocol: 'http' }), to)
        expect(words).toBe(
          'The next hop "Test hop" (127.0.0.1:PORT) does not answer like an HTTP proxy: it is a web server, not a proxy. ' +
            'Give the proxy’s own address and port.',
        )
      }
    },
  )

  it('takes an HTTP proxy for one whatever else it says of its loopback', async () => {
    for (const status of [200, 403, 429, 500, 502, 503]) {
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
})
