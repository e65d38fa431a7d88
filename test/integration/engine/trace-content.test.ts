import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { ConnectionDetail, StageRecord } from '../../../shared/runtime.ts'
import { startCapture } from '../../support/capture.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { startEngine } from '../../support/engine.ts'
import { managed } from '../../support/managed.ts'
import { startMuteListener } from '../../support/mute-listener.ts'
import { makeRig } from '../../support/rig.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startEcho } from '../../support/targets.ts'
import { freePort } from '../../support/tcp-server.ts'

/** Each stage's name and what it says, ports and times left out. */
function words({ stages }: ConnectionDetail): string[] {
  return stages.map(({ stage, hopName, note = '' }) =>
    [stage, hopName, note]
      .filter(Boolean)
      .join(': ')
      .replace(/\d+(\.\d+)? (ms|s|min)\b/g, 'T')
      .replace(/[\d.]+ [kM]?B\/s/g, 'R')
      .replace(/:\d{4,5}\b/g, ':P'),
  )
}

function inOrder(stages: readonly StageRecord[]): boolean {
  return stages.every(({ startedAt, durationMs }, index) => {
    const next = stages[index + 1]
    return durationMs !== undefined && (!next || next.startedAt >= startedAt + durationMs - 0.001)
  })
}

describe('the trace of a connection', () => {
  it('tells what was seen and decided at each stage, with times that only grow', async () => {
    const echo = await managed(startEcho())
    const login = { user: 'ann', password: 'secret' }
    const { engine } = await makeRig({
      to: { host: 'localhost', port: echo.port },
      script: { login },
      hop: { ...login, resolveAt: 'here' },
    })
    const client = await engine.connect()
    client.end('hello')
    await client.takeRest()
    const detail = await engine.closedConnection()
    expect(words(detail)).toEqual([
      'accept: 127.0.0.1:P',
      'identify: localhost:P',
      'route: Test hop',
      expect.stringMatching(/^resolve: localhost is (127\.0\.0\.1$|.*; 127\.0\.0\.1 is asked for$)/),
      'connect-hop: Test hop: 127.0.0.1:P, IPv4',
      'greet: Test hop: wants the login',
      'authenticate: Test hop: accepted',
      'request: Test hop: granted',
      'relay: first byte from the client after T; first byte from the target after T; 5 B up, 5 B down, R',
      'close: end by client',
    ])
    expect(inOrder(detail.stages)).toBe(true)
  })

  it('tells why each hop was taken or not', async () => {
    const echo = await managed(startEcho())
    const good = await managed(startSocksServer())
    const hops = [
      makeHop({ id: 'a', name: 'Closed', port: await freePort(), failureWaitMs: 60_000 }),
      makeHop({ id: 'b', name: 'In repair', port: 1, maintenance: true }),
      makeHop({ id: 'c', name: 'Good', port: good.port }),
    ]
    const lists = [{ id: 'l', name: 'All', hopIds: ['a', 'b', 'c'] }]
    const rules = [makeRule({ to: echo.port, route: { kind: 'list', listId: 'l' } })]
    const engine = await managed(startEngine(makeConfig({ hops, lists, rules })))
    for (const expected of [
      [
        'route: list All: Closed, Good; In repair in maintenance',
        'connect-hop: Closed: 127.0.0.1:P failed with ECONNREFUSED',
      ],
      ['route: list All: Good; Closed left alone after a failure, for another T; In repair in maintenance'],
    ]) {
      const client = await engine.connect()
      client.end('x')
      await client.takeRest()
      const told = words(await engine.closedConnection())
      for (const line of expected) expect(told).toContainEqual(line)
    }
  })

  it.skipIf(process.platform !== 'linux')(
    'tells of an attempt that nobody answered where it was made',
    async () => {
      const mute = await managed(startMuteListener())
      const { engine } = await makeRig({
        to: 80,
        hop: { port: mute.port, connectTimeoutMs: 200, retries: 1 },
      })
      await (
        await engine.connect()
      ).ending
      const told = words(await engine.closedConnection()).filter((line) => line.startsWith('connect-hop'))
      expect(told).toEqual(Array(2).fill('connect-hop: Test hop: 127.0.0.1:P did not answer'))
    },
  )

  it.skipIf(process.platform !== 'linux')(
    'tells why the system refuses an attempt before anything is sent',
    async () => {
      // TCP has no multicast; a network that is down looks the same.
      const { engine } = await makeRig({ to: 80, hop: { host: '224.0.0.1', port: 1080, retries: 0 } })
      await (
        await engine.connect()
      ).ending
      expect(words(await engine.closedConnection())).toContain(
        'connect-hop: Test hop: 224.0.0.1:P failed with ENETUNREACH',
      )
    },
  )
})

describe('the recording of a connection that was refused', () => {
  it('has the address and port that it came from', async () => {
    const port = await freePort()
    const { engine } = await makeRig({ to: 80, hop: { port } })
    const capture = await startCapture(engine, { decodeFriendly: false })
    await (
      await engine.connect()
    ).ending
    await capture.stop()
    const content = await readFile(capture.path)
    // The TCP header of the SYN: source port, then destination port, behind the addresses.
    const ends = Buffer.from([127, 0, 0, 1, 127, 0, 0, 1, 0, 0, port >> 8, port & 0xff])
    const at = [...content.keys()].find(
      (offset) =>
        content.subarray(offset, offset + 8).equals(ends.subarray(0, 8)) &&
        content.subarray(offset + 10, offset + 12).equals(ends.subarray(10)),
    )
    expect(at).toBeDefined()
    expect(content.readUInt16BE((at ?? 0) + 8)).toBeGreaterThan(1023)
  })
})
