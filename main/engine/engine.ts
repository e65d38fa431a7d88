import { emptyConfig } from '../../shared/model/config.ts'
import { isDeepStrictEqual } from 'node:util'
import type { LogLevel } from '../../shared/model/settings.ts'
import type { PortRule } from '../../shared/model/port-rule.ts'
import type { HopHealth, RuleStatus, RuntimeSnapshot, Totals } from '../../shared/runtime.ts'
import type {
  ConnectionFilter,
  Engine,
  EngineConfig,
  EngineEvent,
  EngineLogEntry,
  WatchOptions,
} from './api.ts'
import { Captures, type CaptureRequest } from './capture/captures.ts'
import { checkHop } from './check/check-hop.ts'
import type { Connection } from './connection.ts'
import { ConnectionRegistry } from './connection-registry.ts'
import { HandshakeBook } from './dial/handshake-messages.ts'
import { HopLiveness } from './dial/hop-liveness.ts'
import { explainRoute } from './explain/explain-route.ts'
import { FailureLog } from './failure-log.ts'
import { HealthChecks } from './health/health-checks.ts'
import { HopStates } from './hop-states.ts'
import { KeepAlive } from './keep-alive.ts'
import { Listener, type ListenerContext } from './listener.ts'
import { changedRoutes } from './routing/changed-routes.ts'
import { LoopRisks } from './loop-risks.ts'
import { OwnHosts } from './own-hosts.ts'
import { Router } from './routing/router.ts'
import { listensAlike, listensHere } from './listening-rules.ts'
import { describeEnd, describeStatus, isLogged, warnOfLastResort, type LogLine } from './log-words.ts'
import { connectionId, openCountOf, portUse } from './sharing.ts'
import { Ticker } from './ticker.ts'
import { TotalsLedger } from './totals-ledger.ts'
import { TrafficDeltas } from './traffic-deltas.ts'
import { addTotals } from './totals.ts'
import { Turns } from './turns.ts'
import { Unbinding } from './unbinding.ts'
import { Traces } from './traces/traces.ts'
import { ReadBuffers } from './wire/read-buffers.ts'

export interface EngineOptions {
  readonly onEvent: (event: EngineEvent) => void
}

/** The engine in this thread. */
export function createEngine({ onEvent }: EngineOptions): Engine {
  return new LocalEngine(onEvent)
}

class LocalEngine implements Engine {
  readonly #onEvent: (event: EngineEvent) => void
  readonly #startedAt = Date.now()
  readonly #listeners = new Map<string, Listener>()
  readonly #registry = new ConnectionRegistry()
  readonly #ledger = new TotalsLedger()
  readonly #hopStates: HopStates
  readonly #router: Router
  readonly #healthChecks: HealthChecks
  readonly #unbinding: Unbinding
  readonly #failureLog: FailureLog
  readonly #ticker: Ticker
  readonly #trafficDeltas = new TrafficDeltas()
  readonly #captures: Captures
  readonly #traces: Traces
  readonly #listenerContext: ListenerContext
  #config: EngineConfig = emptyConfig
  #rules: ReadonlyMap<string, PortRule> = new Map()
  readonly #turns = new Turns()
  #lastConnection = 0
  readonly #ownHosts = new OwnHosts(this.#listeners)
  readonly #loopRisks = new LoopRisks(this.#ownHosts.isOwn)
  /** Of rules that are no more, so that the sum never falls. */
  #pastTotals: Totals | undefined

  constructor(onEvent: (event: EngineEvent) => void) {
    this.#onEvent = onEvent
    this.#hopStates = new HopStates((hopId, health) => {
      if (health.state !== 'down') this.#failureLog.flush(hopId)
      onEvent({ kind: 'hop-health', hopId, health })
      this.#unbinding.look()
    })
    this.#router = new Router(this.#hopStates)
    this.#healthChecks = new HealthChecks({
      hopStates: this.#hopStates,
      isOwnListener: this.#ownHosts.isOwn,
      log: ({ level, message, ...about }) => this.#log({ level, message }, about),
    })
    this.#unbinding = new Unbinding({
      listener: (ruleId) => this.#listeners.get(ruleId),
      downRoute: (rule) => this.#router.downRouteOfAll(rule),
      inTurn: (work) => void this.#turns.take(work),
    })
    this.#failureLog = new FailureLog((entry) => onEvent({ kind: 'log', entry }))
    this.#ticker = new Ticker(() => this.#tick())
    this.#captures = new Captures((captures) => onEvent({ kind: 'captures', captures }))
    this.#traces = new Traces((batch) => onEvent({ kind: 'traces', ...batch }))
    this.#listenerContext = this.#createListenerContext()
  }

  apply = (config: EngineConfig): Promise<void> => this.#turns.take(() => this.#apply(config))

  async snapshot(): Promise<RuntimeSnapshot> {
    return {
      startedAt: this.#startedAt,
      rules: this.#config.rules.flatMap(({ id }) => this.#listeners.get(id)?.runtime() ?? []),
      hops: this.#hopStates.runtime(),
      conditions: this.#router.conditions.hits(),
      totals: this.#totals(),
    }
  }

  connections = async () => this.#registry.list()

  connection = async (id: string) => this.#registry.detail(id)

  details = async (ids: readonly string[]) => this.#registry.details(ids)

  async closeConnections(filter: ConnectionFilter): Promise<number> {
    const connections = this.#registry.select(filter)
    for (const connection of connections) connection.end()
    return connections.length
  }

  failHop = async (hopId: string, forMs: number) => this.#hopStates.failOnPurpose(hopId, forMs)

  async explain(...[{ ruleId, connection }]: Parameters<Engine['explain']>) {
    const rule = this.#rules.get(ruleId)
    const sources = { config: this.#config, router: this.#router, isHealthKnown: true }
    return rule && explainRoute(rule, connection, sources)
  }

  takeTotals = async () => this.#ledger.take(this.#registry.select({ kind: 'all' }))

  watch({ traffic, connections }: WatchOptions): void {
    this.#registry.recordChanges(connections)
    this.#trafficDeltas.clear()
    this.#ticker.configure(traffic, connections)
  }

  learnHopHealth(hopId: string, health: HopHealth): void {
    this.#hopStates.learn(hopId, health)
    this.#unbinding.look()
  }

  check(...[request, onProgress, signal]: Parameters<Engine['check']>) {
    return checkHop(request, onProgress, signal, this.#ownHosts.isOwn)
  }

  startCapture(request: CaptureRequest): Promise<void> {
    // A recording may begin before there is a config.
    const secrets = () => this.#config.hops.flatMap(({ password }) => password ?? [])
    return this.#captures.start(request, () => this.#registry.select({ kind: 'all' }), secrets)
  }

  stopCapture = (id: string): Promise<void> => this.#captures.stop(id)

  async close(drainMs: number): Promise<void> {
    this.#healthChecks.close()
    this.#unbinding.close()
    await this.#turns.take(async () => undefined)
    this.watch({ traffic: false, connections: false })
    await Promise.all([...this.#listeners.values()].map((listener) => listener.stop()))
    await this.#registry.drain(drainMs)
    this.#failureLog.close()
    this.#onEvent({ kind: 'totals', deltas: await this.takeTotals() })
    this.#traces.flush()
    await this.#captures.close()
  }

  async #apply(config: EngineConfig): Promise<void> {
    const previous = this.#config
    this.#config = config
    this.#rules = new Map(config.rules.map((rule) => [rule.id, rule]))
    this.#hopStates.apply(config.hops, config.sharing)
    this.#router.apply(config)
    this.#healthChecks.apply(config)
    this.#unbinding.apply(config)
    this.#registry.configure(config.settings.closedConnectionsKept)
    this.#traces.configure(config.settings.traces)
    // First all that stops, then all that starts: two rules may have swapped their ports.
    await this.#stopListeners(config, previous)
    await Promise.all(config.rules.map((rule) => this.#startListener(rule, config)))
    const warnings = [...warnOfLastResort(previous, config), ...this.#loopRisks.apply(config)]
    for (const { ruleId, ...line } of warnings) this.#log(line, { ruleId })
    for (const id of changedRoutes(previous, config)) {
      this.#listeners.get(id)?.endConnections({ code: 'blocked', bar: { kind: 'route-changed' } })
    }
  }

  async #stopListeners(config: EngineConfig, previous: EngineConfig): Promise<void> {
    const stopping = previous.rules.map(async ({ id }) => {
      const listener = this.#listeners.get(id)
      if (!listener) return
      const rule = this.#rules.get(id)
      const isOn = rule?.enabled && config.settings.forwarding
      const keepsListening =
        isOn &&
        listensHere(rule, config) &&
        listensAlike(rule, listener.rule) &&
        portUse(config.sharing) === portUse(previous.sharing)
      if (!keepsListening) await listener.stop()
      // Off means off; a rule that only moved to another port keeps its connections.
      if (!isOn) listener.endConnections()
      if (!rule) this.#forget(id, listener)
    })
    await Promise.all(stopping)
  }

  #forget(id: string, listener: Listener): void {
    this.#listeners.delete(id)
    this.#pastTotals = addTotals([
      ...(this.#pastTotals ? [this.#pastTotals] : []),
      { ...listener.totals, open: 0 },
    ])
  }

  async #startListener(rule: PortRule, config: EngineConfig): Promise<void> {
    const listener = this.#listeners.get(rule.id) ?? new Listener(rule, this.#listenerContext)
    this.#listeners.set(rule.id, listener)
    if (!isDeepStrictEqual(listener.rule, rule)) listener.update(rule)
    listener.share(openCountOf(config.sharing, rule.id))
    if (!listensHere(rule, config) || listener.status.state === 'listening') return
    if (!this.#unbinding.holds(rule)) await listener.open()
  }

  #createListenerContext(): ListenerContext {
    return {
      hopStates: this.#hopStates,
      hopLiveness: new HopLiveness(),
      isOwnListener: this.#ownHosts.isOwn,
      buffers: new ReadBuffers(),
      handshakes: new HandshakeBook(),
      keepAlive: new KeepAlive(),
      router: this.#router,
      nextConnectionId: () => connectionId(this.#config.sharing?.thread ?? 0, ++this.#lastConnection),
      onOpen: (connection) => {
        this.#registry.opened(connection)
        this.#captures.opened(connection)
      },
      onChange: (connection) => this.#registry.changed(connection),
      isTraced: (rule, address) => this.#traces.isWanted(rule, address),
      onClose: (connection) => this.#onClose(connection),
      onStatus: (ruleId, status) => this.#onStatus(ruleId, status),
      isLoopRisk: (rule) => this.#loopRisks.has(rule),
      portUse: () => portUse(this.#config.sharing),
    }
  }

  #onClose(connection: Connection): void {
    this.#registry.closed(connection)
    this.#ledger.closed(connection)
    this.#captures.closed(connection)
    this.#traces.closed(connection)
    const failure = connection.closeReason?.failure
    if (failure) {
      this.#failureLog.add(connection, failure)
      this.#onEvent({ kind: 'connection-failed', ruleId: connection.rule.id, at: Date.now(), failure })
    } else if (this.#logs('debug')) {
      this.#log({ level: 'debug', message: describeEnd(connection) }, { ruleId: connection.rule.id })
    }
  }

  #onStatus(ruleId: string, status: RuleStatus): void {
    this.#ownHosts.forget()
    // Of threads that share a port the first one tells how it is.
    if (portUse(this.#config.sharing) === 'further') return
    this.#onEvent({ kind: 'rule-status', ruleId, status })
    const present = this.#rules.get(ruleId)
    const rule = present ?? this.#listeners.get(ruleId)?.rule
    const line = rule && describeStatus(status, rule, present === undefined)
    if (line) this.#log(line, { ruleId, isStatus: true })
    this.#unbinding.look()
  }

  #log(line: LogLine, about: Pick<EngineLogEntry, 'ruleId' | 'hopId' | 'isStatus'>): void {
    if (this.#logs(line.level)) this.#onEvent({ kind: 'log', entry: { at: Date.now(), ...line, ...about } })
  }

  #logs(level: LogLevel): boolean {
    return isLogged(level, this.#config.settings.logLevel)
  }

  #totals(): Totals {
    const totals = [...this.#listeners.values()].map((listener) => listener.totals)
    return addTotals(this.#pastTotals ? [...totals, this.#pastTotals] : totals)
  }

  #tick(): void {
    if (this.#ticker.watchesTraffic) {
      const rules = [...this.#listeners].map(([ruleId, { totals }]) => ({ ruleId, totals }))
      const changed = this.#trafficDeltas.take(this.#totals(), rules, this.#hopStates.runtime())
      if (changed) this.#onEvent({ kind: 'traffic', tick: { at: Date.now(), ...changed } })
    }
    const connections = this.#registry.takeChanges()
    if (connections.length > 0) this.#onEvent({ kind: 'connections', connections })
  }
}
