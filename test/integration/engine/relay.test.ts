import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { noise, noiseBuffer, noiseSha256, sha256 } from '../../support/data.ts'
import { endDelays } from '../../support/end-delays.ts'
import { managed } from '../../support/managed.ts'
import type { Peer } from '../../support/peer.ts'
import { makeRig } from '../../support/rig.ts'
import {
  startAnswerAfterEnd,
  startBanner,
  startEcho,
  startEndsFirst,
  startNeverReads,
  startResetter,
  startSink,
  startSource,
} from '../../support/targets.ts'
import { startTcpServer } from '../../support/tcp-server.ts'
import { until } from '../../support/until.ts'

const MB = 1_000_000

/** A SOCKS5 server's part of one conversation, with a destination that says "bye" and ends. */
async function leadToBye(peer: Peer): Promise<void> {
  await peer.take(3)
  await peer.write(Buffer.from([5, 0]))
  await peer.take(10)
  peer.end(Buffer.concat([Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]), Buffer.from('bye')]))
}

describe('half-close', () => {
  it('by the client is passed on, and the answer still comes', async () => {
    const target = await managed(startAnswerAfterEnd())
    const { engine } = await makeRig({ to: target.port })
    const client = await engine.connect()
    client.end('question')
    expect((await client.takeRest()).toString()).toBe('got: question')
    expect((await engine.closedConnection()).closeReason).toEqual({ by: 'client', how: 'end' })
  })

  it('by a client that sends nothing at all is passed on', async () => {
    const target = await managed(startAnswerAfterEnd())
    const { engine } = await makeRig({ to: target.port })
    const client = await engine.connect()
    client.end()
    expect((await client.takeRest()).toString()).toBe('got: ')
  })

  it('by the target is passed on at once, where the hop answers its greeting', async () => {
    const target = await managed(startEndsFirst('bye'))
    const { engine } = await makeRig({ to: target.port })
    // Without an answer it would take 50 ms each time.
    expect(Math.min(...(await endDelays(engine)))).toBeLessThan(40)
  })

  it.each([
    ['is passed on where the hop stays silent to a second greeting', false, 'end'],
    ['is a reset where the hop resets a second connection', true, 'ECONNRESET'],
  ] as const)('by the target %s', async (_, resets, ending) => {
    let connections = 0
    const hop = await managed(
      startTcpServer((peer) => {
        connections += 1
        if (connections === 1) void leadToBye(peer)
        else if (resets) peer.reset()
      }),
    )
    const { engine } = await makeRig({ to: 9, hop: { port: hop.port } })
    const client = await engine.connect()
    expect(await client.takeText(3)).toBe('bye')
    expect(await client.ending).toBe(ending)
    client.end()
    const { closeReason } = await engine.closedConnection()
    expect(closeReason?.failure?.code).toBe(resets ? 'hop-unreachable' : undefined)
  })

  it('by the target is passed on, and the client can still send', async () => {
    const target = await managed(startEndsFirst('bye'))
    const { engine } = await makeRig({ to: target.port })
    const client = await engine.connect()
    expect((await client.takeRest()).toString()).toBe('bye')
    const peer = await target.nextPeer()
    await client.write('more')
    expect(await peer.takeText(4)).toBe('more')
    client.end(' and the end')
    expect((await peer.takeRest()).toString()).toBe(' and the end')
    expect(await engine.closedConnection()).toMatchObject({
      bytesUp: 16,
      bytesDown: 3,
      closeReason: { by: 'target', how: 'end' },
    })
  })
})

describe('resets', () => {
  it('of the target reach the client as a reset', async () => {
    const target = await managed(startResetter())
    const { engine } = await makeRig({ to: target.port })
    const client = await engine.connect()
    await client.write('x')
    expect(await client.ending).toBe('ECONNRESET')
    expect((await engine.closedConnection()).closeReason).toEqual({ by: 'target', how: 'reset' })
    // A target that resets is the target's own affair.
    expect(engine.failures).toEqual([])
  })

  it('of the client reach the target as a reset', async () => {
    const target = await managed(startTcpServer())
    const { engine } = await makeRig({ to: target.port })
    const client = await engine.connect()
    await client.write('x')
    const peer = await target.nextPeer()
    await peer.take(1)
    client.reset()
    expect(await peer.ending).toBe('ECONNRESET')
    expect((await engine.closedConnection()).closeReason).toEqual({ by: 'client', how: 'reset' })
  })

  it('after a half-close still reach the other side', async () => {
    const target = await managed(startTcpServer())
    const { engine } = await makeRig({ to: target.port })
    const client = await engine.connect()
    client.end('done')
    const peer = await target.nextPeer()
    expect((await peer.takeRest()).toString()).toBe('done')
    peer.reset()
    expect(await client.ending).toBe('ECONNRESET')
  })

  it('over a direct route are passed on too', async () => {
    const target = await managed(startResetter())
    const { engine } = await makeRig({ to: target.port, rule: { route: { kind: 'direct' } } })
    const client = await engine.connect()
    await client.write('x')
    expect(await client.ending).toBe('ECONNRESET')
  })
})

// A byte that is lost one time in three is lost.
describe('data', { retry: 0 }, () => {
  it('comes from a server that speaks first', async () => {
    const target = await managed(startBanner('SSH-2.0-test\r\n'))
    const { engine } = await makeRig({ to: target.port })
    const client = await engine.connect()
    expect(await client.takeText(14)).toBe('SSH-2.0-test\r\n')
    client.end('ok')
    expect((await client.takeRest()).toString()).toBe('ok')
  })

  it('that the client sends before the hop has answered is kept', async () => {
    const target = await managed(startEcho())
    const { engine } = await makeRig({ to: target.port, script: { bytewise: true } })
    const client = await engine.connect()
    const data = noiseBuffer(3 * MB)
    client.end(data)
    expect(sha256(await client.takeRest())).toBe(sha256(data))
  })

  it('of 64 MB comes down unchanged, and is counted exactly', async () => {
    const bytes = 64 * MB + 1
    const target = await managed(startSource(bytes))
    const { engine } = await makeRig({ to: target.port })
    const client = await engine.connect()
    const received = await client.takeRest()
    client.end()
    expect(received.length).toBe(bytes)
    expect(sha256(received)).toBe(noiseSha256(bytes))
    expect(await engine.closedConnection()).toMatchObject({ bytesUp: 0, bytesDown: bytes })
    const { totals, rules } = await engine.engine.snapshot()
    expect(totals).toEqual({ bytesUp: 0, bytesDown: bytes, open: 0, opened: 1, failed: 0 })
    expect(rules[0]?.totals).toEqual(totals)
  })

  it('of 64 MB goes up unchanged, and is counted exactly', async () => {
    const bytes = 64 * MB + 1
    const target = await managed(startSink())
    const { engine } = await makeRig({ to: target.port })
    const client = await engine.connect()
    for (const chunk of noise(bytes)) await client.write(chunk)
    client.end()
    expect((await client.takeRest()).toString()).toBe(noiseSha256(bytes))
    expect(await engine.closedConnection()).toMatchObject({ bytesUp: bytes, bytesDown: 64 })
  })
})

describe('back-pressure', () => {
  /** Writes until the other side has taken nothing for a while; how much it took. */
  async function acceptedBy(write: (chunk: Buffer) => boolean, written: () => number): Promise<number> {
    const chunk = Buffer.alloc(256 * 1024)
    let last = { bytes: -1, at: Date.now() }
    await until('the writer is stopped', () => {
      while (written() < 1000 * MB && write(chunk)) {
        // Fills up what is there.
      }
      if (written() !== last.bytes) last = { bytes: written(), at: Date.now() }
      return Date.now() - last.at > 300
    })
    return written()
  }

  it('bounds what a target that never reads can make us hold', async () => {
    const target = await managed(startNeverReads())
    const { engine } = await makeRig({ to: target.port })
    const client = await engine.connect()
    const accepted = await acceptedBy(
      (chunk) => client.socket.write(chunk),
      () => client.socket.bytesWritten - client.socket.writableLength,
    )
    const [connection] = await engine.engine.connections()
    // Four socket buffers of the system lie on the way (two of them the hop's), of up to 6 MB each, and ours between.
    expect(accepted).toBeLessThan(30 * MB)
    expect(connection?.bytesUp).toBeLessThan(30 * MB)
    expect(connection?.bytesUp).toBeGreaterThan(0)
  })

  it('bounds what a client that never reads can make us hold', async () => {
    const target = await managed(startTcpServer())
    const { engine } = await makeRig({ to: target.port })
    const client = await engine.connect()
    client.socket.pause()
    const peer = await target.nextPeer()
    const accepted = await acceptedBy(
      (chunk) => peer.socket.write(chunk),
      () => peer.socket.bytesWritten - peer.socket.writableLength,
    )
    expect(accepted).toBeLessThan(30 * MB)
    client.reset()
    expect(await peer.ending).toBe('ECONNRESET')
  })

  it('ends when the reader goes on, and nothing is lost', async () => {
    const bytes = 40 * MB
    const target = await managed(startSource(bytes))
    const { engine } = await makeRig({ to: target.port })
    const client = await engine.connect()
    client.socket.pause()
    await until('it has come to a stop', async () => {
      const before = (await engine.engine.connections())[0]?.bytesDown
      await pause(100)
      const after = (await engine.engine.connections())[0]?.bytesDown
      return before !== 0 && before === after
    })
    client.socket.resume()
    expect(sha256(await client.takeRest())).toBe(noiseSha256(bytes))
  })
})

describe('idle time-out', () => {
  it('resets both sides when nothing passes, and says so', async () => {
    const target = await managed(startEcho())
    const { engine, hop } = await makeRig({ to: target.port, rule: { idleTimeoutMs: 300 } })
    const client = await engine.connect()
    const startedAt = Date.now()
    await client.write('x')
    await client.take(1)
    expect(await client.ending).toBe('ECONNRESET')
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(295)
    await until('the hop is let go', () => hop.open === 0)
    expect(await engine.failure()).toMatchObject({ code: 'timeout', stage: 'relay', afterMs: 300 })
    expect(engine.logs.at(-1)?.message).toMatch(
      /: Nothing was sent either way within 300 ms\. Raise the idle time-out if such pauses are normal\.$/,
    )
  })

  it('does not end a connection over which something passes, in one direction at least', async () => {
    const target = await managed(startTcpServer())
    const { engine } = await makeRig({ to: target.port, rule: { idleTimeoutMs: 300 } })
    const client = await engine.connect()
    const peer = await target.nextPeer()
    const startedAt = Date.now()
    while (Date.now() - startedAt < 900) {
      await peer.write('.')
      await client.take(1)
      await pause(30)
    }
    expect(engine.failures).toEqual([])
    peer.end()
    client.end()
    expect((await client.takeRest()).length).toBe(0)
  })
})
