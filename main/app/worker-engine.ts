import { setTimeout as delay } from 'node:timers/promises'
import { conflict, toFailure } from '../../shared/errors.ts'
import { formatDuration } from '../../shared/format.ts'
import type { EngineStatus } from '../../shared/runtime.ts'
import { say } from '../../shared/told.ts'
import type { Engine, EngineConfig, WatchOptions } from '../engine/api.ts'
import type { EngineHost } from './application.ts'
import { engineStopped, startEngineThread, type EngineThread } from './engine-thread.ts'

export interface WorkerEngineOptions extends EngineHost {
  /** Of the worker's entry, main/engine/worker.ts or what it was bundled to. */
  readonly url: URL
  /** How long to wait before the first, second, … start in a row; the last one is kept to. */
  readonly restartDelaysMs?: readonly number[]
  /** What messages call it. */
  readonly name?: string
}

export interface WorkerEngine extends Engine {
  /** How much of the time since the last look its thread was busy, from 0 to 1. */
  utilization(): number
}

const defaultDelaysMs = [100, 1000, 5000, 15_000]
/** A thread that ran for this long was fine: its end begins a new row. */
const steadyMs = 60_000
/** What a thread gets on top of the drain time to say that it has ended, … */
const graceMs = 2000
/** … and then to end: it can not as long as the system looks up a name for it. */
const endMs = 500

/**
 * The engine in a thread of its own. When the thread dies, calls under way are rejected, and it is started again with
 * the last config and watch options.
 */
export function createWorkerEngine(options: WorkerEngineOptions): WorkerEngine {
  const { url, onEvent, onStatus, log, restartDelaysMs = defaultDelaysMs } = options
  const { name = 'The engine' } = options
  let thread: EngineThread | undefined
  let lastConfig: EngineConfig | undefined
  let lastWatch: WatchOptions | undefined
  let timer: NodeJS.Timeout | undefined
  let startedAt = 0
  let deathsInARow = 0
  let restarts = 0
  let closing: Promise<void> | undefined

  start()

  function start(): void {
    startedAt = performance.now()
    thread = startEngineThread({ url, onEvent, onEnd: ended })
    if (lastWatch) thread.watch(lastWatch)
  }

  function ended(reason: string): void {
    thread = undefined
    if (closing) return
    if (performance.now() - startedAt >= steadyMs) deathsInARow = 0
    const waitMs = restartDelaysMs[Math.min(deathsInARow, restartDelaysMs.length - 1)] ?? 0
    deathsInARow += 1
    log.error(
      `${name} stopped unexpectedly (${reason}), and all connections with it. ` +
        `It is started again in ${formatDuration(waitMs)}.`,
    )
    tell('restarting')
    timer = setTimeout(restart, waitMs)
  }

  function restart(): void {
    restarts += 1
    start()
    void bringBack()
  }

  async function bringBack(): Promise<void> {
    try {
      if (lastConfig) await running().call('apply', lastConfig)
      else await running().call('snapshot', undefined)
    } catch (error) {
      // If it died again, that was told already, and the next start is under way.
      if (thread === undefined || closing) return
      log.error(`${name} runs again, but could not take its config: ${toFailure(error).message}.`)
      tell('running')
      return
    }
    if (closing) return
    const rules = lastConfig?.rules.filter(({ enabled }) => enabled).length ?? 0
    log.info(`${name} runs again, with ${rules} ${rules === 1 ? 'port rule' : 'port rules'}.`)
    tell('running')
  }

  function tell(state: EngineStatus['state']): void {
    onStatus({ state, restarts })
  }

  function running(): EngineThread {
    if (closing) throw conflict(say('Nexthop is closing'))
    if (!thread) throw engineStopped()
    return thread
  }

  async function close(drainMs: number): Promise<void> {
    clearTimeout(timer)
    const last = thread
    if (last) {
      await atMost(drainMs + graceMs, last.call('close', drainMs))
      await atMost(endMs, last.terminate())
    }
    tell('stopped')
  }

  return {
    apply: async (config) => {
      lastConfig = config
      await running().call('apply', config)
    },
    snapshot: async () => running().call('snapshot', undefined),
    connections: async () => running().call('connections', undefined),
    connection: async (id) => running().call('connection', id),
    details: async (ids) => running().call('details', ids),
    closeConnections: async (filter) => running().call('closeConnections', filter),
    failHop: async (hopId, forMs) => running().call('failHop', { hopId, forMs }),
    explain: async (request) => running().call('explain', request),
    takeTotals: async () => running().call('takeTotals', undefined),
    watch: (watch) => {
      lastWatch = watch
      thread?.watch(watch)
    },
    learnHopHealth: (hopId, health) => {
      thread?.learnHopHealth(hopId, health)
    },
    utilization: () => thread?.utilization() ?? 0,
    check: async (request, onProgress, signal) => running().call('check', request, { onProgress, signal }),
    startCapture: async (request) => running().call('startCapture', request),
    stopCapture: async (id) => running().call('stopCapture', id),
    close: (drainMs) => {
      closing ??= Promise.resolve().then(() => close(drainMs))
      return closing
    },
  }
}

/** Waits for something to end in whatever way, and no longer than this. */
async function atMost(timeMs: number, work: Promise<unknown>): Promise<void> {
  const controller = new AbortController()
  const tooLate = delay(timeMs, undefined, { signal: controller.signal })
  await Promise.race([work, tooLate]).catch(() => undefined)
  controller.abort()
  await Promise.allSettled([tooLate])
}
