import { connect as connectTls } from 'node:tls'
import { describe, expect, it } from 'vitest'
import type { PortRuleInput } from '../../../shared/model/port-rule.ts'
import { managed } from '../../support/managed.ts'
import { makeRig, type Rig, type RigOptions } from '../../support/rig.ts'
import { connectTo } from '../../support/peer.ts'
import { startAnswerAfterEnd, startBanner, startEcho } from '../../support/targets.ts'
import { makeConfig } from '../../support/config.ts'
import { freePort, startTcpServer } from '../../support/tcp-server.ts'
import { until } from '../../support/until.ts'

type Destination = PortRuleInput['destination']

function rig(to: Destination, rule: RigOptions['rule'] = {}): Promise<Rig> {
  return makeRig({ to, rule })
}

async function note({ engine }: Rig): Promise<string | undefined> {
  const { stages } = await engine.closedConnection()
  return stages.find(({ stage }) => stage === 'identify')?.note
}

describe('a destination by the name in the traffic', () => {
  it('is the Host of an HTTP request, which goes on unchanged', async () => {
    const target = await managed(startEcho())
    const setup = await rig({ kind: 'sniff', port: target.port })
    const client = await setup.engine.connect()
    const request = 'GET / HTTP/1.1\r\nHost: LocalHost\r\n\r\nand more'
    for (const byte of request) await client.write(byte)
    client.end()
    expect((await client.takeRest()).toString()).toBe(request)
    expect(setup.hop.asks).toMatchObject([{ host: 'localhost', port: target.port }])
    expect(await note(setup)).toBe(`localhost:${target.port}, HTTP Host`)
    const { totals } = await setup.engine.engine.snapshot()
    expect(totals).toMatchObject({ bytesUp: request.length, bytesDown: request.length })
  })

  it('is the server name of TLS', async () => {
    const target = await managed(startEcho())
    const setup = await rig({ kind: 'sniff', port: target.port, allowed: ['*.localhost'] })
    const socket = connectTls({ port: await setup.engine.port(), servername: 'www.localhost' })
    socket.on('error', () => undefined)
    await until('the hop is asked', () => setup.hop.asks.length > 0)
    expect(setup.hop.asks).toMatchObject([{ host: 'www.localhost', port: target.port }])
    socket.destroy()
    expect(await note(setup)).toBe(`www.localhost:${target.port}, TLS server name`)
  })

  it('is refused where it is not allowed', async () => {
    const setup = await rig({ kind: 'sniff', allowed: ['example.com'] })
    const client = await setup.engine.connect()
    await client.write('GET / HTTP/1.1\r\nHost: other.example\r\n\r\n')
    expect((await client.takeRest()).toString()).toMatch(/^HTTP\/1.1 403 .*other\.example:80 is not among/s)
    expect(await setup.engine.failure()).toMatchObject({
      code: 'blocked',
      stage: 'identify',
      target: 'other.example:80',
    })
    expect(setup.hop.asks).toEqual([])
  })

  it('may be missing: the default destination gets the traffic', async () => {
    const target = await managed(startAnswerAfterEnd())
    const fallback = { host: '127.0.0.1', port: target.port }
    for (const text of ['SSH-2.0-x\r\n', 'hello', 'GET / HTTP/1.1\r\n\r\n', '\x16\x03\x01\x00\x05\x02']) {
      const setup = await rig({ kind: 'sniff', fallback })
      const client = await setup.engine.connect()
      client.end(text)
      expect((await client.takeRest()).toString()).toBe(`got: ${text}`)
    }
  })

  it('leads to the default where the client waits for the server to speak', async () => {
    const target = await managed(startBanner('220 hello\r\n'))
    const fallback = { host: '127.0.0.1', port: target.port }
    const setup = await rig({ kind: 'sniff', fallback }, { identifyTimeoutMs: 100 })
    const client = await setup.engine.connect()
    expect(await client.takeText(5)).toBe('220 h')
    await client.write('EHLO')
    expect(await client.takeText(10)).toBe('ello\r\nEHLO')
  })

  it.each([
    ['says nothing', '', { code: 'timeout', stage: 'identify', afterMs: 200 }],
    [
      'begins with something unknown',
      'hello',
      { code: 'bad-request', unidentified: 'nameless', clue: { code: 'unknown' } },
    ],
    [
      'begins with TLS that is none',
      '\x16\x03\x01\x00\x05\x01\x00\x00\x01\x00',
      { unidentified: 'malformed', clue: { code: 'tls-hello-incomplete', within: 'TLS' } },
    ],
    [
      'stops in the middle',
      'GET / HTTP/1.1\r\nHos',
      { unidentified: 'malformed', clue: { code: 'incomplete', within: 'HTTP' } },
    ],
  ])('is missing where the client %s', async (_title, text, failure) => {
    const setup = await rig({ kind: 'sniff' }, { identifyTimeoutMs: 200 })
    const client = await setup.engine.connect()
    await client.write(Buffer.from(text, 'latin1'))
    await client.ending
    expect(await setup.engine.failure()).toMatchObject({ stage: 'identify', ...failure })
  })

  it.each(['localhost', '127.0.0.1', '[::1]'])('is never this rule itself, as %s', async (host) => {
    const port = await freePort()
    const setup = await makeRig({
      to: { kind: 'sniff', port },
      rule: { listen: { kind: 'tcp', host: host === '[::1]' ? '::1' : '127.0.0.1', port } },
    })
    const client = await connectTo({ host: host === '[::1]' ? '::1' : '127.0.0.1', port })
    await client.write(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
    expect((await client.takeRest()).toString()).toMatch(/^HTTP\/1.1 502 .*leads back to Nexthop/s)
    expect(await setup.engine.failure()).toMatchObject({ code: 'loop', stage: 'identify' })
    expect(setup.hop.accepted).toBe(0)
  })

  it('leaves nothing open where the client goes away before it said anything', async () => {
    const setup = await rig({ kind: 'sniff' })
    const client = await setup.engine.connect()
    client.end()
    await client.ending
    const detail = await setup.engine.closedConnection()
    expect(detail.closeReason).toEqual({ by: 'client', how: 'end' })
    expect(setup.engine.failures).toEqual([])
  })
})

describe('a range of ports', () => {
  /** Two servers on ports next to each other. */
  async function startPair() {
    const port = await freePort('127.0.0.1', 2)
    await managed(startTcpServer((peer) => peer.end('one'), { port }))
    await managed(startTcpServer((peer) => peer.end('two'), { port: port + 1 }))
    return port
  }

  /** A rule that listens on two free ports next to each other. */
  async function startRange(port: number) {
    const listen = await freePort('127.0.0.1', 2)
    const to = { kind: 'range', host: '127.0.0.1', port, count: 2 } as const
    return { ...(await makeRig({ to, rule: { listen } })), listen }
  }

  it('leads each port to its own, and ends as a whole', async () => {
    const { engine, listen } = await startRange(await startPair())
    for (const [offset, text] of ['one', 'two'].entries()) {
      const client = await connectTo(listen + offset)
      expect(await client.takeText(3)).toBe(text)
    }
    await engine.apply(makeConfig({}))
    for (const offset of [0, 1]) {
      await expect(connectTo(listen + offset)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    }
  })

  it('is all or nothing: one port that is taken fails the rule, and frees the others', async () => {
    const listen = await freePort('127.0.0.1', 2)
    await managed(startTcpServer(undefined, { port: listen + 1 }))
    const to = { kind: 'range', host: '127.0.0.1', port: 1, count: 2 } as const
    const { engine } = await makeRig({ to, rule: { listen } })
    expect(await engine.status()).toMatchObject({ state: 'failed', failure: { code: 'port-in-use' } })
    await expect(connectTo(listen)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })
})
