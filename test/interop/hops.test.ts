import { afterAll, beforeAll, expect, it } from 'vitest'
import type { NextHopInput } from '../../shared/model/next-hop.ts'
import { explainInFull } from '../../shared/texts/explain.ts'
import { makeConfig } from '../support/config.ts'
import { noiseBuffer, noiseSha256, sha256 } from '../support/data.ts'
import { forward } from '../support/forward.ts'
import { managed } from '../support/managed.ts'
import { connectTo } from '../support/peer.ts'
import { startDante } from '../support/servers/dante.ts'
import { startMicrosocks } from '../support/servers/microsocks.ts'
import { startNcatHttpProxy } from '../support/servers/ncat.ts'
import type { ProxyServer } from '../support/servers/proxy-server.ts'
import { startSshd, startSshDynamic, type SshServer } from '../support/servers/sshd.ts'
import { addSystemUser, type SystemUser } from '../support/servers/system-user.ts'
import { startAnswerAfterEnd, startBanner, startEcho, startSink, startSource } from '../support/targets.ts'
import { freePort } from '../support/tcp-server.ts'
import { describeWith } from '../support/tools.ts'
import { until } from '../support/until.ts'

// Real SOCKS servers, each started for these tests on a port of its own.

/** Where everything is expected to be there, its absence is a failure. */
const cannotAddUsers = process.getuid?.() !== 0 && process.env['NEXTHOP_REQUIRE_INTEROP'] !== '1'
const MB = 1_000_000

type HopFields = Partial<NextHopInput>
const socks4: [string, HopFields] = ['socks4', { version: '4' }]
const socks4a: [string, HopFields] = ['socks4a', { version: '4a' }]
const socks5: [string, HopFields] = ['socks5', { version: '5', resolveAt: 'here' }]
const socks5h: [string, HopFields] = ['socks5h', { version: '5', resolveAt: 'hop' }]
const all = [socks4, socks4a, socks5, socks5h]

/** What every hop must do well; `hop` is asked for when the tests run. */
function forwardsWell(hop: () => HopFields & { port: number }, versions: [string, HopFields][]): void {
  it.each(versions)('%s: a server that speaks first, then 8 MB there and back', async (_, fields) => {
    const target = await managed(startBanner('220 ready\r\n'))
    const { port, engine } = await forward({ ...hop(), ...fields }, target.port)
    const client = await connectTo(port)
    expect(await client.takeText(11)).toBe('220 ready\r\n')
    const data = noiseBuffer(8 * MB)
    client.socket.write(data)
    expect(sha256(await client.take(data.length))).toBe(sha256(data))
    client.end()
    expect((await client.takeRest()).length).toBe(0)
    expect(await engine.closedConnection()).toMatchObject({ bytesUp: 8 * MB, bytesDown: 8 * MB + 11 })
    expect(engine.failures).toEqual([])
  })

  it('200 connections at once', async () => {
    const echo = await managed(startEcho({ backlog: 1000 }))
    const { port, engine } = await forward(hop(), echo.port)
    const clients = await Promise.all(Array.from({ length: 200 }, () => connectTo(port)))
    const texts = clients.map((_, index) => `this is number ${index}`)
    await Promise.all(clients.map((client, index) => client.write(texts[index] ?? '')))
    const answers = await Promise.all(
      clients.map((client, index) => client.takeText(texts[index]?.length ?? 0)),
    )
    expect(answers).toEqual(texts)
    expect(engine.failures).toEqual([])
  })
}

/** For hops that pass a half-close on. */
function halfCloses(
  hop: () => HopFields & { port: number },
  versions: [string, HopFields][],
  hosts = ['127.0.0.1', 'localhost'],
): void {
  it.each(versions)(`%s: half-close, target given as ${hosts.join(' and ')}`, async (_, fields) => {
    const target = await managed(startAnswerAfterEnd())
    for (const host of hosts) {
      const { port } = await forward({ ...hop(), ...fields }, { host, port: target.port })
      const client = await connectTo(port)
      client.end('x')
      expect((await client.takeRest()).toString()).toBe('got: x')
    }
  })
}

describeWith(['microsocks'], 'microsocks', () => {
  let proxy: ProxyServer
  beforeAll(async () => {
    proxy = await startMicrosocks()
  })
  afterAll(() => proxy.close())

  // It ends both directions as soon as one has ended: no half-close here.
  forwardsWell(() => ({ port: proxy.port }), [socks5, socks5h])

  it('with a login', async () => {
    const login = { user: 'me', password: 'pa:ss%word' }
    const locked = await managed(startMicrosocks(login))
    const echo = await managed(startEcho())
    const right = await forward({ port: locked.port, ...login }, echo.port)
    const client = await connectTo(right.port)
    await client.write('in')
    expect(await client.takeText(2)).toBe('in')

    for (const [fields, expected] of [
      [{ user: 'me', password: 'wrong' }, 'refused'],
      [{}, 'missing'],
    ] as const) {
      const { port, engine } = await forward({ port: locked.port, ...fields }, echo.port)
      expect(await (await connectTo(port)).ending).toBe('ECONNRESET')
      expect(await engine.failure()).toMatchObject({ code: 'hop-auth-failed', login: expected })
    }
  })

  it('says that a target refused', async () => {
    const { port, engine } = await forward({ port: proxy.port }, await freePort())
    expect(await (await connectTo(port)).ending).toBe('ECONNRESET')
    expect(await engine.failure()).toMatchObject({ code: 'target-refused', reply: { version: 5, code: 5 } })
  })

  it('asked as SOCKS4 is not SOCKS4', async () => {
    const { port, engine } = await forward({ port: proxy.port, version: '4' }, 80)
    expect(await (await connectTo(port)).ending).toBe('ECONNRESET')
    expect((await engine.failure()).code).toBe('hop-not-socks')
  })

  it('killed mid-transfer: a reset, one sentence, and it works again when it is back', async () => {
    const source = await managed(startSource(100_000 * MB))
    const echo = await managed(startEcho())
    const mortal = await startMicrosocks()
    const { port, engine } = await forward({ port: mortal.port, failureWaitMs: 200 }, source.port)
    const client = await connectTo(port)
    await until('data passes', () => client.receivedBytes > MB)
    await mortal.process.kill()
    expect(await client.ending).toBe('ECONNRESET')
    expect(explainInFull(await engine.failure())).toBe(
      `The next hop "Test hop" (127.0.0.1:${mortal.port}) broke off the connection while data was passing. ` +
        'Check that the proxy runs: it may have been stopped or restarted; else its own log tells more.',
    )
    expect(engine.logs.filter(({ level }) => level === 'warn')).toHaveLength(1)
    expect(await (await connectTo(port)).ending).toBe('ECONNRESET')

    await managed(startMicrosocks(undefined, mortal.port))
    const again = await forward({ port: mortal.port }, echo.port)
    const next = await connectTo(again.port)
    await next.write('back')
    expect(await next.takeText(4)).toBe('back')
    await until('the old rule works again too', async () => {
      const retry = await connectTo(port)
      await until('it is decided', () => retry.receivedBytes > 0 || retry.socket.destroyed)
      const works = retry.receivedBytes > 0
      retry.reset()
      return works
    })
  })
})

describeWith(['danted'], 'dante', () => {
  let proxy: ProxyServer
  let forbiddenPort: number
  beforeAll(async () => {
    forbiddenPort = await freePort()
    proxy = await startDante({ forbiddenPort })
  })
  afterAll(() => proxy.close())

  forwardsWell(() => ({ port: proxy.port }), all)
  halfCloses(() => ({ port: proxy.port }), [socks4, socks5, socks5h])
  // It takes the 0.0.0.1 of SOCKS4a for an address, and refuses.
  halfCloses(() => ({ port: proxy.port }), [socks4a], ['127.0.0.1'])

  it.each(all)('%s: says that its rules forbid a target', async (_, fields) => {
    const { port, engine } = await forward({ port: proxy.port, ...fields }, forbiddenPort)
    expect(await (await connectTo(port)).ending).toBe('ECONNRESET')
    const failure = await engine.failure()
    expect(failure).toMatchObject({
      code: 'hop-refused',
      stage: 'request',
      reply: fields.version === '5' ? { version: 5, code: 2 } : { version: 4, code: 0x5b },
    })
  })

  it('says that a target refused, and that a name is unknown', async () => {
    const refused = await forward({ port: proxy.port }, await freePort())
    expect(await (await connectTo(refused.port)).ending).toBe('ECONNRESET')
    expect(await refused.engine.failure()).toMatchObject({ code: 'target-refused' })
    const unknown = await forward({ port: proxy.port }, { host: 'no-such-host.invalid', port: 80 })
    expect(await (await connectTo(unknown.port)).ending).toBe('ECONNRESET')
    expect(await unknown.engine.failure()).toMatchObject({ code: 'target-unreachable', reply: { code: 4 } })
  })
})

describeWith(['danted', 'useradd', 'userdel', 'openssl'], 'dante with the login of a system user', () => {
  let user: SystemUser | undefined
  let proxy: ProxyServer | undefined
  beforeAll(async () => {
    if (cannotAddUsers) return
    user = await addSystemUser()
    proxy = await startDante({ login: true })
  })
  afterAll(async () => {
    await proxy?.close()
    await user?.close()
  })

  it.skipIf(cannotAddUsers)(
    'lets the right one in, and tells wrong and missing apart (needs root)',
    async () => {
      const echo = await managed(startEcho())
      const { user: name = '', password = '' } = user ?? {}
      const port = proxy?.port ?? 0
      const right = await forward({ port, user: name, password }, echo.port)
      const client = await connectTo(right.port)
      client.end('in')
      expect((await client.takeRest()).toString()).toBe('in')
      for (const [fields, expected] of [
        [{ user: name, password: 'wrong' }, 'refused'],
        [{ user: 'nobody-we-know', password }, 'refused'],
        [{}, 'missing'],
      ] as const) {
        const { port: at, engine } = await forward({ port, ...fields }, echo.port)
        expect(await (await connectTo(at)).ending).toBe('ECONNRESET')
        expect(await engine.failure()).toMatchObject({ code: 'hop-auth-failed', login: expected })
      }
    },
  )
})

describeWith(['ssh', 'sshd', 'ssh-keygen'], 'ssh -D', () => {
  let server: SshServer
  let proxy: ProxyServer
  beforeAll(async () => {
    server = await startSshd()
    proxy = await startSshDynamic(server)
  })
  afterAll(async () => {
    await proxy.close()
    await server.close()
  })

  forwardsWell(() => ({ port: proxy.port }), all)
  halfCloses(() => ({ port: proxy.port }), all)

  it('100 MB each way', async () => {
    const bytes = 100 * MB
    const [source, sink] = [await managed(startSource(bytes)), await managed(startSink())]
    const down = await connectTo((await forward({ port: proxy.port }, source.port)).port)
    expect(sha256(await down.takeRest())).toBe(noiseSha256(bytes))
    const up = await connectTo((await forward({ port: proxy.port }, sink.port)).port)
    up.end(noiseBuffer(bytes))
    expect((await up.takeRest()).toString()).toBe(noiseSha256(bytes))
  })

  it('the SSH server itself is recognised as no SOCKS proxy', async () => {
    const { port, engine } = await forward({ port: server.port }, 80)
    expect(await (await connectTo(port)).ending).toBe('ECONNRESET')
    expect(await engine.failure()).toMatchObject({ code: 'hop-not-socks', looksLike: 'ssh' })
  })
})

describeWith(['ncat'], 'ncat as an HTTP proxy', () => {
  it('is a hop that speaks HTTP CONNECT: 8 MB there and back', async () => {
    const [proxy, target] = [await managed(startNcatHttpProxy()), await managed(startBanner('220 ready\r\n'))]
    const { port, engine } = await forward({ port: proxy.port, protocol: 'http' }, target.port)
    const client = await connectTo(port)
    expect(await client.takeText(11)).toBe('220 ready\r\n')
    const data = noiseBuffer(8 * MB)
    client.socket.write(data)
    expect(sha256(await client.take(data.length))).toBe(sha256(data))
    expect(engine.failures).toEqual([])
  })

  it.each(['5', '4'] as const)('is no SOCKS%s hop, and a check knows what it is', async (version) => {
    const proxy = await managed(startNcatHttpProxy())
    const { port, engine } = await forward({ port: proxy.port, version, handshakeTimeoutMs: 500 }, 80)
    expect(await (await connectTo(port)).ending).toBe('ECONNRESET')
    expect((await engine.failure()).hop?.id).toBe('hop')
    const [hop] = makeConfig({
      hops: [
        { id: 'hop', name: 'Ncat', host: '127.0.0.1', port: proxy.port, version, handshakeTimeoutMs: 500 },
      ],
    }).hops
    if (!hop) throw new Error('no hop')
    const report = await engine.engine.check({ hop }, () => undefined, new AbortController().signal)
    expect(report.failure).toMatchObject({ code: 'hop-not-socks', looksLike: 'http' })
  })
})
