import type * as v from 'valibot'
import { appCalls } from './calls/app-calls.ts'
import { backupCalls } from './calls/backup-calls.ts'
import type { Call } from './calls/call.ts'
import { captureCalls } from './calls/capture-calls.ts'
import { conditionCalls } from './calls/condition-calls.ts'
import { configCalls } from './calls/config-calls.ts'
import { connectionCalls } from './calls/connection-calls.ts'
import { hopCalls, listCalls } from './calls/hop-calls.ts'
import { libraryCalls } from './calls/library-calls.ts'
import { profileCalls } from './calls/profile-calls.ts'
import { ruleCalls } from './calls/rule-calls.ts'
import { totalsCalls } from './calls/totals-calls.ts'
import { updateCalls } from './calls/update-calls.ts'
import type { CaptureView } from './captures.ts'
import type { Failure } from './errors.ts'
import type { Issue } from './model/issues.ts'
import type {
  ConfigView,
  ConnectionSummary,
  EngineStatus,
  HopHealth,
  LogEntry,
  RuleStatus,
  StageRecord,
  TrafficTick,
} from './runtime.ts'
import type { UpdateStatus } from './updates.ts'

// The one table of calls and events. Handlers, carriers, the client and the docs are derived from it. The calls stand
// in shared/calls/, by what they are about.

export const contract = {
  ...appCalls,
  ...hopCalls,
  ...listCalls,
  ...ruleCalls,
  ...conditionCalls,
  ...configCalls,
  ...backupCalls,
  ...libraryCalls,
  ...profileCalls,
  ...connectionCalls,
  ...totalsCalls,
  ...updateCalls,
  ...captureCalls,
} as const satisfies Record<string, Call<v.GenericSchema, unknown>>

export type CallName = keyof typeof contract
export type CallInput<N extends CallName> = v.InferInput<(typeof contract)[N]['input']>
export type CallParsed<N extends CallName> = v.InferOutput<(typeof contract)[N]['input']>
export type CallOutput<N extends CallName> =
  (typeof contract)[N] extends Call<v.GenericSchema, infer O> ? O : never

/** Events, named in the past tense. Those of a watched topic are sent only to clients that watch it. */
export interface EventMap {
  'config.changed': { readonly config: ConfigView }
  'rule.statusChanged': { readonly ruleId: string; readonly status: RuleStatus }
  'rule.connectionFailed': { readonly ruleId: string; readonly at: number; readonly failure: Failure }
  'hop.healthChanged': { readonly hopId: string; readonly health: HopHealth }
  'engine.statusChanged': EngineStatus
  /** The user wants to do something about a problem, which waits for `problem.take`. */
  'problem.helpAsked': Readonly<Record<string, never>>
  /** A link to a next hop waits for `link.take`. */
  'link.offered': Readonly<Record<string, never>>
  'update.changed': UpdateStatus
  'log.appended': { readonly entries: readonly LogEntry[] }
  'check.progressed': { readonly checkId: string; readonly stages: readonly StageRecord[] }
  /** All captures there are; once per second while one grows. */
  'capture.changed': { readonly captures: readonly CaptureView[] }
  /** Topic "traffic". */
  'traffic.ticked': TrafficTick
  /** Topic "connections": those that changed since the last event, at most once per second. */
  'connections.changed': { readonly connections: readonly ConnectionSummary[] }
}
export type EventName = keyof EventMap

/**
 * One event with its place in the sequence; a gap means that a client must fetch the state anew. Events of a topic have
 * the number of the last general event, so that they leave no gap for those who do not watch (see event-sequence.ts).
 */
export type AppEvent = {
  [N in EventName]: { readonly seq: number; readonly name: N; readonly data: EventMap[N] }
}[EventName]

export const topics = ['traffic', 'connections'] as const
/** What a client must ask for, because it costs something to send. */
export type Topic = (typeof topics)[number]

/** What every carrier brings back. */
export type Reply<T> = { readonly ok: true; readonly value: T } | Refusal

export interface Refusal {
  readonly ok: false
  readonly code: Failure['code']
  /** A sentence with the remedy, in English. */
  readonly message: string
  readonly failure: Failure
  /** For bad-request: each mistake with its place. */
  readonly issues?: readonly Issue[]
}

/** `signed-out`: the app is there, but does not know this client any more. */
export type LineState = 'open' | 'lost' | 'signed-out'

/** What the renderer is given, whichever shell it runs in. */
export interface Client {
  request<N extends CallName>(name: N, input: CallInput<N>): Promise<Reply<CallOutput<N>>>
  /**
   * `onEvent` gets every event of the watched topics and all general ones. `onConnection` tells when the line to the
   * app is lost and when it is back; after that the state must be fetched anew. Returns the function that ends it.
   */
  subscribe(
    watch: readonly Topic[],
    onEvent: (event: AppEvent) => void,
    onConnection?: (state: LineState) => void,
  ): () => void
}
