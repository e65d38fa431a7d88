import { describe, expect, it } from 'vitest'
import { checkHop } from '../../../main/engine/check/check-hop.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import { check, checkScript, hopOf, target } from '../../support/hop-check.ts'
import { startHttpProxy } from '../../support/http-proxy.ts'
import { managed } from '../../support/managed.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startEcho } from '../../support/targets.ts'
import { startTcpServer } from '../../support/tcp-server.ts'

describe('the check of a next hop with a login', () => {
  describe('says of the login', () => {
    const me = { user: 'me', password: 'pw' }
    const notes = async (hop: NextHop, to: typeof target | null) =>
      (await check(hop, to)).report.stages.slice(1).map(({ stage, note }) => `${stage}: ${note}`)

    it.each([true, false])('of SOCKS whether it was tried (with a target: %j)', async (hasTarget) => {
      const to = hasTarget ? { host: '127.0.0.1', port: (await managed(startEcho())).port } : null
      const open = await managed(startSocksServer())
      const locked = await managed(startSocksServer({ login: me }))
      const granted = hasTarget ? ['request: granted'] : []
      const notTried = 'greet: wants no login: the given one was not tried'
      expect(await notes(hopOf({ port: open.port }), to)).toEqual(['greet: wants no login', ...granted])
      expect(await notes(hopOf({ port: open.port, ...me }), to)).toEqual([notTried, ...granted])
      expect(await notes(hopOf({ port: locked.port, ...me }), to)).toEqual([
        'greet: wants the login',
        'authenticate: accepted',
        ...granted,
      ])
      const socks4 = ['request: ' + (hasTarget ? 'granted' : 'answered')]
      expect(await notes(hopOf({ port: open.port, version: '4' }), to)).toEqual(socks4)
    })

    it.each([true, false])('of HTTP whether it counted (with a target: %j)', async (hasTarget) => {
      const to = hasTarget ? { host: '127.0.0.1', port: (await managed(startEcho())).port } : null
      const open = await managed(startHttpProxy())
      const locked = await managed(startHttpProxy({ login: me }))
      const said = hasTarget ? 'request: granted, 200' : 'greet: answered'
      const http = { protocol: 'http', ...me } as const
      const withoutLogin = hasTarget ? said : 'greet: wants no login'
      expect(await notes(hopOf({ port: open.port, protocol: 'http' }), to)).toEqual([withoutLogin])
      expect(await notes(hopOf({ port: open.port, ...http }), to)).toEqual([
        `${said}; wants no login: the given one was not tried`,
      ])
      expect(await notes(hopOf({ port: locked.port, ...http }), to)).toEqual([`${said}; wants the login`])
    })
  })

  it('ends when it is told to, also while an HTTP proxy is asked whether the login counts', async () => {
    const controller = new AbortController()
    let asked = 0
    const proxy = await managed(
      startTcpServer((peer) => {
        peer.socket.once('data', () => {
          asked += 1
          if (asked === 1) peer.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n')
          else controller.abort(new Error('told to'))
        })
      }),
    )
    const hop = hopOf({ port: proxy.port, protocol: 'http', user: 'me', password: 'pw' })
    const running = checkHop(
      { hop },
      () => undefined,
      controller.signal,
      () => false,
    )
    await expect(running).rejects.toThrow('told to')
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

  it.each([target, null])('says at which step a hop stalls or breaks off (target %j)', async (to) => {
    const login = { user: 'me', password: 'pw' }
    const atLogin = (then: 'stall' | 'reset') => checkScript({ login, at: { login: { then } } }, login, to)
    const stalled = await atLogin('stall')
    expect(stalled.words).toBe(
      'The next hop "Test hop" (127.0.0.1:PORT) answered the greeting, but not the login within 400 ms. ' +
        'Check the proxy’s own log, or raise the handshake time-out.',
    )
    expect(stalled.report.failure?.stage).toBe('authenticate')
    expect((await atLogin('reset')).words).toContain('broke off the connection during the login.')
  })

  it.each([target, null])(
    'names the logins that an HTTP proxy takes in place of ours (target %j)',
    async (to) => {
      const headers = ['Proxy-Authenticate: Negotiate', 'Proxy-Authenticate: NTLM']
      const { port } = await managed(startHttpProxy({ status: 407, headers }))
      for (const login of [{}, { user: 'me' }, { user: 'me', password: 'pw' }]) {
        const { words } = await check(hopOf({ port, protocol: 'http', ...login }), to)
        expect(words).toBe(
          'The next hop "Test hop" (127.0.0.1:PORT) accepts none of our ways to log in, only Negotiate, NTLM. ' +
            'Give as the hop a helper on this machine that can, such as px or cntlm for NTLM, or have the proxy ' +
            'allow this machine without a login.',
        )
      }
    },
  )

  it('asks for a login where an HTTP proxy takes ours among others', async () => {
    const headers = ['Proxy-Authenticate: NTLM, Basic realm="x"']
    const { port } = await managed(startHttpProxy({ status: 407, headers }))
    expect((await check(hopOf({ port, protocol: 'http' }))).words).toContain('wants a login.')
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
})
