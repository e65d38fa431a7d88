import { describe, expect, it } from 'vitest'
import { readProxyHeader } from '../../../main/engine/identify/proxy-header.ts'
import { writeProxyHeader } from '../../../main/engine/identify/proxy-header-writer.ts'
import { explainInFull } from '../../../shared/texts/explain.ts'
import type { RuleFields } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { makeRig } from '../../support/rig.ts'
import { startBanner, startEcho } from '../../support/targets.ts'
import { startTcpServer } from '../../support/tcp-server.ts'
import { until } from '../../support/until.ts'

const source = { host: '192.0.2.7', port: 40_000 }

describe('an incoming PROXY header', () => {
  it.each([1, 2] as const)('of version %i tells the client, and where it goes', async (version) => {
    const target = await managed(startEcho())
    const { engine, hop } = await makeRig({ to: { kind: 'header' }, rule: { receiveProxyHeader: true } })
    const client = await engine.connect()
    const destination = { host: '127.0.0.1', port: target.port }
    const header = writeProxyHeader({ version, addresses: { source, destination } })
    for (const byte of header) await client.write(Buffer.from([byte]))
    await client.write('hello')
    expect(await client.takeText(5)).toBe('hello')
    expect(hop.asks).toMatchObject([destination])
    expect((await engine.engine.connections())[0]).toMatchObject({
      client: '192.0.2.7:40000',
      target: `127.0.0.1:${target.port}`,
    })
  })

  it('comes before everything else, also where the server speaks first', async () => {
    const target = await managed(startBanner('220 hello'))
    const { engine } = await makeRig({ to: target.port, rule: { receiveProxyHeader: true } })
    const client = await engine.connect()
    await client.write('PROXY UNKNOWN\r\nEHLO')
    expect(await client.takeText(13)).toBe('220 helloEHLO')
  })

  it('comes before a request to a proxy, too', async () => {
    const target = await managed(startEcho())
    const { engine } = await makeRig({ to: { kind: 'proxy' }, rule: { receiveProxyHeader: true } })
    const client = await engine.connect()
    await client.write(`PROXY UNKNOWN\r\nCONNECT localhost:${target.port} HTTP/1.1\r\n\r\nhello`)
    expect((await client.takeText(44)).endsWith('\r\n\r\nhello')).toBe(true)
  })

  it.each([
    ['is missing', 'GET / HTTP/1.1\r\n\r\n', { unidentified: 'no-header' }],
    ['does not come', '', { code: 'timeout', stage: 'identify' }],
    ['tells no addresses', 'PROXY UNKNOWN\r\n', { unidentified: 'header-without-address' }],
    [
      'is not valid',
      'PROXY TCP4 a b 1 2\r\n',
      { unidentified: 'no-header', clue: { code: 'proxy-line-invalid' } },
    ],
    ['tells one that is not allowed', 'PROXY TCP4 1.1.1.1 10.0.0.1 1 2\r\n', { code: 'blocked' }],
  ])('that %s ends the connection', async (_title, text, failure) => {
    const to: RuleFields['to'] = { kind: 'header', allowed: ['192.168.0.0/16'] }
    const { engine, hop } = await makeRig({ to, rule: { receiveProxyHeader: true, identifyTimeoutMs: 200 } })
    const client = await engine.connect()
    await client.write(text)
    expect(await client.ending).toBe('ECONNRESET')
    const told = await engine.failure()
    expect(told).toMatchObject({ stage: 'identify', ...failure })
    // The particulars, where there are any: not what the sentence says already.
    expect(explainInFull(told)).not.toContain('(it does not begin')
    expect(hop.accepted).toBe(0)
  })
})

describe('an outgoing PROXY header', () => {
  it.each(['v1', 'v2'] as const)('%s tells the client before its first byte', async (sendProxyHeader) => {
    const target = await managed(startTcpServer())
    const { engine } = await makeRig({ to: target.port, rule: { sendProxyHeader } })
    const client = await engine.connect()
    await client.write('hello')
    const peer = await target.nextPeer()
    await until('all has arrived', () => peer.received.toString('latin1').endsWith('hello'))
    const reading = readProxyHeader(peer.received)
    if (reading.kind !== 'done') throw new Error(reading.kind)
    expect(reading.value).toEqual({
      version: sendProxyHeader === 'v1' ? 1 : 2,
      addresses: {
        source: { host: '127.0.0.1', port: client.socket.localPort },
        destination: { host: '127.0.0.1', port: await engine.port() },
      },
    })
    await peer.take(reading.length)
    expect(await peer.takeText(5)).toBe('hello')
  })

  it('passes on what an incoming one told', async () => {
    const target = await managed(startTcpServer())
    const rule = { receiveProxyHeader: true, sendProxyHeader: 'v1' } as const
    const { engine } = await makeRig({ to: target.port, rule })
    const client = await engine.connect()
    await client.write('PROXY TCP6 2001:db8::7 2001:db8::8 1000 443\r\n')
    const line = 'PROXY TCP6 2001:db8::7 2001:db8::8 1000 443\r\n'
    expect(await (await target.nextPeer()).takeText(line.length)).toBe(line)
  })

  it('comes first on every connection of an HTTP proxy’s client', async () => {
    const target = await managed(startTcpServer())
    const { engine } = await makeRig({ to: { kind: 'proxy' }, rule: { sendProxyHeader: 'v1' } })
    const client = await engine.connect()
    await client.write(`GET http://localhost:${target.port}/ HTTP/1.1\r\n\r\n`)
    expect(await (await target.nextPeer()).takeText(11)).toBe('PROXY TCP4 ')
  })
})
