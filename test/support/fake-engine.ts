import type {
  CheckRequest,
  ConnectionFilter,
  Engine,
  EngineConfig,
  EngineEvent,
  ExplainRequest,
  WatchOptions,
} from '../../main/engine/api.ts'
import { explainFromConfig } from '../../main/engine/explain/explain-config.ts'
import type { TotalsDelta } from '../../shared/totals.ts'
import type { CaptureRequest } from '../../main/engine/capture/captures.ts'
import { noTotals, type CheckReport, type RuntimeSnapshot, type StageRecord } from '../../shared/runtime.ts'

/** An engine without sockets, which remembers what it was told. Its rules "listen" on the port that they ask for. */
export class FakeEngine implements Engine {
  readonly applied: EngineConfig[] = []
  readonly watched: WatchOptions[] = []
  readonly checked: CheckRequest[] = []
  readonly failedHops: { readonly hopId: string; readonly forMs: number }[] = []
  readonly #onEvent: (event: EngineEvent) => void
  /** Makes the next calls of `apply` and `snapshot` fail. */
  error: Error | undefined
  /** What it counted and nobody took yet. */
  readonly totals: TotalsDelta[] = []
  closedWith: number | undefined

  constructor(onEvent: (event: EngineEvent) => void) {
    this.#onEvent = onEvent
  }

  tell(event: EngineEvent): void {
    this.#onEvent(event)
  }

  async apply(config: EngineConfig): Promise<void> {
    if (this.error) throw this.error
    this.applied.push(config)
    for (const { id, listen } of config.rules) {
      this.tell({ kind: 'rule-status', ruleId: id, status: { state: 'listening', address: listen } })
    }
  }

  async snapshot(): Promise<RuntimeSnapshot> {
    if (this.error) throw this.error
    const rules = (this.applied.at(-1)?.rules ?? []).map(({ id, listen }) => ({
      ruleId: id,
      status: { state: 'listening' as const, address: listen },
      totals: noTotals,
    }))
    return { startedAt: 0, rules, hops: [], totals: noTotals }
  }

  async connections() {
    return []
  }

  async connection() {
    return undefined
  }

  async details() {
    return []
  }

  async closeConnections(_filter: ConnectionFilter): Promise<number> {
    return 7
  }

  async failHop(hopId: string, forMs: number): Promise<boolean> {
    this.failedHops.push({ hopId, forMs })
    return this.applied.at(-1)?.hops.some(({ id }) => id === hopId) ?? false
  }

  async explain({ ruleId, connection }: ExplainRequest) {
    const config = this.applied.at(-1)
    const rule = config?.rules.find(({ id }) => id === ruleId)
    return config && rule && explainFromConfig(config, rule, connection)
  }

  async takeTotals() {
    return this.totals.splice(0)
  }

  watch(options: WatchOptions): void {
    this.watched.push(options)
  }

  learnHopHealth(): void {
    // It has no hops.
  }

  /** Starts a stage and ends when it is aborted; a hop named "quick" is fine at once. */
  async check(
    request: CheckRequest,
    onProgress: (stages: readonly StageRecord[]) => void,
    signal: AbortSignal,
  ): Promise<CheckReport> {
    this.checked.push(request)
    const stages: StageRecord[] = [{ stage: 'connect-hop', startedAt: 1 }]
    onProgress(stages)
    if (request.hop.name === 'quick') return { ok: true, stages, totalMs: 1 }
    if (!signal.aborted) {
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => {
          resolve()
        })
      })
    }
    return { ok: false, stages, totalMs: 2, failure: { code: 'timeout' } }
  }

  readonly captureRequests: CaptureRequest[] = []

  async startCapture(request: CaptureRequest): Promise<void> {
    if (this.error) throw this.error
    this.captureRequests.push(request)
  }

  async stopCapture(id: string): Promise<void> {
    this.tell({ kind: 'captures', captures: [{ id, bytes: 1, packets: 1, connections: 0, endedAt: 1 }] })
  }

  async close(drainMs: number): Promise<void> {
    this.closedWith = drainMs
  }
}
