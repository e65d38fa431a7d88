import type { Failure } from '../../shared/errors.ts'
import type {
  CheckReport,
  ConnectionDetail,
  ConnectionSummary,
  HopHealth,
  RuntimeSnapshot,
  StageRecord,
} from '../../shared/runtime.ts'
import type { TotalsDelta } from '../../shared/totals.ts'
import type { CaptureRequest } from './capture/captures.ts'
import type { RouteExplanation } from '../../shared/explanation.ts'
import type {
  CheckRequest,
  ConnectionFilter,
  EngineConfig,
  EngineEvent,
  ExplainRequest,
  WatchOptions,
} from './api.ts'

// What the engine's thread and its host say to each other: plain data, which structured cloning can carry. Every
// message belongs to one thread; nothing here counts or names threads, so that there may be several.

/** The calls that are answered, by name. */
export interface EngineCalls {
  readonly apply: { readonly input: EngineConfig; readonly output: undefined }
  readonly snapshot: { readonly input: undefined; readonly output: RuntimeSnapshot }
  readonly connections: { readonly input: undefined; readonly output: readonly ConnectionSummary[] }
  readonly connection: { readonly input: string; readonly output: ConnectionDetail | undefined }
  readonly details: { readonly input: readonly string[]; readonly output: readonly ConnectionDetail[] }
  readonly closeConnections: { readonly input: ConnectionFilter; readonly output: number }
  readonly failHop: {
    readonly input: { readonly hopId: string; readonly forMs: number }
    readonly output: boolean
  }
  readonly explain: { readonly input: ExplainRequest; readonly output: RouteExplanation | undefined }
  readonly takeTotals: { readonly input: undefined; readonly output: readonly TotalsDelta[] }
  /** Sends `progress` while it runs, and can be aborted. */
  readonly check: { readonly input: CheckRequest; readonly output: CheckReport }
  readonly startCapture: { readonly input: CaptureRequest; readonly output: undefined }
  readonly stopCapture: { readonly input: string; readonly output: undefined }
  /** The last call: the thread ends after its answer. `input` is the drain time in ms. */
  readonly close: { readonly input: number; readonly output: undefined }
}
export type EngineCallName = keyof EngineCalls

export type EngineCallMessage = {
  readonly [N in EngineCallName]: {
    readonly kind: 'call'
    /** Chosen by the host, unique among the calls of this thread that are under way. */
    readonly callId: number
    readonly name: N
    readonly input: EngineCalls[N]['input']
  }
}[EngineCallName]

export type ToEngineThread =
  | EngineCallMessage
  | { readonly kind: 'abort'; readonly callId: number }
  | { readonly kind: 'watch'; readonly options: WatchOptions }
  | { readonly kind: 'hop-health'; readonly hopId: string; readonly health: HopHealth }

export type FromEngineThread =
  | { readonly kind: 'result'; readonly callId: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly callId: number; readonly failure: Failure }
  | { readonly kind: 'progress'; readonly callId: number; readonly stages: readonly StageRecord[] }
  | { readonly kind: 'event'; readonly event: EngineEvent }
