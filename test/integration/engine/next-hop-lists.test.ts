import { describe, expect, it } from 'vitest'
import { listModes, type ListMode, type NextHopListInput } from '../../../shared/model/next-hop-list.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import { managed } from '../../support/managed.ts'
import { startSocksServer, type SocksServer } from '../../support/socks-server.ts'
import { startBanner, startEcho } from '../../support/targets.ts'
import { startTcpServer } from '../../support/tcp-server.ts'
import { until } from '../../support/until.ts'

// Three hops in a list, of which the one in use gets into trouble and comes back. What a client sees of it: nothing,
// unless its connection was on that hop. `ROUTING_FIGURES=1` prints times and distribution, for docs/routing.md.

const ids = ['a', 'b', 'c'] as const

interface Trio {
  readonly engine: TestEngine
  readonly servers: readonly SocksServer[]
  /** How many connections each server was asked for since the last time. */
  readonly distribution: () => number[]
}

async function makeTrio(list: Partial<NextHopListInput>): Promise<Trio> {
  const echo = await managed(startEcho())
  const servers: SocksServer[] = []
  for (const _id of ids) servers.push(await managed(startSocksServer()))
  const engine = await managed(
    startEngine(
      makeConfig({
        hops: ids.map((id, index) =>
          makeHop({
            id,
            name: `Hop ${id}`,
            port: servers[index]?.port ?? 0,
            handshakeTimeoutMs: 500,
            failureWaitMs: 200,
            maxFailureWaitMs: 200,
          }),
        ),
        lists: [{ id: 'l', name: 'Trio', returnAfterMs: 100, stickyForMs: 0, hopIds: [...ids], ...list }],
        rules: [makeRule({ to: echo.port, route: { kind: 'list', listId: 'l' } })],
      }),
    ),
  )
  let told = servers.map(() => 0)
  const distribution = () => {
    const now = servers.map(({ asks }) => asks.length)
    const since = now.map((count, index) => count - (told[index] ?? 0))
    told = now
    return since
  }
  return { engine, servers, distribution }
}

/** One connection from start to end; the time until it was answered. */
async function exchange(engine: TestEngine): Promise<number> {
  const startedAt = performance.now()
  const client = await engine.connect()
  client.end('ping')
  expect((await client.takeRest()).toString()).toBe('ping')
  return performance.now() - startedAt
}

async function exchanges(engine: TestEngine, count: number): Promise<number> {
  let longest = 0
  for (let index = 0; index < count; index += 1) longest = Math.max(longest, await exchange(engine))
  return longest
}

interface Trouble {
  begin(server: SocksServer): Promise<() => Promise<void>>
}

const troubles: Readonly<Record<string, Trouble>> = {
  dies: {
    begin: async (server) => {
      await server.kill('end')
      return () => server.revive()
    },
  },
  hangs: {
    begin: async (server) => {
      await server.kill('reset')
      const mute = await startTcpServer(undefined, { port: server.port, host: '127.0.0.1', reading: false })
      return async () => {
        await mute.close()
        await server.revive()
      }
    },
  },
  'refuses every request': {
    begin: async (server) => {
      server.script = { reply: 1 }
      return async () => {
        server.script = {}
      }
    },
  },
}

function busiest(counts: readonly number[]): number {
  return counts.indexOf(Math.max(...counts))
}

const cases = listModes.flatMap((mode) =>
  Object.entries(troubles).map(([name, trouble]) => [mode, name, trouble] as const),
)

describe('a list of three hops', () => {
  it.each(cases)('%s: one %s and comes back, and no client notices', async (mode, name, trouble) => {
    const { engine, servers, distribution } = await makeTrio({ mode })
    await exchanges(engine, 30)
    const before = distribution()
    expectSpread(mode, before)
    const victim = busiest(before)
    const server = servers[victim]
    if (!server) throw new Error('no server')

    const end = await trouble.begin(server)
    const longestMs = await exchanges(engine, 30)
    const during = distribution()
    await end()
    // One that answers, if only to refuse, is up; another one may have become the quickest.
    const isBackSurely = mode !== 'lowest-latency' || during[victim] === 0
    await until('the hop is used again', async () => {
      await exchange(engine)
      return (distribution()[victim] ?? 0) > 0 || !isBackSurely
    })
    expect(engine.failures).toEqual([])
    if (name !== 'refuses every request') expect(during[victim]).toBe(0)
    if (process.env['ROUTING_FIGURES']) {
      console.log(
        `${mode} | ${name} | ${before.join(' ')} | ${during.join(' ')} | ${longestMs.toFixed(0)} ms`,
      )
    }
  })

  it('resets the clients of the dead hop alone', async () => {
    const banner = await managed(startBanner('hello'))
    const servers = [await managed(startSocksServer()), await managed(startSocksServer())]
    const engine = await managed(
      startEngine(
        makeConfig({
          hops: servers.map(({ port }, index) => makeHop({ id: `h${index}`, name: `Hop ${index}`, port })),
          lists: [{ id: 'l', name: 'Both', mode: 'round-robin', hopIds: ['h0', 'h1'] }],
          rules: [makeRule({ to: banner.port, route: { kind: 'list', listId: 'l' } })],
        }),
      ),
    )
    const [first, second] = [await engine.connect(), await engine.connect()]
    await Promise.all([first.takeText(5), second.takeText(5)])
    await servers[0]?.kill('end')
    expect(await first.ending).toBe('ECONNRESET')
    second.end('still here')
    expect((await second.takeRest()).toString()).toBe('still here')
  })

  it('uses a backup only while no other hop can be used', async () => {
    const { engine, servers, distribution } = await makeTrio({ mode: 'round-robin', backupHopIds: ['a'] })
    await exchanges(engine, 10)
    expect(distribution()).toEqual([0, 5, 5])
    await servers[1]?.kill()
    await servers[2]?.kill()
    await exchanges(engine, 10)
    expect(distribution()).toEqual([10, 0, 0])
    expect(engine.failures).toEqual([])
  })

  it('passes over a hop that has its limit of connections', async () => {
    const banner = await managed(startBanner('hello'))
    const servers = [await managed(startSocksServer()), await managed(startSocksServer())]
    const engine = await managed(
      startEngine(
        makeConfig({
          hops: servers.map(({ port }, index) =>
            makeHop({ id: `h${index}`, name: `Hop ${index}`, port, maxConnections: index === 0 ? 2 : 0 }),
          ),
          lists: [{ id: 'l', name: 'Both', hopIds: ['h0', 'h1'] }],
          rules: [makeRule({ to: banner.port, route: { kind: 'list', listId: 'l' } })],
        }),
      ),
    )
    const clients = [await engine.connect(), await engine.connect(), await engine.connect()]
    await Promise.all(clients.map((client) => client.takeText(5)))
    expect(servers.map(({ asks }) => asks.length)).toEqual([2, 1])
    clients[0]?.reset()
    await until('the place is free', async () => {
      const { hops } = await engine.engine.snapshot()
      return hops[0]?.open === 1
    })
    await (await engine.connect()).takeText(5)
    expect(servers.map(({ asks }) => asks.length)).toEqual([3, 1])
  })

  it('leaves out a hop that is failed on purpose, and one in maintenance', async () => {
    const { engine, distribution } = await makeTrio({ mode: 'round-robin' })
    expect(await engine.engine.failHop('a', 60_000)).toBe(true)
    await exchanges(engine, 4)
    expect(distribution()).toEqual([0, 2, 2])
    await engine.engine.failHop('a', 0)
    await exchanges(engine, 3)
    expect(distribution()[0]).toBe(1)
  })
})

function expectSpread(mode: ListMode, counts: readonly number[]): void {
  const used = counts.filter((count) => count > 0).length
  if (mode === 'failover') expect(counts).toEqual([30, 0, 0])
  if (mode === 'round-robin') expect(counts).toEqual([10, 10, 10])
  if (mode === 'sticky') expect(used).toBe(1)
  if (mode === 'random' || mode === 'lowest-latency') expect(used).toBeGreaterThan(1)
}

describe('where no hop can be used', () => {
  it('connects directly as a last resort, if the rule says so, and the trace tells it', async () => {
    const echo = await managed(startEcho())
    const hop = await managed(startSocksServer())
    await hop.kill()
    const engine = await managed(
      startEngine(
        makeConfig({
          hops: [makeHop({ port: hop.port, failureWaitMs: 60_000 })],
          rules: [
            makeRule({ to: echo.port, lastResortDirect: true }),
            makeRule({ id: 'strict', to: echo.port }),
          ],
        }),
      ),
    )
    await exchange(engine)
    const { stages } = await engine.closedConnection()
    expect(stages.find(({ stage }) => stage === 'request')?.note).toMatch(
      /^directly, as a last resort; 127\.0\.0\.1:\d+, IPv4$/,
    )
    // Also once the hop is left alone.
    await exchange(engine)
    const strict = await engine.connect('strict')
    expect(await strict.ending).toBe('ECONNRESET')
  })
})

describe('a changed route', () => {
  it.each([
    [true, 'ECONNRESET'],
    [false, undefined],
  ])('with closeOnRouteChange %s', async (closeOnRouteChange, ending) => {
    const banner = await managed(startBanner('hello'))
    const servers = [await managed(startSocksServer()), await managed(startSocksServer())]
    const configWith = (hopId: string) =>
      makeConfig({
        hops: servers.map(({ port }, index) => makeHop({ id: `h${index}`, name: `Hop ${index}`, port })),
        rules: [makeRule({ to: banner.port, route: { kind: 'hop', hopId }, closeOnRouteChange })],
      })
    const engine = await managed(startEngine(configWith('h0')))
    const client = await engine.connect()
    await client.takeText(5)
    await engine.apply(configWith('h0'))
    await engine.apply(configWith('h1'))
    if (ending === undefined) {
      client.end('on')
      expect((await client.takeRest()).toString()).toBe('on')
    } else {
      expect(await client.ending).toBe(ending)
      expect(await engine.failure()).toMatchObject({ bar: { kind: 'route-changed' } })
    }
  })
})
