import { expect, it } from 'vitest'
import { createLog } from '../../main/app/log.ts'
import { createEngineThreads } from '../../main/app/threads/engine-threads.ts'
import type { EngineEvent } from '../../main/engine/api.ts'
import { canSharePorts } from '../../main/engine/can-share-ports.ts'
import { managed } from '../support/managed.ts'
import { noiseBuffer, noiseSha256, sha256 } from '../support/data.ts'
import { makeConfig, makeHop, makeRule } from '../support/config.ts'
import { startCapture } from '../support/capture.ts'
import { startEngine } from '../support/engine.ts'
import { makeRig } from '../support/rig.ts'
import {
  startAnswerAfterEnd,
  startBanner,
  startEcho,
  startResetter,
  startSource,
} from '../support/targets.ts'
import { freePort } from '../support/tcp-server.ts'
import { describeWith } from '../support/tools.ts'
import { followStream, tsharkComplaints, tsharkFields } from '../support/tshark.ts'
import { until } from '../support/until.ts'
import { connectTo } from '../support/peer.ts'

const canShare = await canSharePorts()

// Wireshark reads what Nexthop records: every test lets tshark judge the whole file, checksums included.

const socks = { login: { user: 'me', password: 'open-sesame' } }
const login = { user: 'me', password: 'open-sesame' }

describeWith(['tshark'], 'a capture', () => {
  it.each([
    ['4', 'socks.dst', 'socks.dstport', '127.0.0.1'],
    ['4a', 'socks.v4a_dns_name', 'socks.dstport', 'localhost'],
    ['5', 'socks.remote_name', 'socks.port', 'localhost'],
  ] as const)('decodes the handshake of SOCKS%s by itself', async (version, field, portField, target) => {
    const echo = await managed(startEcho())
    const to = { host: version === '4' ? '127.0.0.1' : 'localhost', port: echo.port }
    const { engine } = await makeRig({ to, hop: { version } })
    const capture = await startCapture(engine)
    const client = await managed(engine.connect())
    await client.write('hello')
    await client.take(5)
    client.end()
    await client.takeRest()
    await engine.closedConnection()
    await capture.stop()
    expect(await tsharkComplaints(capture.path)).toEqual([])
    const [ask] = await tsharkFields(capture.path, ['socks.version', field, portField], field)
    expect(ask).toEqual([version.charAt(0), target, String(echo.port)])
  })

  it('shows the login without the password, and with it where that was asked for', async () => {
    const echo = await managed(startEcho())
    const { engine } = await makeRig({ to: echo.port, script: socks, hop: login })
    for (const [keepPasswords, password] of [
      [false, '***********'],
      [true, 'open-sesame'],
    ] as const) {
      const capture = await startCapture(engine, { keepPasswords })
      const client = await managed(engine.connect())
      await client.write('open-sesame is said here too')
      await client.take(5)
      client.reset()
      await engine.closedConnection()
      await capture.stop()
      expect(await tsharkComplaints(capture.path)).toEqual([])
      const fields = ['socks.username', 'socks.password']
      expect(await tsharkFields(capture.path, fields, 'socks.password')).toEqual([['me', password]])
      const { fromOpener } = await followStream(capture.path, 0)
      expect(fromOpener.toString()).toBe(`${password} is said here too`)
    }
  })

  it('follows both legs to the same bytes, with a half-close and a FIN of each side', async () => {
    const target = await managed(startAnswerAfterEnd())
    const { engine } = await makeRig({ to: target.port })
    const capture = await startCapture(engine)
    const client = await managed(engine.connect())
    const localPort = String(client.socket.localPort)
    const sent = noiseBuffer(70_000)
    client.end(sent)
    const answer = await client.takeRest()
    await engine.closedConnection()
    await capture.stop()
    expect(await tsharkComplaints(capture.path)).toEqual([])
    const clientLeg = await followStream(capture.path, 0)
    expect(sha256(clientLeg.fromOpener)).toBe(sha256(sent))
    expect(sha256(clientLeg.fromAcceptor)).toBe(sha256(answer))
    const hopLeg = await followStream(capture.path, 1)
    expect(sha256(hopLeg.fromOpener.subarray(-sent.length))).toBe(sha256(sent))
    expect(sha256(hopLeg.fromAcceptor.subarray(-answer.length))).toBe(sha256(answer))
    const fins = await tsharkFields(capture.path, ['tcp.stream', 'tcp.dstport'], 'tcp.flags.fin == 1')
    const port = String(await engine.port())
    // The client's FIN goes on to the hop before anything is answered.
    expect(fins.slice(0, 2)).toEqual([
      ['0', port],
      ['1', '1080'],
    ])
    expect(fins).toHaveLength(4)
    expect(await tsharkFields(capture.path, ['frame.number'], 'tcp.flags.reset == 1')).toEqual([])
    // Real ports; only the hop's is the one that Wireshark knows.
    const [first] = await tsharkFields(capture.path, ['tcp.srcport', 'tcp.dstport'], 'tcp.stream == 0')
    expect(first).toEqual([localPort, port])
  })

  it('finds a reset where it happened', async () => {
    const target = await managed(startResetter())
    const { engine } = await makeRig({ to: target.port })
    const capture = await startCapture(engine)
    const client = await managed(engine.connect())
    await client.write('x')
    expect(await client.ending).toBe('ECONNRESET')
    await engine.closedConnection()
    await capture.stop()
    expect(await tsharkComplaints(capture.path)).toEqual([])
    const resets = await tsharkFields(capture.path, ['tcp.stream', 'tcp.srcport'], 'tcp.flags.reset == 1')
    expect(resets).toEqual([
      ['1', '1080'],
      ['0', String(await engine.port())],
    ])
  })

  it('tells the cause in a comment where a hop is down, and shows the refusal', async () => {
    const port = await freePort()
    const config = makeConfig({ hops: [makeHop({ port })], rules: [makeRule({ to: 9 })] })
    const engine = await managed(startEngine(config))
    const capture = await startCapture(engine, { decodeFriendly: false })
    const client = await managed(engine.connect())
    expect(await client.ending).toBe('ECONNRESET')
    await engine.closedConnection()
    await capture.stop()
    expect(await tsharkComplaints(capture.path)).toEqual([])
    const resets = await tsharkFields(
      capture.path,
      ['tcp.stream', 'tcp.srcport', 'frame.comment'],
      'tcp.flags.reset == 1',
    )
    expect(resets).toEqual([
      ['1', String(port), ''],
      [
        '0',
        String(await engine.port()),
        expect.stringContaining('refused the connection: nothing listens there'),
      ],
    ])
    const names = await tsharkFields(capture.path, ['ip.dst_host'], 'tcp.stream == 1', ['-N', 'n'])
    expect(names[0]).toEqual(['Test hop'])
    const [from] = await tsharkFields(capture.path, ['ip.src', 'tcp.srcport'], 'tcp.stream == 1')
    expect(from).toEqual(['127.0.0.1', expect.stringMatching(/^[1-9]\d{3,4}$/)])
  })

  it('keeps apart many connections at once, and their bytes', async () => {
    const banner = await managed(startBanner('220 ready\r\n'))
    const { engine } = await makeRig({ to: banner.port })
    const capture = await startCapture(engine)
    const clients = await Promise.all(Array.from({ length: 20 }, () => engine.connect()))
    const ports = clients.map(({ socket }) => String(socket.localPort))
    for (const [index, client] of clients.entries()) client.end(`I am ${index}`)
    const answers = await Promise.all(clients.map((client) => client.takeRest()))
    await until('all are closed', async () => (await engine.engine.snapshot()).totals.open === 0)
    const { connections } = await capture.stop()
    expect(connections).toBe(20)
    expect(await tsharkComplaints(capture.path)).toEqual([])
    const rows = await tsharkFields(
      capture.path,
      ['tcp.stream', 'tcp.srcport'],
      `tcp.dstport == ${await engine.port()} && tcp.flags.syn == 1`,
    )
    expect(rows).toHaveLength(20)
    for (const [stream = '', port] of rows) {
      const index = ports.indexOf(port ?? '')
      const { fromOpener, fromAcceptor } = await followStream(capture.path, Number(stream))
      expect(fromOpener.toString()).toBe(`I am ${index}`)
      expect(fromAcceptor).toEqual(answers[index])
    }
  })

  it('reads IPv6 on both legs', async () => {
    const echo = await managed(startEcho({ host: '::1' }))
    const { hop, engine } = await makeRig({
      to: { host: '::1', port: echo.port },
      rule: { listen: { kind: 'tcp', host: '::1', port: 0 } },
    })
    const capture = await startCapture(engine)
    const client = await managed(connectTo({ host: '::1', port: await engine.port() }))
    client.end('over six')
    expect((await client.takeRest()).toString()).toBe('over six')
    await engine.closedConnection()
    await capture.stop()
    expect(hop.asks).toHaveLength(1)
    expect(await tsharkComplaints(capture.path)).toEqual([])
    const [first] = await tsharkFields(capture.path, ['ipv6.src', 'ipv6.dst'], 'tcp.stream == 0')
    expect(first).toEqual(['::1', '::1'])
    const [asked] = await tsharkFields(capture.path, ['socks.dstV6'], 'socks.dstV6')
    expect(asked).toEqual(['::1'])
  })

  it.skipIf(!canShare)('reads what several threads recorded into one file', async () => {
    const echo = await managed(startEcho())
    const events: EngineEvent[] = []
    const threads = createEngineThreads({
      url: new URL('../../main/engine/worker.ts', import.meta.url),
      onEvent: (event) => events.push(event),
      onStatus: () => undefined,
      log: createLog(),
    })
    await managed({ close: () => threads.close(0) })
    const rule = makeRule({ to: echo.port, route: { kind: 'direct' } })
    await threads.apply(makeConfig({ rules: [rule], settings: { threads: 2 } }))
    const { rules } = await threads.snapshot()
    const status = rules[0]?.status
    if (status?.state !== 'listening' || status.address.kind !== 'tcp') throw new Error('not listening')
    const { port } = status.address
    const capture = await startCapture({ engine: threads, events })
    const sent = noiseBuffer(100_000)
    const clients = await Promise.all(Array.from({ length: 24 }, () => connectTo(port)))
    for (const client of clients) client.end(sent)
    for (const client of clients) expect(sha256(await client.takeRest())).toBe(sha256(sent))
    await until('all are closed', async () => (await threads.snapshot()).totals.open === 0)
    const ids = (await threads.connections()).map(({ id }) => id)
    expect(ids.some((id) => id.includes('-')) && ids.some((id) => !id.includes('-'))).toBe(true)
    const ended = await capture.stop()
    expect(ended.connections).toBe(24)
    expect(await tsharkComplaints(capture.path)).toEqual([])
    const syns = await tsharkFields(
      capture.path,
      ['tcp.stream'],
      `tcp.dstport == ${port} && tcp.flags.syn == 1`,
    )
    expect(syns).toHaveLength(24)
    const { fromOpener, fromAcceptor } = await followStream(capture.path, Number(syns[7]?.[0]))
    expect([sha256(fromOpener), sha256(fromAcceptor)]).toEqual([sha256(sent), sha256(sent)])
  })

  it('follows a hundred megabytes to the same bytes', async () => {
    const size = 100_000_000
    const source = await managed(startSource(size))
    const { engine } = await makeRig({ to: source.port })
    const capture = await startCapture(engine, {
      maxBytes: 1_000_000_000,
      of: { kind: 'rule', ruleId: 'rule' },
    })
    const client = await managed(engine.connect())
    const received = await client.takeRest()
    expect(sha256(received)).toBe(noiseSha256(size))
    client.end()
    await engine.closedConnection()
    await capture.stop()
    expect(await tsharkComplaints(capture.path)).toEqual([])
    const { fromAcceptor } = await followStream(capture.path, 0)
    expect(sha256(fromAcceptor)).toBe(noiseSha256(size))
  })
})
