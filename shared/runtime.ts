import type { Failure, Stage } from './errors.ts'
import type { ListenAddress } from './model/address.ts'
import type { NextHop, SocksVersion } from './model/next-hop.ts'
import type { Config } from './model/config.ts'
import type { Noted } from './stage-note.ts'

// What is, as opposed to what is wanted: derived by the engine, never saved. Times are Unix milliseconds.

export type RuleStatus =
  | { readonly state: 'off' }
  | { readonly state: 'starting' }
  /** `address` has the real port where the rule asked for port 0. */
  | { readonly state: 'listening'; readonly address: ListenAddress }
  | { readonly state: 'failed'; readonly failure: Failure }
  /** On, but not listening until a hop of its route is back. */
  | ({ readonly state: 'unbound' } & RouteOut)

/** A route of which no hop can be used. */
export interface RouteOut {
  /** The name of its list or hop; of a chain, that of the hop that can't be used. */
  readonly route: string
  /** True where that is one hop and not a list. */
  readonly isHop: boolean
  /** "mixed": some are down, the others in maintenance. */
  readonly why: 'down' | 'maintenance' | 'mixed'
}

export type HopHealth =
  | { readonly state: 'unknown' }
  | { readonly state: 'up'; readonly at: number }
  /** Left alone until `retryAt`; or, where a health check looks after it, until that says otherwise. */
  | {
      readonly state: 'down'
      readonly at: number
      readonly retryAt: number
      readonly failure: Failure
      readonly untilChecked?: true
    }

/** Bytes and connections since the engine started. Up is from the client to the destination. */
export interface Totals {
  readonly bytesUp: number
  readonly bytesDown: number
  readonly open: number
  readonly opened: number
  readonly failed: number
}

export const noTotals: Totals = { bytesUp: 0, bytesDown: 0, open: 0, opened: 0, failed: 0 }

export interface RuleRuntime {
  readonly ruleId: string
  readonly status: RuleStatus
  readonly totals: Totals
  /** Of the last connection that failed; absent if none did. */
  readonly lastFailure?: { readonly at: number; readonly failure: Failure }
}

/** How much a hop is used, and how it answers. */
export interface HopUse {
  readonly hopId: string
  /** Connections that use it now, or try to. */
  readonly open?: number
  /** How long it takes to connect to it, a sliding mean; absent until it was measured. */
  readonly latencyMs?: number
  /** When it came back after it was down; absent if it never was. */
  readonly recoveredAt?: number
}

export interface HopRuntime extends HopUse {
  readonly health: HopHealth
}

/** How often a condition decided since the engine started, or since it was changed. */
export interface ConditionHits {
  /** Absent for the conditions of all rules. */
  readonly ruleId?: string
  readonly conditionId: string
  readonly hits: number
}

/** How a connection ended. `by` is the side that ended it; a hop that broke off has a failure, too. */
export interface CloseReason {
  readonly by: 'client' | 'target' | 'hop' | 'nexthop'
  readonly how: 'end' | 'reset' | 'closed'
  /** Present where it failed, or was ended by Nexthop for a reason that has one. */
  readonly failure?: Failure
}

/** One accepted client socket, in one line. */
export interface ConnectionSummary {
  readonly id: string
  readonly ruleId: string
  /** Address and port of the client, or "unix". */
  readonly client: string
  /** host:port */
  readonly target: string
  /** The hop in use or tried last; absent for direct and blocked connections. */
  readonly hopId?: string
  readonly stage: Stage
  readonly openedAt: number
  readonly closedAt?: number
  /** From accept until bytes could flow between the two sides; absent before that. */
  readonly setupMs?: number
  readonly bytesUp: number
  readonly bytesDown: number
  readonly closeReason?: CloseReason
}

/** One step of a connection. `note` says what was decided or seen, in a few words. */
export interface StageRecord {
  readonly stage: Stage
  readonly startedAt: number
  /** Absent while it goes on. */
  readonly durationMs?: number
  readonly hopName?: string
  readonly note?: string
  /** The same as data, to be said in another language; left out where names and addresses are all there is. */
  readonly notes?: readonly Noted[]
  readonly failure?: Failure
}

export interface ConnectionDetail extends ConnectionSummary {
  readonly stages: readonly StageRecord[]
}

/** The engine's whole state at one moment. */
export interface RuntimeSnapshot {
  readonly startedAt: number
  readonly rules: readonly RuleRuntime[]
  readonly hops: readonly HopRuntime[]
  /** Of conditions that decided something. */
  readonly conditions?: readonly ConditionHits[]
  readonly totals: Totals
}

/**
 * What changed in the second before it. Sent only while somebody looks, and not for a second in which nothing did;
 * `rules` are those whose totals changed.
 */
export interface TrafficTick {
  readonly at: number
  readonly totals: Totals
  readonly rules: readonly { readonly ruleId: string; readonly totals: Totals }[]
  /** Those whose use changed. */
  readonly hops?: readonly HopUse[]
}

/** One step of a hop's check, and in the end the verdict. */
export interface CheckReport {
  readonly ok: boolean
  readonly stages: readonly StageRecord[]
  readonly totalMs: number
  /** Present where it is not ok. */
  readonly failure?: Failure
  /** The SOCKS that it does speak, where something else was asked for; names are resolved where they were. */
  readonly speaks?: {
    readonly version: SocksVersion
    /** Absent where there is no target. */
    readonly reachesTarget?: boolean
  }
}

export interface LogEntry {
  /** Counts up from 1 since the start of the app. */
  readonly number: number
  readonly at: number
  readonly level: 'error' | 'warn' | 'info' | 'debug'
  readonly message: string
  readonly ruleId?: string
  readonly hopId?: string
  readonly connectionId?: string
  /** Says no more than the status of the rule, which is told by other ways, too. */
  readonly isStatus?: true
}

/** A hop as clients of the contract see it: its password stays behind. */
export interface HopView extends Omit<NextHop, 'password'> {
  readonly hasPassword: boolean
}

export interface ConfigView extends Omit<Config, 'hops'> {
  readonly hops: readonly HopView[]
}

export interface EngineStatus {
  readonly state: 'running' | 'restarting' | 'stopped'
  /** How often it had to be restarted. */
  readonly restarts: number
}

export interface AppInfo {
  readonly version: string
  readonly shell: 'electron' | 'headless'
  readonly platform: string
  readonly nodeVersion: string
  readonly configPath: string
  /** What guards stored passwords: the system's keychain, or only the file's mode, which lets this user alone read it. */
  readonly passwordsKept?: 'keychain' | 'file'
  /** True where Wireshark is installed, and whoever uses the app sits at the desktop on which `capture.open` shows it. */
  readonly opensCaptures?: boolean
}

/** All that a client needs to draw everything; later events with a higher `seq` bring it up to date. */
export interface AppSnapshot {
  readonly seq: number
  /** What the app's clock showed when this was put together. */
  readonly at: number
  readonly info: AppInfo
  readonly config: ConfigView
  readonly runtime: RuntimeSnapshot
  readonly engine: EngineStatus
}
