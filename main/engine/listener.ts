import { createServer, type Server, type Socket } from 'node:net'
import type { Failure } from '../../shared/errors.ts'
import { portCount } from '../../shared/model/destination-range.ts'
import type { PortRule } from '../../shared/model/port-rule.ts'
import {
  noTotals,
  type RouteOut,
  type RuleRuntime,
  type RuleStatus,
  type Totals,
} from '../../shared/runtime.ts'
import { Admittance } from './accept.ts'
import { Bag } from './bag.ts'
import { bindRange } from './bind-range.ts'
import { wallNow } from './clock.ts'
import { Connection } from './connection.ts'
import type { ConnectionContext } from './connection-context.ts'
import { socketOptions } from './dial/connect-address.ts'
import { IdleSweeper } from './idle-sweeper.ts'
import { plainAddress } from './plain-address.ts'
import type { Side } from './relay.ts'
import { openCountOf, type OpenCount, type PortUse } from './sharing.ts'
import { acceptWireSockets } from './wire/accept-wire.ts'

/** How long after a failure to listen it is tried again: ports come free, networks come back. */
const retryAfterMs = 5000

/** Of a rule whose connections may lead back to it, so many of the latest may be open without a byte from the destination. */
const mostUnanswered = 64
const latestMs = 10_000

export interface ListenerContext extends Omit<ConnectionContext, 'onBytes' | 'onClose'> {
  nextConnectionId(): string
  /** Whether its stages are wanted; `address` is the client's, undefined on unix sockets. */
  isTraced(rule: PortRule, address: string | undefined): boolean
  onOpen(connection: Connection): void
  onClose(connection: Connection, listener: Listener): void
  onStatus(ruleId: string, status: RuleStatus): void
  portUse(): PortUse
  /** Whether its connections may lead back to where Nexthop listens. */
  isLoopRisk(rule: PortRule): boolean
}

/** The running side of a port rule: its server socket, its connections, its totals. */
export class Listener {
  readonly connections = new Bag<'placeInRule', Connection>('placeInRule')
  #rule: PortRule
  #admittance: Admittance
  readonly #idleSweeper = new IdleSweeper(this.connections)
  readonly #context: ListenerContext
  readonly #connectionContext: ConnectionContext
  /** One per port. */
  #servers: readonly Server[] = []
  #closeServers: () => void = () => undefined
  #status: RuleStatus = { state: 'off' }
  #opening: Promise<void> | undefined
  #retryTimer: NodeJS.Timeout | undefined
  #totals: { -readonly [K in keyof Totals]: Totals[K] } = { ...noTotals }
  #lastFailure: RuleRuntime['lastFailure']
  #openCount: OpenCount = openCountOf(undefined, '')

  constructor(rule: PortRule, context: ListenerContext) {
    this.#rule = rule
    this.#admittance = new Admittance(rule)
    this.#idleSweeper.configure(rule.idleTimeoutMs)
    this.#context = context
    this.#connectionContext = {
      hopStates: context.hopStates,
      hopLiveness: context.hopLiveness,
      isOwnListener: context.isOwnListener,
      buffers: context.buffers,
      handshakes: context.handshakes,
      keepAlive: context.keepAlive,
      router: context.router,
      onChange: (connection) => context.onChange(connection),
      onBytes: (connection, from, bytes) => this.#count(connection, from, bytes),
      onClose: (connection) => this.#onClose(connection),
    }
  }

  get rule(): PortRule {
    return this.#rule
  }

  get status(): RuleStatus {
    return this.#status
  }

  get totals(): Totals {
    return { ...this.#totals, open: this.connections.size }
  }

  runtime(): RuleRuntime {
    const runtime = { ruleId: this.#rule.id, status: this.#status, totals: this.totals }
    return this.#lastFailure ? { ...runtime, lastFailure: this.#lastFailure } : runtime
  }

  /** Takes on a changed rule with the same listen address; it counts for connections from now on. */
  update(rule: PortRule): void {
    this.#rule = rule
    this.#admittance = new Admittance(rule)
    this.#idleSweeper.configure(rule.idleTimeoutMs)
  }

  /** Counts its connections together with those of other threads. */
  share(openCount: OpenCount): void {
    this.#openCount = openCount
    openCount.tell(this.connections.size)
  }

  /** Starts to listen, unless it does already. Never rejects: the status says how it went. */
  async open(): Promise<void> {
    // A retry may be under way; two attempts at once would find the port taken by each other.
    await this.#opening
    if (this.#status.state === 'listening') return
    this.#opening = this.#open()
    await this.#opening
  }

  async #open(): Promise<void> {
    clearTimeout(this.#retryTimer)
    // A retry of something that failed is not worth telling until it is known how it went.
    if (this.#status.state !== 'failed') this.#setStatus({ state: 'starting' })
    const servers = Array.from({ length: portCount(this.#rule.destination) }, () =>
      createServer(socketOptions, (socket) => this.#accept(socket)),
    )
    this.#servers = servers
    const result = await bindRange(servers, this.#rule.listen, this.#context.portUse())
    if (this.#servers !== servers) {
      if (result.ok) result.close()
      return
    }
    if (result.ok) {
      this.#closeServers = result.close
      for (const server of servers) {
        acceptWireSockets(server, this.#context.buffers, socketOptions, (socket) => this.#accept(socket))
        server.on('error', (error) => this.#onServerError(error))
      }
      this.#setStatus({ state: 'listening', address: result.address })
      return
    }
    this.#servers = []
    this.#fail(result.failure)
  }

  /** Stops listening; connections go on. */
  async stop(): Promise<void> {
    this.#stopServers()
    this.#setStatus({ state: 'off' })
  }

  /** Stops listening until it is opened again, since nothing of the route can be used. */
  unbind(out: RouteOut): void {
    this.#stopServers()
    this.#setStatus({ state: 'unbound', ...out })
  }

  #stopServers(): void {
    clearTimeout(this.#retryTimer)
    this.#servers = []
    // Not awaited to its end: a server is closed only when its last connection is.
    this.#closeServers()
    this.#closeServers = () => undefined
  }

  /** Resets every connection. */
  endConnections(failure?: Failure): number {
    const open = [...this.connections]
    for (const connection of open) connection.end(failure)
    return open.length
  }

  #accept(socket: Socket): void {
    const address = socket.remoteAddress === undefined ? undefined : plainAddress(socket.remoteAddress)
    // A TCP client without an address has reset the connection already: it is nobody's, and may not be let in as anybody.
    if (address === undefined && this.#rule.listen.kind === 'tcp') {
      socket.destroy()
      return
    }
    this.#openCount.tell(this.connections.size + 1)
    const open = this.connections.size + this.#openCount.elsewhere()
    const admission = this.#goesRound() ? 'loop' : this.#admittance.admit(address, open)
    const connection = new Connection(
      this.#context.nextConnectionId(),
      this.#rule,
      socket,
      this.#connectionContext,
      this.#context.isTraced(this.#rule, address),
    )
    this.connections.add(connection)
    this.#totals.opened += 1
    this.#context.onOpen(connection)
    void connection.run(admission)
  }

  /** True where connections seem to come from each other, which takes milliseconds: none of the latest got a byte. */
  #goesRound(): boolean {
    if (this.connections.size < mostUnanswered || !this.#context.isLoopRisk(this.#rule)) return false
    const since = wallNow() - latestMs
    let unanswered = 0
    for (const { openedAt, bytesDown } of this.connections) {
      if (openedAt < since) continue
      if (bytesDown > 0) return false
      unanswered += 1
    }
    return unanswered >= mostUnanswered
  }

  #count(connection: Connection, from: Side, bytes: number): void {
    if (from === 'client') {
      connection.bytesUp += bytes
      this.#totals.bytesUp += bytes
    } else {
      connection.bytesDown += bytes
      this.#totals.bytesDown += bytes
    }
  }

  #onClose(connection: Connection): void {
    this.connections.remove(connection)
    this.#openCount.tell(this.connections.size)
    const failure = connection.closeReason?.failure
    if (failure) {
      this.#totals.failed += 1
      this.#lastFailure = { at: Date.now(), failure }
    }
    this.#context.onClose(connection, this)
  }

  #onServerError(error: Error): void {
    this.#stopServers()
    this.#fail({ code: 'internal', message: `the listener stopped: ${error.message}` })
  }

  #fail(failure: Failure): void {
    this.#setStatus({ state: 'failed', failure })
    this.#retryTimer = setTimeout(() => void this.open(), retryAfterMs)
    this.#retryTimer.unref()
  }

  #setStatus(status: RuleStatus): void {
    const isSame = JSON.stringify(status) === JSON.stringify(this.#status)
    this.#status = status
    if (!isSame) this.#context.onStatus(this.#rule.id, status)
  }
}
