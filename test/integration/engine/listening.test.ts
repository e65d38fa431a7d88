import { existsSync, readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { describe, expect, it } from 'vitest'
import { explainInFull } from '../../../shared/texts/explain.ts'
import { makeConfig, makeRule } from '../../support/config.ts'
import { startEngine } from '../../support/engine.ts'
import { listenOn } from '../../support/listen-on.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { startEcho } from '../../support/targets.ts'
import { startTcpServer } from '../../support/tcp-server.ts'
import { until } from '../../support/until.ts'

const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
const hasIpv6 = addresses.some(({ address }) => address === '::1')
// Containers often let everybody listen everywhere.
const firstFreePort = '/proc/sys/net/ipv4/ip_unprivileged_port_start'
const hasForbiddenPorts = existsSync(firstFreePort) && Number(readFileSync(firstFreePort, 'utf8')) > 1
const direct = { kind: 'direct' } as const

/** Does something without root's rights, where the tests have them. */
async function asNobody<T>(act: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return act()
  process.seteuid?.('nobody')
  try {
    return await act()
  } finally {
    process.seteuid?.(0)
  }
}

describe('listening', () => {
  it('on IPv4 reaches clients of that address alone', async () => {
    const engine = await listenOn({ kind: 'tcp', host: '127.0.0.2', port: 0 })
    expect(await engine.status()).toMatchObject({
      state: 'listening',
      address: { kind: 'tcp', host: '127.0.0.2' },
    })
    const port = await engine.port()
    const client = await connectTo({ host: '127.0.0.2', port })
    client.end('four')
    expect((await client.takeRest()).toString()).toBe('four')
    await expect(connectTo({ host: '127.0.0.1', port })).rejects.toThrow('ECONNREFUSED')
  })

  it.skipIf(!hasIpv6)('on IPv6 names the client in brackets', async () => {
    const engine = await listenOn({ kind: 'tcp', host: '::1', port: 0 })
    const client = await connectTo({ host: '::1', port: await engine.port() })
    client.end('six')
    expect((await client.takeRest()).toString()).toBe('six')
    expect((await engine.closedConnection()).client).toMatch(/^\[::1\]:\d+$/)
  })

  it.skipIf(!hasIpv6)('on :: takes IPv4 clients too, by their IPv4 address', async () => {
    const engine = await listenOn({ kind: 'tcp', host: '::', port: 0 }, { allowedClients: ['127.0.0.0/8'] })
    const port = await engine.port()
    const client = await connectTo({ host: '127.0.0.1', port })
    client.end('mapped')
    expect((await client.takeRest()).toString()).toBe('mapped')
    expect((await engine.closedConnection()).client).toMatch(/^127\.0\.0\.1:\d+$/)
    const stranger = await connectTo({ host: '::1', port })
    expect(await stranger.ending).toBe('ECONNRESET')
  })
})

describe('failing to listen', () => {
  it('on a port in use says who holds it, and works when it is free again', async () => {
    const squatter = await managed(startTcpServer())
    const engine = await listenOn({ kind: 'tcp', port: squatter.port })
    const status = await engine.status()
    expect(status).toMatchObject({
      state: 'failed',
      failure: { code: 'port-in-use', target: `127.0.0.1:${squatter.port}`, errno: 'EADDRINUSE' },
    })
    if (process.platform === 'linux' && status?.state === 'failed') {
      expect(status.failure.holder?.pid).toBe(process.pid)
      expect(explainInFull(status.failure)).toBe(
        `127.0.0.1:${squatter.port} is in use by ${status.failure.holder?.name} (pid ${process.pid}). ` +
          'Stop that program, or choose another listen port.',
      )
    }
    expect(engine.logs.at(-1)).toMatchObject({ level: 'error', ruleId: 'rule' })
    await squatter.close()
    const config = makeConfig({
      rules: [makeRule({ to: 1, route: direct, listen: squatter.port, name: 'Renamed' })],
    })
    await engine.apply(config)
    expect(await engine.port()).toBe(squatter.port)
  })

  it('is tried again without being asked', async () => {
    const squatter = await managed(startTcpServer())
    const engine = await listenOn({ kind: 'tcp', port: squatter.port })
    await squatter.close()
    await until('it listens', async () => (await engine.status())?.state === 'listening', {
      timeoutMs: 15_000,
    })
    expect(engine.events.filter(({ kind }) => kind === 'rule-status').at(-1)).toMatchObject({
      status: { state: 'listening' },
    })
  })

  it.skipIf(!hasForbiddenPorts)('on a port below 1024 says what to choose', async () => {
    const engine = await asNobody(() => listenOn({ kind: 'tcp', port: 1 }))
    const status = await engine.status()
    expect(status).toMatchObject({ state: 'failed', failure: { code: 'port-forbidden', errno: 'EACCES' } })
    expect(status?.state === 'failed' && explainInFull(status.failure)).toBe(
      'This user may not listen on 127.0.0.1:1. Choose a port from 1024 up, or allow this one to every user; ' +
        'on Linux: sysctl net.ipv4.ip_unprivileged_port_start=1.',
    )
  })

  it('on an address that this machine does not have', async () => {
    const engine = await listenOn(
      { kind: 'tcp', host: '192.0.2.7', port: 9102 },
      { allowedClients: ['0.0.0.0/0'] },
    )
    const status = await engine.status()
    expect(status).toMatchObject({ state: 'failed', failure: { code: 'address-unavailable' } })
    expect(status?.state === 'failed' && explainInFull(status.failure)).toBe(
      '192.0.2.7:9102 is not an address of this machine. ' +
        'Choose 127.0.0.1, ::1, or an address that one of its network interfaces has now.',
    )
  })

  it('leaves the other rules alone', async () => {
    const squatter = await managed(startTcpServer())
    const echo = await managed(startEcho())
    const rules = [
      makeRule({ id: 'busy', to: echo.port, route: direct, listen: squatter.port }),
      makeRule({ id: 'free', to: echo.port, route: direct }),
    ]
    const engine = await managed(startEngine(makeConfig({ rules })))
    expect((await engine.status('busy'))?.state).toBe('failed')
    const client = await engine.connect('free')
    client.end('fine')
    expect((await client.takeRest()).toString()).toBe('fine')
  })
})
