import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { noiseBuffer, sha256 } from '../../support/data.ts'
import { startEngine } from '../../support/engine.ts'
import { connectTo, type Peer } from '../../support/peer.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startTcpServer } from '../../support/tcp-server.ts'
import { until } from '../../support/until.ts'

/** One side of a conversation: pieces to send, and after how many received bytes each may go out. */
interface Script {
  readonly seed: number
  readonly pieces: readonly { readonly length: number; readonly waitForShare: number }[]
  /** Leaves the event loop to others between two pieces. */
  readonly isSlow: boolean
}

const script: fc.Arbitrary<Script> = fc.record({
  seed: fc.nat(),
  pieces: fc.array(
    fc.record({
      length: fc.oneof(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1000, max: 70_000 }),
        fc.integer({ min: 100_000, max: 1_500_000 }),
      ),
      waitForShare: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })),
    }),
    { maxLength: 6 },
  ),
  isSlow: fc.boolean(),
})

const lengthOf = ({ pieces }: Script) => pieces.reduce((sum, { length }) => sum + length, 0)

/** Sends all pieces, then a FIN; the half-close comes wherever the other side is by then. */
async function play(peer: Peer, { seed, pieces, isSlow }: Script, mayWaitFor: number): Promise<void> {
  const data = noiseBuffer(
    pieces.reduce((sum, { length }) => sum + length, 0),
    seed,
  )
  let sent = 0
  for (const { length, waitForShare } of pieces) {
    const wanted = Math.floor(mayWaitFor * waitForShare)
    await until(`${wanted} bytes came`, () => peer.receivedBytes >= wanted)
    peer.socket.write(data.subarray(sent, sent + length))
    sent += length
    if (isSlow) await new Promise((resolve) => setImmediate(resolve))
  }
  peer.end()
}

// A byte that is lost one time in three is lost.
describe('the relay', { retry: 0 }, () => {
  it(
    'loses, adds and reorders nothing, however it is chunked and whoever ends first',
    { timeout: 120_000 },
    async () => {
      const target = await startTcpServer()
      const hop = await startSocksServer()
      const config = makeConfig({
        hops: [makeHop({ port: hop.port })],
        rules: [makeRule({ to: target.port })],
      })
      const engine = await startEngine(config)
      onTestFinished(async () => {
        for (const each of [engine, hop, target]) await each.close()
      })
      const port = await engine.port()

      await fc.assert(
        fc.asyncProperty(
          script,
          script,
          fc.boolean(),
          fc.boolean(),
          async (up, down, bytewise, clientWaits) => {
            hop.script = { bytewise, early: '' }
            const client = await connectTo(port)
            const peer = await target.nextPeer()
            // Only one side may wait for the other, or both could wait for ever.
            const sending = [
              play(client, up, clientWaits ? lengthOf(down) : 0),
              play(peer, down, clientWaits ? 0 : lengthOf(up)),
            ]
            const [gotUp, gotDown] = await Promise.all([peer.takeRest(), client.takeRest()])
            await Promise.all(sending)
            expect(sha256(gotUp)).toBe(sha256(noiseBuffer(lengthOf(up), up.seed)))
            expect(sha256(gotDown)).toBe(sha256(noiseBuffer(lengthOf(down), down.seed)))
            const closed = await engine.closedConnection()
            expect(closed).toMatchObject({ bytesUp: lengthOf(up), bytesDown: lengthOf(down) })
            expect(closed.closeReason?.how).toBe('end')
          },
        ),
        { numRuns: 100 },
      )
      expect(engine.failures).toEqual([])
    },
  )
})
