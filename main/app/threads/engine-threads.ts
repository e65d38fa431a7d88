import { availableParallelism } from 'node:os'
import type { Config } from '../../../shared/model/config.ts'
import type { HopHealth } from '../../../shared/runtime.ts'
import type { ListenAddress } from '../../../shared/model/address.ts'
import type { Engine, EngineConfig, EngineEvent, WatchOptions } from '../../engine/api.ts'
import { canSharePorts } from '../../engine/can-share-ports.ts'
import { createWorkerEngine, type WorkerEngine, type WorkerEngineOptions } from '../worker-engine.ts'
import { CaptureThreads } from './capture-threads.ts'
import { mergeConnections, mergeSnapshots, TickMerger } from './merge.ts'
import { configOfFirst, configOfFurther, OpenCounts, staysBound, type Bound } from './shared-config.ts'
import { GrowthWatch, threadLimit } from './thread-count.ts'
import { TickPace } from './tick-pace.ts'

export interface EngineThreadsOptions extends WorkerEngineOptions {
  readonly cores?: number
  readonly canShare?: () => Promise<boolean>
  /** How often it is looked whether one more thread is needed. */
  readonly lookEveryMs?: number
}

interface Further {
  /** From 1. */
  readonly thread: number
  readonly engine: WorkerEngine
}

/**
 * The engine in as many threads as the settings ask for, where the system can share a port; it looks like one engine in
 * one thread. The first thread listens and speaks for all, further ones join it on its ports. What a thread learns of a
 * hop, all of them are told.
 */
export function createEngineThreads(options: EngineThreadsOptions): Engine {
  const { onEvent, onStatus, log, cores = availableParallelism(), lookEveryMs = 1000 } = options
  const { canShare = canSharePorts } = options
  const further: Further[] = []
  const bound = new Map<string, ListenAddress>()
  const healths = new Map<string, HopHealth>()
  const openCounts = new OpenCounts()
  const ticks = new TickMerger()
  const pace = new TickPace(() => {
    if (ticks.hasFirst) onEvent({ kind: 'traffic', tick: ticks.take(Date.now()) })
  })
  const growth = new GrowthWatch()
  const captures = new CaptureThreads((progress) => onEvent({ kind: 'captures', captures: progress }))
  let isShareable: Promise<boolean> | undefined
  let config: Config | undefined
  let watch: WatchOptions | undefined
  /** Threads that listen; those beyond it only bring their connections to an end. */
  let active = 1
  let limit = 1
  let work: Promise<unknown> = Promise.resolve()
  let isFollowing = false
  let isClosing = false

  const first = createWorkerEngine({
    ...options,
    onEvent: heardFirst,
    onStatus: (status) => {
      if (status.state === 'restarting') {
        // It comes back to its ports only if nobody else has them by then.
        bound.clear()
        ticks.forget(0)
        openCounts.clear(0)
        follow()
      } else if (status.state === 'running') {
        teach(first)
      }
      onStatus(status)
    },
  })
  const looking = setInterval(look, lookEveryMs)
  looking.unref()

  /** Does one thing after the other: a thread must have let go of a port before another one takes it. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = work.then(act)
    work = done.catch(() => undefined)
    return done
  }

  function heardFirst(event: EngineEvent): void {
    if (event.kind === 'rule-status') {
      if (event.status.state === 'listening') bound.set(event.ruleId, event.status.address)
      else bound.delete(event.ruleId)
      follow()
    }
    heard(event, first, 0)
  }

  function heard(event: EngineEvent, from: Engine, thread: number): void {
    if (event.kind === 'traffic') {
      ticks.add(thread, event.tick)
      passTick()
      return
    }
    if (event.kind === 'hop-health') {
      healths.set(event.hopId, event.health)
      for (const engine of engines()) if (engine !== from) engine.learnHopHealth(event.hopId, event.health)
    }
    if (event.kind === 'captures') captures.heard(event.captures, from)
    else onEvent(event)
  }

  /** The sum of some threads would be less than what was told before, and then all of the rest would come at once. */
  function passTick(): void {
    if (!ticks.hasFirst) return
    if (ticks.size < engines().length) pace.toldFirst()
    else pace.told()
  }

  function engines(): WorkerEngine[] {
    return [first, ...further.map(({ engine }) => engine)]
  }

  function teach(engine: Engine): void {
    for (const [hopId, health] of healths) engine.learnHopHealth(hopId, health)
  }

  async function apply(next: Config): Promise<void> {
    const previous = config
    config = next
    limit = (await mayShare(next)) ? threadLimit(next.settings, cores) : 1
    active = next.settings.threads === 'automatic' ? Math.min(active, limit) : limit
    for (const hopId of healths.keys()) {
      if (!next.hops.some(({ id }) => id === hopId)) healths.delete(hopId)
    }
    if (further.length > 0) await letGo(next, limit > 1 ? staysBound(bound, previous, next) : new Map())
    await first.apply(isShared() ? configOfFirst(next, openCounts) : next)
    await join()
    // Starting is work, but not what more threads would help with.
    for (const engine of engines()) engine.utilization()
  }

  /** True where ports are bound so that threads can share them, even if only one has been needed so far. */
  function isShared(): boolean {
    return limit > 1 || further.length > 0
  }

  async function mayShare({ settings }: Config): Promise<boolean> {
    if (threadLimit(settings, cores) === 1) return false
    isShareable ??= canShare().then((can) => {
      if (!can && settings.threads !== 'automatic') {
        log.warn('The engine runs in one thread: several need Linux, and Node 23.1 or newer.')
      }
      return can
    })
    return isShareable
  }

  /** Before the first thread rebinds a port, the others must be off it. */
  async function letGo(next: EngineConfig, kept: Bound): Promise<void> {
    await Promise.allSettled(
      further.map(({ thread, engine }) => engine.apply(configOfFurther(next, thread, kept, openCounts))),
    )
  }

  /** Starts threads that are missing, and makes all of them listen where the first one does. */
  async function join(): Promise<void> {
    isFollowing = false
    if (!config || isClosing) return
    while (further.length < active - 1) further.push(start(further.length + 1))
    const present = config
    await Promise.allSettled(
      further.map(({ thread, engine }) => {
        const where: Bound = thread < active ? bound : new Map()
        // One that died takes this up when it is back.
        return engine.apply(configOfFurther(present, thread, where, openCounts))
      }),
    )
  }

  /** Joins the first thread again, soon: for what happened to it by itself. */
  function follow(): void {
    if (isFollowing || further.length === 0) return
    isFollowing = true
    void inTurn(join)
  }

  function start(thread: number): Further {
    const engine = createWorkerEngine({
      ...options,
      name: `Thread ${thread + 1} of the engine`,
      onEvent: (event) => {
        heard(event, engine, thread)
      },
      onStatus: ({ state }) => {
        if (state === 'running') teach(engine)
        if (state !== 'restarting') return
        openCounts.clear(thread)
        ticks.forget(thread)
        passTick()
        captures.lost(engine)
      },
    })
    if (watch) engine.watch(watch)
    teach(engine)
    captures.joined(engine)
    return { thread, engine }
  }

  function look(): void {
    if (active >= limit) return
    const listening = engines().slice(0, active)
    if (!growth.wantsMore(listening.map((engine) => engine.utilization()))) return
    active += 1
    void inTurn(join)
  }

  async function everywhere<T>(ask: (engine: Engine) => Promise<T>): Promise<{ first: T; further: T[] }> {
    const asked = further.map(({ engine }) => ask(engine))
    // One that is being started again has nothing to tell.
    const settled = Promise.allSettled(asked)
    const ofFirst = await ask(first)
    const others = await settled
    return { first: ofFirst, further: others.flatMap((it) => (it.status === 'fulfilled' ? [it.value] : [])) }
  }

  return {
    apply: (next) => inTurn(() => apply(next)),
    snapshot: async () => {
      const snapshots = await everywhere((engine) => engine.snapshot())
      return mergeSnapshots(snapshots.first, snapshots.further)
    },
    connections: async () => {
      const lists = await everywhere((engine) => engine.connections())
      return mergeConnections([lists.first, ...lists.further], config?.settings.closedConnectionsKept ?? 0)
    },
    connection: async (id) => engines()[threadOf(id)]?.connection(id),
    details: async (ids) => {
      const asked = engines().map(async (engine, thread) => {
        const own = ids.filter((id) => threadOf(id) === thread)
        return own.length === 0 ? [] : engine.details(own)
      })
      const found = (await Promise.all(asked)).flat()
      const known = new Map(found.map((detail) => [detail.id, detail]))
      return ids.flatMap((id) => known.get(id) ?? [])
    },
    closeConnections: async (filter) => {
      const closed = await everywhere((engine) => engine.closeConnections(filter))
      return closed.further.reduce((sum, count) => sum + count, closed.first)
    },
    explain: (request) => first.explain(request),
    takeTotals: async () => {
      const deltas = await everywhere((engine) => engine.takeTotals())
      return [...deltas.first, ...deltas.further.flat()]
    },
    watch: (wanted) => {
      watch = wanted
      ticks.clear()
      for (const engine of engines()) engine.watch(wanted)
    },
    learnHopHealth: (hopId, health) => {
      for (const engine of engines()) engine.learnHopHealth(hopId, health)
    },
    // The others learn it like any other change of health.
    failHop: (hopId, forMs) => first.failHop(hopId, forMs),
    check: (...call) => first.check(...call),
    startCapture: async (request) => {
      const { of } = request
      if (of.kind === 'connection') {
        await (engines()[threadOf(of.connectionId)] ?? first).startCapture(request)
        return
      }
      const others = further.map(({ engine }) => engine)
      await captures.start(request, first, others)
    },
    stopCapture: async (id) => {
      await everywhere((engine) => engine.stopCapture(id))
    },
    close: async (drainMs) => {
      isClosing = true
      clearInterval(looking)
      pace.close()
      await Promise.all(engines().map((engine) => engine.close(drainMs)))
    },
  }
}

/** Ids of connections begin with the thread that has them, but for those of the first one. */
function threadOf(connectionId: string): number {
  return Number(/^(\d+)-/.exec(connectionId)?.[1] ?? 0)
}
