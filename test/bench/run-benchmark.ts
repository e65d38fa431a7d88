import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Collector, type Participant } from './collector.ts'
import type { Load } from './load.ts'
import type { Benchmark, Case } from './measure/benchmark.ts'
import type { Forwarder, Peer } from './peers/peer.ts'
import { seededRandom, shuffle } from './order.ts'
import { untilListening } from './ports.ts'
import type { Processes } from './processes.ts'
import type { Section } from './results.ts'
import type { Service, Sink } from './services.ts'

export interface RunContext {
  readonly processes: Processes
  readonly sink: Sink
  readonly load: Load
  readonly mostConnections: number
  /** A folder for all that is written meanwhile. */
  readonly directory: string
  readonly rounds: number
  readonly onProgress: (text: string) => void
}

/** After each measurement: what the last one left to be closed must not count for the next. */
const settleMs = 150

/**
 * Measures all participants in turns: in each round every one of them once per case, each time in another order. So
 * whatever disturbs the machine for a while disturbs all of them, and none is always measured in the state in which the
 * same other one left the machine. Forwarders that go on from round to round have a first one that does not count: some
 * compile themselves as they run.
 */
export async function runBenchmark(
  benchmark: Benchmark,
  participants: readonly Participant[],
  missing: Section['missing'],
  context: RunContext,
): Promise<Section> {
  const collector = new Collector(benchmark, participants)
  const kept = new KeptForwarders(context)
  const at = new Date().toISOString()
  const random = seededRandom(1)
  try {
    for (let round = 0; round <= context.rounds; round += 1) {
      const isWarmUp = round === 0
      for (const measured of benchmark.cases) {
        if (isWarmUp && measured.forwarder !== 'kept') continue
        const which = isWarmUp ? 'warm-up' : `round ${round} of ${context.rounds}`
        context.onProgress(`${benchmark.name}, ${which}: ${measured.name}`)
        for (const { peer } of shuffle(participants, random)) {
          if (!collector.hasFailed(peer, measured))
            await measureOne(peer, measured, { kept, collector, context, isWarmUp })
        }
      }
    }
  } finally {
    await kept.close()
  }
  const hasWarmUp = benchmark.cases.some(({ forwarder }) => forwarder === 'kept')
  return { ...collector.section(at, context.rounds, missing), hasWarmUp }
}

interface MeasureOptions {
  readonly kept: KeptForwarders
  readonly collector: Collector
  readonly context: RunContext
  /** What is measured does not count. */
  readonly isWarmUp: boolean
}

async function measureOne(peer: Peer, measured: Case, options: MeasureOptions): Promise<void> {
  const { kept, collector, context, isWarmUp } = options
  const { maxConnections = Infinity } = peer
  if (measured.connections > maxConnections) {
    collector.fail(peer, measured, `left out: it is held to ${maxConnections} connections`)
    return
  }
  let fresh: Forwarder | undefined
  try {
    const startedAtNs = process.hrtime.bigint()
    if (measured.forwarder !== 'kept') fresh = await startForwarder(peer, measured.service, context)
    if (fresh && measured.forwarder === 'fresh') await untilReady(fresh)
    const forwarder = fresh ?? (await kept.get(peer, measured.service))
    collector.started(peer, forwarder)
    const values = await measured.measure({ load: context.load, forwarder, startedAtNs })
    if (!isWarmUp) collector.add(peer, measured, values)
  } catch (error) {
    collector.fail(peer, measured, (error as Error).message)
  } finally {
    if (fresh) await closeForwarder(fresh)
  }
  await delay(settleMs)
}

async function startForwarder(peer: Peer, service: Service, context: RunContext): Promise<Forwarder> {
  const { sink, processes, mostConnections } = context
  const directory = await mkdtemp(join(context.directory, 'peer-'))
  return peer.start({ service, sink, processes, mostConnections, directory })
}

async function untilReady({ port, processes: [first] }: Forwarder): Promise<void> {
  if (first) await untilListening(port, first)
}

async function closeForwarder({ processes }: Forwarder): Promise<void> {
  await Promise.all(processes.map((process) => process.close()))
}

/** Forwarders that go on from round to round, one per peer and service. */
class KeptForwarders {
  readonly #context: RunContext
  readonly #forwarders = new Map<string, Forwarder>()

  constructor(context: RunContext) {
    this.#context = context
  }

  async get(peer: Peer, service: Service): Promise<Forwarder> {
    const key = `${peer.name} ${service}`
    const known = this.#forwarders.get(key)
    if (known) return known
    const forwarder = await startForwarder(peer, service, this.#context)
    this.#forwarders.set(key, forwarder)
    await untilReady(forwarder)
    return forwarder
  }

  async close(): Promise<void> {
    await Promise.all([...this.#forwarders.values()].map(closeForwarder))
  }
}
