import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { listModes, type ListMode } from '../../shared/model/next-hop-list.ts'
import type { NextHopInput } from '../../shared/model/next-hop.ts'
import { makeConfig, makeHop, makeRule } from '../support/config.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import { managed } from '../support/managed.ts'
import { connectTo, type Peer } from '../support/peer.ts'
import { startDante } from '../support/servers/dante.ts'
import { startMicrosocks } from '../support/servers/microsocks.ts'
import { startMortalProxy, type MortalProxy } from '../support/servers/mortal-proxy.ts'
import { startSshd, startSshDynamic, type SshServer } from '../support/servers/sshd.ts'
import { startEcho } from '../support/targets.ts'
import { describeWith } from '../support/tools.ts'
import { until } from '../support/until.ts'

// Lists of three real servers, of which the busiest gets into trouble and comes back. `ROUTING_FIGURES=1` prints
// distribution and fail-over times, for docs/routing.md.

const troubles = ['die', 'hang', 'refuse'] as const
const cases = listModes.flatMap((mode) => troubles.map((trouble) => [mode, trouble] as const))
const count = 30

describeWith(
  ['danted', 'microsocks', 'ssh', 'sshd', 'ssh-keygen'],
  'a list of dante, microsocks and ssh -D',
  () => {
    let sshd: SshServer
    let servers: MortalProxy[] = []
    beforeAll(async () => {
      sshd = await startSshd()
      servers = [
        await startMortalProxy('dante', (port) => startDante({ port })),
        await startMortalProxy('microsocks', (port) => startMicrosocks(undefined, port)),
        await startMortalProxy('ssh -D', (port) => startSshDynamic(sshd, port)),
      ]
    })
    afterAll(async () => {
      for (const server of servers) await server.close()
      await sshd.close()
    })

    async function startList(mode: ListMode, hop: Partial<NextHopInput> = {}): Promise<TestEngine> {
      const echo = await managed(startEcho())
      const hops = servers.map(({ name, port }, index) =>
        makeHop({
          id: `h${index}`,
          name,
          port,
          handshakeTimeoutMs: 500,
          failureWaitMs: 300,
          maxFailureWaitMs: 300,
          ...hop,
        }),
      )
      const list = {
        id: 'l',
        name: 'Trio',
        mode,
        returnAfterMs: 100,
        stickyForMs: 0,
        hopIds: ['h0', 'h1', 'h2'],
      }
      const rules = [makeRule({ to: echo.port, route: { kind: 'list', listId: 'l' } })]
      return managed(startEngine(makeConfig({ hops, lists: [list], rules })))
    }

    it.each(cases)('%s, one does %s, and no client notices that was not on it', async (mode, trouble) => {
      const engine = await startList(mode)
      const open = await openSome(engine, 6)
      const before = await exchanges(engine, count)
      const victim = before.distribution.indexOf(Math.max(...before.distribution))
      const server = servers[victim]
      if (!server) throw new Error('no server')

      onTestFinished(() => server.comeBack())
      await server[trouble]()
      const during = await exchanges(engine, count)
      const lost = trouble === 'hang' ? [] : open.filter(({ hopId }) => hopId === `h${victim}`)
      await expectToGoOn(open.filter(({ hopId }) => hopId !== `h${victim}`))
      for (const { peer } of lost) await peer.ending
      await server.comeBack()
      if (trouble === 'hang') await expectToGoOn(open)
      const backMs = await timeUntilUsed(engine, victim, mode)
      expect(during.distribution[victim]).toBe(0)
      // Where another process of the dead server, or another server, still accepts, an end looks like one in peace.
      expect(engine.failures.length).toBeLessThanOrEqual(lost.length)
      expect(engine.failures.every(({ hop }) => hop?.id === `h${victim}`)).toBe(true)
      if (process.env['ROUTING_FIGURES']) {
        const row = [
          mode,
          `${server.name}: ${trouble}`,
          before.distribution.join(' '),
          during.distribution.join(' '),
        ]
        console.log(
          `| ${[...row, `${during.longestMs.toFixed(0)} ms`, `${backMs.toFixed(0)} ms`].join(' | ')} |`,
        )
      }
    })

    it('with health checks, the loss of a hanging hop is known before a connection meets it', async () => {
      const healthCheck = { kind: 'handshake', intervalMs: 500, rise: 1, fall: 1 } as const
      const engine = await startList('failover', { healthCheck, failureWaitMs: 60_000 })
      const isFirst = (state: string) => async () =>
        (await engine.engine.snapshot()).hops[0]?.health.state === state
      await until('the first hop is up', isFirst('up'))
      onTestFinished(() => servers[0]?.comeBack())
      await servers[0]?.hang()
      await until('the first hop is down', isFirst('down'))
      const during = await exchanges(engine, count)
      await servers[0]?.comeBack()
      await until('the first hop is up again', isFirst('up'))
      await timeUntilUsed(engine, 0, 'failover')
      expect(during.distribution).toEqual([0, count, 0])
      expect(during.longestMs).toBeLessThan(400)
      expect(engine.failures).toEqual([])
      if (process.env['ROUTING_FIGURES']) console.log(`with checks: ${during.longestMs.toFixed(0)} ms`)
    })
  },
)

/** One connection from start to end; how long it took. */
async function exchange(engine: TestEngine): Promise<number> {
  const startedAt = performance.now()
  const client = await engine.connect()
  await client.write('ping')
  expect(await client.takeText(4)).toBe('ping')
  const tookMs = performance.now() - startedAt
  client.end()
  await client.closed
  return tookMs
}

interface Exchanges {
  readonly longestMs: number
  /** How many went by each hop. */
  readonly distribution: number[]
}

async function exchanges(engine: TestEngine, howMany: number): Promise<Exchanges> {
  const numbers = (await engine.engine.connections()).map(({ id }) => Number(id))
  const latest = Math.max(0, ...numbers)
  const isNew = ({ id }: { readonly id: string }) => Number(id) > latest
  let longestMs = 0
  for (let index = 0; index < howMany; index += 1) longestMs = Math.max(longestMs, await exchange(engine))
  const connections = await until('all are closed', async () => {
    const all = (await engine.engine.connections()).filter(isNew)
    return all.length === howMany && all.every(({ closedAt }) => closedAt !== undefined) && all
  })
  const distribution = ['h0', 'h1', 'h2'].map((id) => connections.filter(({ hopId }) => hopId === id).length)
  return { longestMs, distribution }
}

interface OpenOne {
  readonly peer: Peer
  readonly hopId: string | undefined
}

/** Connections that stay, each with the hop that it goes through. */
async function openSome(engine: TestEngine, howMany: number): Promise<OpenOne[]> {
  const port = await engine.port()
  const open: OpenOne[] = []
  for (let index = 0; index < howMany; index += 1) {
    const peer = await managed(connectTo(port))
    await peer.write('hello')
    await peer.takeText(5)
    const [newest] = await engine.engine.connections()
    open.push({ peer, hopId: newest?.hopId })
  }
  return open
}

/** Of a stopped server, what it was given waits until it goes on. */
async function expectToGoOn(open: readonly OpenOne[]): Promise<void> {
  for (const { peer } of open) {
    await peer.write('still')
    expect(await peer.takeText(5)).toBe('still')
  }
}

async function timeUntilUsed(engine: TestEngine, hop: number, mode: ListMode): Promise<number> {
  const startedAt = performance.now()
  await until('the hop is used again', async () => {
    const { distribution } = await exchanges(engine, 1)
    // Another one may have become the quickest.
    return distribution[hop] === 1 || (mode === 'lowest-latency' && performance.now() - startedAt > 1000)
  })
  return performance.now() - startedAt
}
