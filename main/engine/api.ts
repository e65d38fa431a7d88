import type { CaptureProgress } from '../../shared/captures.ts'
import type { Failure } from '../../shared/errors.ts'
import type { ImaginedConnection, RouteExplanation } from '../../shared/explanation.ts'
import type { TotalsDelta } from '../../shared/totals.ts'
import type { Config } from '../../shared/model/config.ts'
import type { NextHop } from '../../shared/model/next-hop.ts'
import type {
  CheckReport,
  ConnectionDetail,
  ConnectionSummary,
  HopHealth,
  LogEntry,
  RuleStatus,
  RuntimeSnapshot,
  StageRecord,
  TrafficTick,
} from '../../shared/runtime.ts'
import type { CaptureRequest } from './capture/captures.ts'
import type { ThreadSharing } from './sharing.ts'
import type { TraceBatch } from './traces/traces.ts'

// What the rest of the app knows of the engine. The same interface is served by the engine in this thread
// (main/engine/engine.ts) and by its stand-in for the engine in a worker thread (main/app/worker-engine.ts).

/** A hop with its password in its place (`passwordFrom` is not read), or why that is not available. */
export interface EngineHop extends NextHop {
  readonly missingPassword?: string
}

/** The config as the engine needs it, valid. */
export interface EngineConfig extends Config {
  readonly hops: EngineHop[]
  /** Absent where the engine runs in one thread only. */
  readonly sharing?: ThreadSharing
}

/** What the engine tells without being asked. Plain data, so that it can cross threads. */
export type EngineEvent =
  | { readonly kind: 'rule-status'; readonly ruleId: string; readonly status: RuleStatus }
  | {
      readonly kind: 'connection-failed'
      readonly ruleId: string
      readonly at: number
      readonly failure: Failure
    }
  | { readonly kind: 'hop-health'; readonly hopId: string; readonly health: HopHealth }
  | { readonly kind: 'log'; readonly entry: EngineLogEntry }
  /** What was counted since `takeTotals` was called last; the engine tells it when it closes. */
  | { readonly kind: 'totals'; readonly deltas: readonly TotalsDelta[] }
  /** Once per second while `watch` asked for it. */
  | { readonly kind: 'traffic'; readonly tick: TrafficTick }
  /** Once per second while `watch` asked for it: the connections that changed. */
  | { readonly kind: 'connections'; readonly connections: readonly ConnectionSummary[] }
  /** Once per second for recordings under way, and at the end of each. */
  | { readonly kind: 'captures'; readonly captures: readonly CaptureProgress[] }
  /** Traces of connections that closed, where they are to be saved. */
  | ({ readonly kind: 'traces' } & TraceBatch)

export type EngineLogEntry = Omit<LogEntry, 'number'>

export type ConnectionFilter =
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | { readonly kind: 'rule'; readonly ruleId: string }
  | { readonly kind: 'all' }

export interface WatchOptions {
  readonly traffic: boolean
  readonly connections: boolean
}

/** A hop to try, with its password in place. */
export interface CheckRequest {
  readonly hop: NextHop
  /** host:port; without it only the greeting and login are tried. */
  readonly target?: { readonly host: string; readonly port: number }
}

/** A connection through a rule that is imagined. */
export interface ExplainRequest {
  readonly ruleId: string
  readonly connection: ImaginedConnection
}

export interface Engine {
  /**
   * Makes the listeners what the config says, touching only what changed. Resolves when each changed rule listens or
   * has failed; failures are statuses, not rejections. Calls are carried out one after the other.
   */
  apply(config: EngineConfig): Promise<void>
  snapshot(): Promise<RuntimeSnapshot>
  /** Open connections, then those closed lately; newest first. */
  connections(): Promise<readonly ConnectionSummary[]>
  connection(id: string): Promise<ConnectionDetail | undefined>
  /** Those of them that are still known, in this order. */
  details(ids: readonly string[]): Promise<readonly ConnectionDetail[]>
  /** Resets open connections; the number of those that it closed. */
  closeConnections(filter: ConnectionFilter): Promise<number>
  /** Leaves a hop alone for a while, to rehearse its loss; 0 ms ends that. False if there is no such hop. */
  failHop(hopId: string, forMs: number): Promise<boolean>
  /** What would become of a connection now; nothing is counted. Undefined if there is no such rule. */
  explain(request: ExplainRequest): Promise<RouteExplanation | undefined>
  /** What passed per rule and hop since it was called last. */
  takeTotals(): Promise<readonly TotalsDelta[]>
  watch(options: WatchOptions): void
  /** Takes over what another thread's connections found out about a hop; no event tells of it. */
  learnHopHealth(hopId: string, health: HopHealth): void
  /** Tries a hop; `onProgress` gets all stages so far whenever one starts or ends. */
  check(
    request: CheckRequest,
    onProgress: (stages: readonly StageRecord[]) => void,
    signal: AbortSignal,
  ): Promise<CheckReport>
  /** Begins a recording; resolves when it runs. Rejects where there is nothing to record or no file can be written. */
  startCapture(request: CaptureRequest): Promise<void>
  /** Resolves when the file is complete; at once where the recording is over or unknown. */
  stopCapture(id: string): Promise<void>
  /** Stops listening at once, gives connections `drainMs` to end, then resets them. */
  close(drainMs: number): Promise<void>
}
