import * as v from 'valibot'
import type { Failure } from './errors.ts'
import { booleanField, idSchema, integerField, loginField } from './model/fields.ts'
import { nextHopListSchema } from './model/next-hop-list.ts'
import { nextHopSchema } from './model/next-hop.ts'
import { portRuleSchema } from './model/port-rule.ts'
import { settingsSchema } from './model/settings.ts'
import type {
  AppSnapshot,
  CheckReport,
  ConfigView,
  ConnectionDetail,
  ConnectionSummary,
  EngineStatus,
  HopHealth,
  LogEntry,
  RuleStatus,
  StageRecord,
  TrafficTick,
} from './runtime.ts'

// The one table of calls and events. Handlers, carriers, the client and the docs are derived from it.

/** A call: its input is validated at the door; its output is made by our own code, so its type suffices. */
interface Call<I extends v.GenericSchema, O> {
  readonly summary: string
  readonly input: I
  /** Carries the output's type; there is no value. */
  readonly output?: O
}

function call<const I extends v.GenericSchema>(summary: string, input: I) {
  return { returns: <O>(): Call<I, O> => ({ summary, input }) }
}

const nothing = v.strictObject({})
const ids = v.pipe(v.array(idSchema), v.minLength(1, 'Ids is empty: name at least one'), v.maxLength(10_000))

/** `password`: absent keeps the one that is stored, null removes it. */
const hopInput = v.strictObject({
  hop: v.pipe(
    v.looseObject({ password: v.optional(v.nullable(loginField('Password'))) }),
    v.transform((hop): Record<string, unknown> => hop),
  ),
})

const checkInput = v.strictObject({
  /** Chosen by the caller; it names the events of this check. */
  checkId: idSchema,
  hop: v.variant(
    'kind',
    [
      v.strictObject({ kind: v.literal('id'), id: idSchema }),
      v.strictObject({ kind: v.literal('draft'), hop: nextHopSchema }),
    ],
    'Hop must be of kind "id" or "draft"',
  ),
  /** host:port to ask the hop for; without it, only the greeting and login are tried. */
  target: v.optional(v.pipe(v.string('Target must be text'), v.maxLength(300))),
})

const connectionFilter = v.variant(
  'kind',
  [
    v.strictObject({ kind: v.literal('ids'), ids }),
    v.strictObject({ kind: v.literal('rule'), ruleId: idSchema }),
    v.strictObject({ kind: v.literal('all') }),
  ],
  'Connections must be of kind "ids", "rule" or "all"',
)

const passphrase = v.optional(
  v.pipe(
    v.string('Passphrase must be text'),
    v.minLength(8, 'Passphrase is too short: at least 8 characters'),
    v.maxLength(1000, 'Passphrase is too long: at most 1000 characters'),
  ),
)

const importInput = v.strictObject({
  /** An export, or a config file. */
  text: v.pipe(
    v.string('Text must be text'),
    v.maxLength(20_000_000, 'The file is too large to be a config'),
  ),
  /** Needed only for the passwords in it; without it they stay behind. */
  passphrase,
  mode: v.picklist(['merge', 'replace'], 'Mode must be "merge" or "replace"'),
})

export const contract = {
  'state.get': call('Everything that is wanted and everything that is.', nothing).returns<AppSnapshot>(),

  'hop.save': call('Adds a next hop, or replaces the one with the same id.', hopInput).returns<Saved>(),
  'hop.remove': call(
    'Removes a next hop. Where it is in use, another one must be named to take its place.',
    v.strictObject({ id: idSchema, replaceWith: v.optional(idSchema) }),
  ).returns<Removed>(),
  'hop.check': call('Tries a next hop stage by stage.', checkInput).returns<CheckReport>(),
  'hop.cancelCheck': call('Ends a running check.', v.strictObject({ checkId: idSchema })).returns<Done>(),

  'list.save': call(
    'Adds a next-hop list, or replaces the one with the same id.',
    v.strictObject({ list: nextHopListSchema }),
  ).returns<Saved>(),
  'list.remove': call(
    'Removes a next-hop list that no rule uses.',
    v.strictObject({ id: idSchema }),
  ).returns<Removed>(),

  'rule.save': call(
    'Adds a port rule, or replaces the one with the same id.',
    v.strictObject({ rule: portRuleSchema }),
  ).returns<Saved>(),
  'rule.remove': call('Removes port rules.', v.strictObject({ ids })).returns<Removed>(),
  'rule.enable': call(
    'Switches port rules on or off.',
    v.strictObject({ ids, enabled: booleanField('Enabled') }),
  ).returns<Done>(),
  'rule.reorder': call('Puts all port rules in a new order.', v.strictObject({ ids })).returns<Done>(),

  'trash.restore': call(
    'Brings back what a removal took away, with its password and in its old place.',
    v.strictObject({ trashId: idSchema }),
  ).returns<Done>(),

  'forwarding.set': call(
    'The master switch.',
    v.strictObject({ on: booleanField('Forwarding') }),
  ).returns<Done>(),
  'settings.save': call(
    'Replaces the settings.',
    v.strictObject({ settings: settingsSchema }),
  ).returns<Done>(),

  'config.export': call(
    'The config as a file; with a passphrase, it holds the passwords, locked with it.',
    v.strictObject({ passphrase }),
  ).returns<TextFile>(),
  'config.previewImport': call('What an import would change.', importInput).returns<ImportPreview>(),
  'config.import': call('Imports a config; `trash.restore` undoes it.', importInput).returns<Removed>(),
  'diagnostics.get': call('All that helps to find a fault, without passwords.', nothing).returns<TextFile>(),

  'demo.start': call(
    'Sets up a SOCKS5 server and a page on loopback, and a rule that leads there.',
    nothing,
  ).returns<DemoInfo>(),
  'demo.stop': call('Takes away all that the demo set up.', nothing).returns<Done>(),

  'connection.list': call('Open connections, then those closed lately; newest first.', nothing).returns<
    readonly ConnectionSummary[]
  >(),
  'connection.get': call(
    'One connection with its stages.',
    v.strictObject({ id: idSchema }),
  ).returns<ConnectionDetail>(),
  'connection.close': call('Closes connections.', connectionFilter).returns<{ readonly closed: number }>(),

  'log.list': call('The latest log entries, oldest first.', nothing).returns<readonly LogEntry[]>(),

  'port.suggest': call(
    'A free port to listen on.',
    v.strictObject({ near: integerField('Port', 1, 65535) }),
  ).returns<{ readonly port: number }>(),
} as const satisfies Record<string, Call<v.GenericSchema, unknown>>

export interface Saved {
  readonly id: string
}
export interface Removed {
  /** For `trash.restore`. */
  readonly trashId: string
}
export type Done = Record<string, never>

/** A file for the user to keep. */
export interface TextFile {
  readonly filename: string
  readonly text: string
}

export interface ImportPreview {
  /** Names of hops, lists and rules. */
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly removed: readonly string[]
  /** What is imported otherwise than it is in the file, in sentences. */
  readonly notes: readonly string[]
  /** Locked passwords come along: a passphrase brings them in. */
  readonly hasPasswords: boolean
}

export interface DemoInfo {
  readonly ruleId: string
  readonly hopId: string
  /** What to open in a browser. */
  readonly url: string
}

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
  'log.appended': { readonly entries: readonly LogEntry[] }
  'check.progressed': { readonly checkId: string; readonly stages: readonly StageRecord[] }
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

/** The topic that an event belongs to; undefined for those that everybody gets. */
export function topicOf(name: EventName): Topic | undefined {
  if (name === 'traffic.ticked') return 'traffic'
  if (name === 'connections.changed') return 'connections'
  return undefined
}

/** What every carrier brings back. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false
      readonly code: Failure['code']
      /** A sentence with the remedy. */
      readonly message: string
      readonly failure: Failure
      /** For bad-request: each mistake with its place. */
      readonly issues?: readonly { readonly path: readonly (string | number)[]; readonly message: string }[]
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
