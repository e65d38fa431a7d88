import * as v from 'valibot'
import {
  contract,
  type AppEvent,
  type CallInput,
  type CallName,
  type CallOutput,
  type Client,
  type EventMap,
  type EventName,
  type Reply,
  type Topic,
} from '../../shared/contract.ts'
import { topicOf } from '../../shared/topic-of.ts'
import { NexthopError, toFailure, type Failure } from '../../shared/errors.ts'
import { parseConfig, type Config } from '../../shared/model/config.ts'
import type { Issue } from '../../shared/model/issues.ts'
import { explainInFull } from '../../shared/texts/explain.ts'
import type {
  AppSnapshot,
  CheckReport,
  ConfigView,
  ConnectionDetail,
  ConnectionSummary,
  EngineStatus,
  HopRuntime,
  LogEntry,
  RuleRuntime,
  RuleStatus,
} from '../../shared/runtime.ts'
import { noTotals } from '../../shared/runtime.ts'

// The app without an engine: real config logic in memory, and a runtime that tests set by hand.

interface Subscriber {
  readonly watch: readonly Topic[]
  readonly onEvent: (event: AppEvent) => void
  readonly onConnection: ((state: 'open' | 'lost') => void) | undefined
}

type Handlers = { [N in CallName]?: (input: CallInput<N>) => CallOutput<N> | Promise<CallOutput<N>> }

class Invalid extends NexthopError {
  readonly issues: readonly Issue[]

  constructor(issues: readonly Issue[]) {
    super({ code: 'bad-request', message: issues.map(({ message }) => message).join('; ') })
    this.issues = issues
  }
}

export class FakeClient implements Client {
  seq = 0
  rules = new Map<string, RuleRuntime>()
  hops = new Map<string, HopRuntime>()
  connections: ConnectionSummary[] = []
  details = new Map<string, ConnectionDetail>()
  log: LogEntry[] = []
  engine: EngineStatus = { state: 'running', restarts: 0 }
  info: AppSnapshot['info'] = {
    version: '0.1.0',
    shell: 'headless',
    platform: 'linux',
    nodeVersion: '24.9.0',
    configPath: '/home/user/.config/nexthop/config.json',
  }
  /** Ports that are taken by other programs. */
  busyPorts = new Map<number, Failure['holder']>()
  calls: { readonly name: CallName; readonly input: unknown }[] = []
  /** Failures to answer with, by call. */
  failing = new Map<CallName, Failure>()
  check: (input: CallInput<'hop.check'>) => Promise<CheckReport> = () =>
    Promise.resolve({ ok: true, stages: [], totalMs: 1 })
  readonly #subscribers = new Set<Subscriber>()
  readonly #trash = new Map<string, Config>()
  #config: Config

  constructor(document: unknown = { version: 1 }) {
    const parsed = parseConfig(document)
    if (!parsed.ok) throw new Invalid(parsed.issues)
    this.#config = parsed.config
    this.#reconcile()
  }

  get config(): Config {
    return this.#config
  }

  async request<N extends CallName>(name: N, input: CallInput<N>): Promise<Reply<CallOutput<N>>> {
    this.calls.push({ name, input })
    try {
      const failure = this.failing.get(name)
      if (failure) throw new NexthopError(failure)
      const parsed: unknown = v.parse(contract[name].input, structuredClone(input))
      const handler = this.#handlers[name] as
        ((input: unknown) => CallOutput<N> | Promise<CallOutput<N>>) | undefined
      if (!handler) throw new NexthopError({ code: 'not-found', message: `The fake knows no call ${name}` })
      return { ok: true, value: structuredClone(await handler(parsed)) }
    } catch (error) {
      const failure = toFailure(error)
      const issues = error instanceof Invalid ? { issues: error.issues } : {}
      return { ok: false, code: failure.code, message: explainInFull(failure), failure, ...issues }
    }
  }

  subscribe(
    watch: readonly Topic[],
    onEvent: (event: AppEvent) => void,
    onConnection?: (state: 'open' | 'lost') => void,
  ): () => void {
    const subscriber = { watch, onEvent, onConnection }
    this.#subscribers.add(subscriber)
    onConnection?.('open')
    return () => {
      this.#subscribers.delete(subscriber)
    }
  }

  publish<N extends EventName>(name: N, data: EventMap[N]): void {
    const topic = topicOf(name)
    if (!topic) this.seq += 1
    const event = { seq: this.seq, name, data } as unknown as AppEvent
    for (const { watch, onEvent } of this.#subscribers) {
      if (!topic || watch.includes(topic)) onEvent(structuredClone(event))
    }
  }

  line(state: 'open' | 'lost'): void {
    for (const { onConnection } of this.#subscribers) onConnection?.(state)
  }

  setRule(ruleId: string, change: Partial<RuleRuntime>): void {
    const known = this.rules.get(ruleId) ?? { ruleId, status: { state: 'off' }, totals: noTotals }
    this.rules.set(ruleId, { ...known, ...change })
    if (change.status) this.publish('rule.statusChanged', { ruleId, status: change.status })
  }

  snapshot(): AppSnapshot {
    return {
      seq: this.seq,
      at: Date.now(),
      info: this.info,
      config: this.#view(),
      engine: this.engine,
      runtime: {
        startedAt: 0,
        rules: [...this.rules.values()],
        hops: [...this.hops.values()],
        totals: this.totals(),
      },
    }
  }

  totals() {
    const all = [...this.rules.values()].map(({ totals }) => totals)
    const sum = (key: keyof typeof noTotals) => all.reduce((total, rule) => total + rule[key], 0)
    const [bytesUp, bytesDown] = [sum('bytesUp'), sum('bytesDown')]
    return { bytesUp, bytesDown, open: sum('open'), opened: sum('opened'), failed: sum('failed') }
  }

  #view(): ConfigView {
    const hops = this.#config.hops.map(({ password, ...hop }) => ({
      ...hop,
      hasPassword: password !== undefined || hop.passwordFrom !== undefined,
    }))
    return { ...this.#config, hops }
  }

  #change(change: (config: Config) => unknown): void {
    const parsed = parseConfig(change(this.#config))
    if (!parsed.ok) throw new Invalid(parsed.issues)
    this.#config = parsed.config
    this.publish('config.changed', { config: this.#view() })
    this.#reconcile()
  }

  #remove(change: (config: Config) => unknown): { readonly trashId: string } {
    const before = this.#config
    this.#change(change)
    const trashId = `trash-${this.#trash.size}`
    this.#trash.set(trashId, before)
    return { trashId }
  }

  /** What an engine would do with the config. */
  #reconcile(): void {
    for (const rule of this.#config.rules) {
      const status = this.#statusOf(rule)
      const before = this.rules.get(rule.id)?.status
      if (JSON.stringify(status) !== JSON.stringify(before)) this.setRule(rule.id, { status })
    }
  }

  #statusOf({ enabled, listen }: Config['rules'][number]): RuleStatus {
    if (!enabled || !this.#config.settings.forwarding) return { state: 'off' }
    if (listen.kind === 'tcp' && this.busyPorts.has(listen.port)) {
      const holder = this.busyPorts.get(listen.port)
      const target = `${listen.host}:${listen.port}`
      return { state: 'failed', failure: { code: 'port-in-use', target, ...(holder && { holder }) } }
    }
    return { state: 'listening', address: listen }
  }

  readonly #handlers: Handlers = {
    'state.get': () => this.snapshot(),
    'hop.save': ({ hop }) => {
      const { password, ...rest } = hop
      const stored = this.#config.hops.find(({ id }) => id === rest.id)?.password
      const kept = password === undefined ? stored : (password ?? undefined)
      const saved = { ...rest, ...(kept !== undefined && { password: kept }) }
      this.#change((config) => ({ ...config, hops: upsert(config.hops, saved as unknown as { id: string }) }))
      return { id: String(rest.id) }
    },
    'hop.remove': ({ id, replaceWith }) =>
      this.#remove((config) => ({
        ...config,
        hops: config.hops.filter((hop) => hop.id !== id),
        rules: config.rules.map((rule) =>
          replaceWith && rule.route.kind === 'hop' && rule.route.hopId === id
            ? { ...rule, route: { kind: 'hop', hopId: replaceWith } }
            : rule,
        ),
      })),
    'hop.check': (input) => this.check(input),
    'list.save': ({ list }) => {
      this.#change((config) => ({ ...config, lists: upsert(config.lists, list) }))
      return { id: list.id }
    },
    'rule.save': ({ rule }) => {
      this.#change((config) => ({ ...config, rules: upsert(config.rules, rule) }))
      return { id: rule.id }
    },
    'rule.remove': ({ ids }) =>
      this.#remove((config) => ({ ...config, rules: config.rules.filter(({ id }) => !ids.includes(id)) })),
    'rule.enable': ({ ids, enabled }) => {
      this.#change((config) => ({
        ...config,
        rules: config.rules.map((rule) => (ids.includes(rule.id) ? { ...rule, enabled } : rule)),
      }))
      return {}
    },
    'rule.reorder': ({ ids }) => {
      this.#change((config) => ({
        ...config,
        rules: ids.flatMap((id) => config.rules.find((rule) => rule.id === id) ?? []),
      }))
      return {}
    },
    'trash.restore': ({ trashId }) => {
      this.#change(() => this.#trash.get(trashId))
      return {}
    },
    'forwarding.set': ({ on }) => {
      this.#change((config) => ({ ...config, settings: { ...config.settings, forwarding: on } }))
      return {}
    },
    'settings.save': ({ settings }) => {
      this.#change((config) => ({ ...config, settings }))
      return {}
    },
    'connection.list': () => this.connections,
    'connection.get': ({ id }) => {
      const detail = this.details.get(id)
      if (!detail) throw new NexthopError({ code: 'not-found', message: 'There is no such connection' })
      return detail
    },
    'connection.close': (filter) => {
      const closed = this.connections.filter(
        ({ id, ruleId, closedAt }) =>
          closedAt === undefined &&
          (filter.kind === 'all' ||
            (filter.kind === 'rule' ? filter.ruleId === ruleId : filter.ids.includes(id))),
      )
      return { closed: closed.length }
    },
    'hop.cancelCheck': () => ({}),
    'capture.list': () => [],
    'link.take': () => ({}),
    'problem.take': () => ({}),
    'log.list': () => this.log,
    'port.suggest': ({ near }) => {
      let port = near
      const taken = this.#config.rules.map(({ listen }) => (listen.kind === 'tcp' ? listen.port : 0))
      while (taken.includes(port) || this.busyPorts.has(port)) port += 1
      return { port }
    },
  }
}

function upsert<T extends { id: string }>(
  list: readonly T[],
  entry: { id: string },
): readonly { id: string }[] {
  return list.some(({ id }) => id === entry.id)
    ? list.map((other) => (other.id === entry.id ? entry : other))
    : [...list, entry]
}
