import { describe, expect, it } from 'vitest'
import type { PortRuleInput } from '../../../shared/model/port-rule.ts'
import { managed } from '../../support/managed.ts'
import { makeRig, type Rig, type RigOptions } from '../../support/rig.ts'
import type { SocksScript } from '../../support/socks-script.ts'
import { startEcho } from '../../support/targets.ts'
import { freePort } from '../../support/tcp-server.ts'

const proxy = { kind: 'proxy' } as const
const text = (...lines: string[]) => [...lines, '', ''].join('\r\n')

function rig(fields: Partial<PortRuleInput> = {}, options: Partial<RigOptions> = {}): Promise<Rig> {
  const { destination = proxy, ...rule } = fields
  return makeRig({ to: destination, rule, ...options })
}

function socks5(host: string, port: number, command = 1): Buffer {
  const name = Buffer.from(host)
  return Buffer.concat([
    Buffer.from([5, command, 0, 3, name.length]),
    name,
    Buffer.from([port >> 8, port & 255]),
  ])
}

describe('a SOCKS5 client', () => {
  it('gets through, with its first bytes sent along', async () => {
    const target = await managed(startEcho())
    const { engine, hop } = await rig()
    const client = await engine.connect()
    for (const byte of [5, 2, 0, 2]) await client.write(Buffer.from([byte]))
    expect(await client.take(2)).toEqual(Buffer.from([5, 0]))
    await client.write(Buffer.concat([socks5('localhost', target.port), Buffer.from('early')]))
    expect(await client.take(10)).toEqual(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
    expect(await client.takeText(5)).toBe('early')
    expect(hop.asks).toMatchObject([{ host: 'localhost', port: target.port }])
  })

  it('is told why not, with the code of the hop where it gave one', async () => {
    for (const code of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const { engine } = await rig({}, { script: { reply: code } })
      const client = await engine.connect()
      await client.write(Buffer.concat([Buffer.from([5, 1, 0]), socks5('localhost', 9)]))
      await client.take(2)
      expect((await client.takeRest()).subarray(0, 2)).toEqual(Buffer.from([5, code]))
    }
  })

  it.each([
    ['BIND', socks5('localhost', 80, 2), 7],
    ['UDP', socks5('localhost', 80, 3), 7],
    ['a kind of address that is not known', Buffer.from([5, 1, 0, 9, 0, 0]), 8],
    ['a name that is none', socks5('a b', 80), 4],
    ['a destination that is not allowed', socks5('other.example', 80), 2],
  ])('is refused for %s', async (_title, message, code) => {
    const { engine, hop } = await rig({ destination: { kind: 'proxy', allowed: ['localhost'] } })
    const client = await engine.connect()
    await client.write(Buffer.from([5, 1, 0]))
    await client.take(2)
    await client.write(message)
    expect((await client.takeRest())[1]).toBe(code)
    expect(hop.accepted).toBe(0)
  })

  it('that insists on a login is told that there is none', async () => {
    const { engine } = await rig()
    const client = await engine.connect()
    await client.write(Buffer.from([5, 1, 2]))
    expect(await client.takeRest()).toEqual(Buffer.from([5, 0xff]))
    expect(await engine.failure()).toMatchObject({ unidentified: 'wants-login' })
  })

  it('is told that nobody is there', async () => {
    const { engine } = await rig({ route: { kind: 'direct' } })
    const client = await engine.connect()
    await client.write(Buffer.concat([Buffer.from([5, 1, 0]), socks5('127.0.0.1', await freePort())]))
    await client.take(2)
    expect((await client.takeRest())[1]).toBe(5)
  })
})

describe('a SOCKS4 client', () => {
  const ask = (port: number, ip: readonly number[], rest: string) =>
    Buffer.concat([Buffer.from([4, 1, port >> 8, port & 255, ...ip]), Buffer.from(rest)])

  it.each([
    ['4', [127, 0, 0, 1], 'me\0', '127.0.0.1'],
    ['4a', [0, 0, 0, 9], 'me\0localhost\0', 'localhost'],
  ])('of version %s gets through', async (_version, ip, rest, host) => {
    const target = await managed(startEcho())
    const { engine, hop } = await rig()
    const client = await engine.connect()
    await client.write(ask(target.port, ip, rest))
    expect((await client.take(8)).subarray(0, 2)).toEqual(Buffer.from([0, 0x5a]))
    await client.write('hello')
    expect(await client.takeText(5)).toBe('hello')
    expect(hop.asks).toMatchObject([{ host, port: target.port }])
  })

  it('is told that it failed', async () => {
    const { engine } = await rig({ route: { kind: 'direct' } })
    const client = await engine.connect()
    await client.write(ask(await freePort(), [127, 0, 0, 1], '\0'))
    expect((await client.takeRest()).subarray(0, 2)).toEqual(Buffer.from([0, 0x5b]))
  })
})

const stalls: SocksScript = { at: { request: { cutAt: 0, then: 'stall' } } }

describe('an HTTP proxy’s client', () => {
  it('gets a tunnel with CONNECT', async () => {
    const target = await managed(startEcho())
    const { engine } = await rig()
    const client = await engine.connect()
    await client.write(text(`CONNECT localhost:${target.port} HTTP/1.1`, 'Host: x') + 'early')
    const answer = 'HTTP/1.1 200 Connection established\r\n\r\nearly'
    expect(await client.takeText(answer.length)).toBe(answer)
  })

  it.each([
    ['nobody listens there', () => freePort(), undefined, 502],
    ['the hop gives no answer in time', async () => 9, stalls, 504],
  ])('gets an error page where %s', async (_title, port, script, status) => {
    const { engine } = await rig(script ? {} : { route: { kind: 'direct' } }, {
      ...(script && { script }),
      hop: { handshakeTimeoutMs: 200 },
    })
    for (const line of [`CONNECT 127.0.0.1:${await port()}`, `GET http://127.0.0.1:${await port()}/`]) {
      const client = await engine.connect()
      await client.write(text(`${line} HTTP/1.1`))
      expect((await client.takeRest()).toString()).toMatch(
        new RegExp(`^HTTP/1.1 ${status} .*Nexthop could not make this connection`, 's'),
      )
    }
  })

  it.each([
    ['a request for nobody', 'GET / HTTP/1.1', 400],
    ['a destination that is not allowed', 'GET http://other.example/ HTTP/1.1', 403],
    ['another scheme', 'GET ftp://localhost/ HTTP/1.1', 400],
  ])('is refused for %s', async (_title, line, status) => {
    const { engine, hop } = await rig({ destination: { kind: 'proxy', allowed: ['localhost'] } })
    const client = await engine.connect()
    await client.write(text(line, 'Host: here'))
    expect((await client.takeRest()).toString()).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(hop.accepted).toBe(0)
  })

  it('may ask whether anybody is there, which is no failure', async () => {
    const { engine, hop } = await rig()
    const client = await engine.connect()
    client.end(text('OPTIONS * HTTP/1.0', 'Max-Forwards: 0'))
    expect((await client.takeRest()).toString()).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect((await engine.closedConnection()).closeReason).toEqual({ by: 'client', how: 'end' })
    expect({ failures: engine.failures, asks: hop.asks }).toEqual({ failures: [], asks: [] })
  })

  it('is refused where the rule is for SOCKS alone, and a SOCKS client where it is for HTTP', async () => {
    const socks = await rig({ destination: { kind: 'proxy', protocols: ['socks'] } })
    const one = await socks.engine.connect()
    await one.write(text('CONNECT localhost:80 HTTP/1.1'))
    expect((await one.takeRest()).toString()).toMatch(/^HTTP\/1.1 400 /)
    const http = await rig({ destination: { kind: 'proxy', protocols: ['http'] } })
    const other = await http.engine.connect()
    await other.write(Buffer.from([5, 1, 0]))
    expect(await other.ending).toBe('ECONNRESET')
  })

  it('may not ask for this rule itself', async () => {
    const { engine } = await rig()
    const client = await engine.connect()
    await client.write(text(`CONNECT localhost:${await engine.port()} HTTP/1.1`))
    expect((await client.takeRest()).toString()).toMatch(/^HTTP\/1.1 502 /)
    expect(await engine.failure()).toMatchObject({ code: 'loop' })
  })
})
