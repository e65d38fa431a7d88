import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { cli, listeningPort, startCli } from '../../support/cli.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startEcho } from '../../support/targets.ts'
import { startListening } from '../../support/tcp-server.ts'

async function startHop() {
  const socks = await managed(startSocksServer())
  return { socks, via: ['--via', `socks5h://127.0.0.1:${socks.port}`] }
}

describe('nexthop forward without a fixed destination', () => {
  it('is a proxy with --socks-and-http', async () => {
    const web = createServer((_request, response) => response.end('hello'))
    await managed({ close: async () => web.close() })
    const { socks, via } = await startHop()
    const running = await managed(startCli(['forward', '0', '--socks-and-http', ...via]))
    const client = await connectTo(await listeningPort(running))
    await client.write(
      `GET http://localhost:${await startListening(web)}/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    )
    expect((await client.takeRest()).toString()).toContain('hello')
    expect(socks.asks).toHaveLength(1)
  })

  it('follows the name with --sni, to allowed ones alone, and a TARGET for the rest', async () => {
    const echo = await managed(startEcho())
    const { socks, via } = await startHop()
    const running = await managed(
      startCli([
        ...['forward', '0', `127.0.0.1:${echo.port}`, '--sni', '--to-port', String(echo.port)],
        ...['--only-to', 'localhost', '--identify-timeout', '200ms', ...via],
      ]),
    )
    const port = await listeningPort(running)
    const named = await connectTo(port)
    await named.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    expect(await named.takeText(5)).toBe('GET /')
    const other = await connectTo(port)
    await other.write('GET / HTTP/1.1\r\nHost: other.example\r\n\r\n')
    expect((await other.takeRest()).toString()).toMatch(/^HTTP\/1.1 403 /)
    const nameless = await connectTo(port)
    await nameless.write('hello')
    expect(await nameless.takeText(5)).toBe('hello')
    expect(socks.asks.map(({ host }) => host)).toEqual(['localhost', '127.0.0.1'])
  })

  it('takes and sends PROXY headers', async () => {
    const echo = await managed(startEcho())
    const { via } = await startHop()
    const running = await managed(startCli(['forward', '0', '--from-header', '--send-header', 'v1', ...via]))
    const client = await connectTo(await listeningPort(running))
    const line = `PROXY TCP4 192.0.2.1 127.0.0.1 1000 ${echo.port}\r\n`
    await client.write(`${line}hello`)
    expect(await client.takeText(line.length + 5)).toBe(`${line}hello`)
  })

  it.each([
    [['9102', '--direct'], 'TARGET is missing'],
    [['9102', '--sni', '--socks-and-http', '--direct'], 'exclude each other'],
    [['9102', 'a:1', '--socks-and-http', '--direct'], 'TARGET is of no use'],
    [['9102', '--sni', '--ports', '5', '--direct'], '--ports needs a TARGET'],
    [['9102', 'a:1', '--only-to', 'b', '--direct'], '--only-to is of no use'],
    [['0', 'a:1', '--ports', '5', '--direct'], 'Listen port must be given for a range'],
    [['9102', 'a:1', '--send-header', 'v3', '--direct'], 'must be "off", "v1" or "v2"'],
  ])('%j is refused', async (args, message) => {
    const { code, stderr } = await cli(['forward', ...args])
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })
})
