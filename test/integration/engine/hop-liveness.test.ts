import { describe, expect, it } from 'vitest'
import { HopLiveness } from '../../../main/engine/dial/hop-liveness.ts'
import type { NextHop, NextHopInput } from '../../../shared/model/next-hop.ts'
import { makeCertificate } from '../../support/certificate.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { startEngine } from '../../support/engine.ts'
import { startHttpProxy } from '../../support/http-proxy.ts'
import { endDelays } from '../../support/end-delays.ts'
import { managed } from '../../support/managed.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startEndsFirst } from '../../support/targets.ts'
import { freePort, startTcpServer } from '../../support/tcp-server.ts'
import { startTlsFront } from '../../support/tls-front.ts'

// Whether the end of a connection is its target's word, or the death of the hop.

type Fields = Partial<NextHopInput> & { readonly port: number }

function hopOf(fields: Fields): NextHop {
  const [hop] = makeConfig({ hops: [makeHop(fields)] }).hops
  if (!hop) throw new Error('no hop')
  return hop
}

/** Every kind of hop, as servers of it that know more than one protocol. */
const kinds: readonly (readonly [string, () => Promise<Fields>])[] = [
  ['SOCKS5', async () => ({ port: (await managed(startSocksServer())).port })],
  ['SOCKS4', async () => ({ port: (await managed(startSocksServer())).port, version: '4' })],
  ['HTTP', async () => ({ port: (await managed(startHttpProxy())).port, protocol: 'http' })],
  [
    'SOCKS5 inside TLS',
    async () => {
      const certificate = await managed(makeCertificate())
      const inside = await managed(startSocksServer())
      const front = await managed(startTlsFront(inside.port, certificate))
      return { port: front.port, tls: { ca: certificate.cert } }
    },
  ],
]

describe("a target's end", () => {
  it.each(kinds)('reaches the client at once through %s', async (_, startHop) => {
    const { port, ...fields } = await startHop()
    const target = await managed(startEndsFirst('bye'))
    const config = makeConfig({
      hops: [makeHop({ ...fields, port })],
      rules: [makeRule({ to: target.port })],
    })
    const engine = await managed(startEngine(config))
    // Without an answer it would take 50 ms each time.
    expect(Math.min(...(await endDelays(engine)))).toBeLessThan(40)
  })
})

describe('a sign of life', () => {
  const some: readonly Partial<NextHopInput>[] = [
    { version: '4' },
    { version: '4a' },
    { protocol: 'http' },
    { tls: { verify: false } },
  ]

  it.each(some)('is an open connection, too, of a hop that stays silent: %j', async (fields) => {
    const server = await managed(startTcpServer())
    expect(await new HopLiveness().deadLeg([hopOf({ ...fields, port: server.port })])).toBe(undefined)
  })

  it.each(some)(
    'is not missed where a hop resets who asks it so, which it is then spared: %j',
    async (fields) => {
      const asked: number[] = []
      const server = await managed(
        startTcpServer((peer) => {
          const at = asked.push(0) - 1
          peer.socket.on('data', ({ length }: Buffer) => {
            asked[at] = length
            peer.reset()
          })
        }),
      )
      const liveness = new HopLiveness()
      const hop = hopOf({ ...fields, port: server.port })
      expect(await liveness.deadLeg([hop])).toBe(undefined)
      expect(await liveness.deadLeg([hop])).toBe(undefined)
      expect(asked.map((length) => length > 0)).toEqual([true, false, false])
    },
  )

  it.each(some)('is not asked for again at once: %j', async (fields) => {
    const asked: boolean[] = []
    const server = await managed(
      startTcpServer((peer) => {
        const at = asked.push(false) - 1
        peer.socket.on('data', () => {
          asked[at] = true
          peer.socket.write('x')
        })
      }),
    )
    const liveness = new HopLiveness()
    const hop = hopOf({ ...fields, port: server.port })
    expect(await liveness.deadLeg([hop])).toBe(undefined)
    expect(await liveness.deadLeg([hop])).toBe(undefined)
    expect(asked).toEqual([true, false])
  })

  it.each([...some, { version: '5' as const }])(
    'is none that a hop resets every connection: %j',
    async (fields) => {
      const server = await managed(startTcpServer((peer) => peer.reset()))
      expect(await new HopLiveness().deadLeg([hopOf({ ...fields, port: server.port })])).toBe(1)
    },
  )

  it('is none that nobody listens', async () => {
    expect(await new HopLiveness().deadLeg([hopOf({ port: await freePort(), protocol: 'http' })])).toBe(1)
  })
})
