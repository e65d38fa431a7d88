import type { Socket } from 'node:net'
import { NexthopError, toFailure, type Failure, type Stage } from '../../shared/errors.ts'
import { formatDuration } from '../../shared/format.ts'
import { formatEndpoint } from '../../shared/model/address.ts'
import type { NextHop } from '../../shared/model/next-hop.ts'
import type { PortRule } from '../../shared/model/port-rule.ts'
import type { CloseReason, ConnectionDetail, ConnectionSummary } from '../../shared/runtime.ts'
import { answerClient } from './answer/answer-client.ts'
import { isLocalClient } from './answer/local-client.ts'
import { refuseClient, type Admission } from './accept.ts'
import type { ConnectionCapture } from './capture/connection-capture.ts'
import { resetSocket } from './close.ts'
import { dial } from './dial/dial.ts'
import type { Dialled, IsOwnListener } from './dial/dial-hop.ts'
import type { HandshakeBook } from './dial/handshake-messages.ts'
import type { HopLiveness } from './dial/hop-liveness.ts'
import { describeHop } from './dial/describe-hop.ts'
import type { HopStates } from './hop-states.ts'
import { identify } from './identify.ts'
import { observeConnect } from './observe-connect.ts'
import { plainAddress } from './plain-address.ts'
import { relay, type Side } from './relay.ts'
import type { RoutePlan } from './route.ts'
import { now, Trace } from './trace.ts'
import type { ReadBuffers } from './wire/read-buffers.ts'

/** What a connection needs of the engine. */
export interface ConnectionContext {
  readonly hopStates: HopStates
  readonly hopLiveness: HopLiveness
  readonly isOwnListener: IsOwnListener
  readonly buffers: ReadBuffers
  readonly handshakes: HandshakeBook
  planRoute(rule: PortRule): RoutePlan
  /** Told of changes worth showing: a new stage, a hop, the end. Not of bytes. */
  onChange(connection: Connection): void
  onBytes(connection: Connection, from: Side, bytes: number): void
  onClose(connection: Connection): void
}

/** One accepted client socket, from accept to close. Owns both sockets. */
export class Connection {
  readonly id: string
  readonly rule: PortRule
  readonly openedAt = now()
  readonly client: string
  bytesUp = 0
  bytesDown = 0
  closeReason: CloseReason | undefined

  readonly #context: ConnectionContext
  readonly #clientSocket: Socket
  readonly #trace: Trace
  readonly #abort = new AbortController()
  #targetSocket: Socket | undefined
  #captures: readonly ConnectionCapture[] = []
  #hop: NextHop | undefined
  #target: string
  #closedAt: number | undefined

  constructor(id: string, rule: PortRule, socket: Socket, context: ConnectionContext) {
    this.id = id
    this.rule = rule
    this.#context = context
    this.#clientSocket = socket
    this.client = clientAddress(socket)
    this.#target = formatEndpoint(rule.destination)
    this.#trace = new Trace(() => context.onChange(this))
  }

  /** Lets a recording listen in, from now on. */
  record(capture: ConnectionCapture, isNew: boolean): void {
    this.#captures = [...this.#captures, capture]
    capture.client(this.#clientSocket, isNew ? this.openedAt : undefined)
    if (this.#targetSocket) capture.hop(this.#targetSocket, this.#hop)
  }

  /** Takes the connection through all its stages. Never rejects. */
  async run(admission: Admission): Promise<void> {
    // An error before the relay means that the client is gone: then there is nobody to dial for.
    const onClientGone = () => this.#abort.abort(new ClientGone())
    this.#clientSocket.on('error', onClientGone)
    this.#trace.begin('accept', undefined, this.client)
    let reason: CloseReason
    try {
      if (admission !== 'admitted') throw refuseClient(admission, this.rule, this.client)
      const dialled = await this.#dial()
      this.#clientSocket.off('error', onClientGone)
      reason = await this.#relay(dialled)
    } catch (error) {
      reason = error instanceof ClientGone ? { by: 'client', how: 'reset' } : await this.#fail(error)
    }
    this.#finish(reason)
  }

  /** Ends the connection from outside: both sides see a reset. */
  end(failure?: Failure): void {
    if (this.#closedAt !== undefined) return
    this.closeReason ??= { by: 'nexthop', how: 'closed', ...(failure && { failure }) }
    if (failure) this.#tellCaptures(failure)
    this.#abort.abort(new NexthopError(failure ?? { code: 'internal', message: 'closed on request' }))
    resetSocket(this.#clientSocket)
    if (this.#targetSocket) resetSocket(this.#targetSocket)
  }

  get hopId(): string | undefined {
    return this.#hop?.id
  }

  get stage(): Stage {
    return this.#trace.stage
  }

  summary(): ConnectionSummary {
    return {
      id: this.id,
      ruleId: this.rule.id,
      client: this.client,
      target: this.#target,
      ...(this.#hop && { hopId: this.#hop.id }),
      stage: this.#trace.stage,
      openedAt: this.openedAt,
      ...(this.#closedAt !== undefined && { closedAt: this.#closedAt }),
      bytesUp: this.bytesUp,
      bytesDown: this.bytesDown,
      ...(this.closeReason && { closeReason: this.closeReason }),
    }
  }

  detail(): ConnectionDetail {
    return { ...this.summary(), stages: this.#trace.stages.map((stage) => ({ ...stage })) }
  }

  async #dial(): Promise<Dialled> {
    const trace = this.#trace
    trace.begin('identify')
    const destination = identify(this.rule)
    this.#target = formatEndpoint(destination)
    trace.note(this.#target)
    trace.begin('route')
    const plan = this.#context.planRoute(this.rule)
    trace.note(plan.kind === 'hops' ? plan.note : plan.kind)
    return dial(plan, destination, {
      trace,
      hopStates: this.#context.hopStates,
      signal: this.#abort.signal,
      isOwnListener: this.#context.isOwnListener,
      buffers: this.#context.buffers,
      handshakes: this.#context.handshakes,
      observe: (hop) => observeConnect(trace, () => this.#captures, hop),
      onHop: (hop) => {
        this.#hop = hop
        this.#context.onChange(this)
      },
    })
  }

  async #relay({ socket, earlyData }: Dialled): Promise<CloseReason> {
    this.#targetSocket = socket
    this.#trace.begin('relay')
    const relayed = relay({
      client: this.#clientSocket,
      target: socket,
      earlyData,
      onBytes: (from, bytes) => {
        if ((from === 'client' ? this.bytesUp : this.bytesDown) === 0) this.#noteFirstByte(from)
        this.#context.onBytes(this, from, bytes)
      },
      isEndCredible: () => this.#isHopAlive(),
    })
    const reason = await relayed
    if (reason.by !== 'target' || reason.how !== 'reset' || (await this.#isHopAlive())) return reason
    return { ...reason, failure: this.#brokenHop() }
  }

  #noteFirstByte(from: Side): void {
    const waited = now() - (this.#trace.stages.at(-1)?.startedAt ?? 0)
    this.#trace.note(`first byte from the ${from} after ${formatDuration(waited)}`)
  }

  async #isHopAlive(): Promise<boolean> {
    return this.#hop === undefined || this.#context.hopLiveness.isAlive(this.#hop)
  }

  #brokenHop(): Failure {
    return {
      code: 'hop-unreachable',
      stage: 'relay',
      errno: 'ECONNRESET',
      target: this.#target,
      ...(this.#hop && { hop: describeHop(this.#hop) }),
    }
  }

  async #fail(error: unknown): Promise<CloseReason> {
    const failure = { target: this.#target, stage: this.#trace.stage, ...toFailure(error) }
    if (!this.closeReason) this.#trace.fail(failure)
    this.#tellCaptures(failure)
    const answered = await answerClient({
      socket: this.#clientSocket,
      received: Buffer.alloc(0),
      // Whoever may not connect learns nothing and costs nothing.
      onFailure: failure.stage === 'accept' ? 'reset' : this.rule.onFailure,
      port: Number(/\d+$/.exec(this.#target)?.[0]),
      subject: { failure, connectionId: this.id, isLocal: isLocalClient(this.#clientSocket) },
    })
    if (answered.how === 'end') this.#trace.note(`the client was told, as ${answered.protocol}`)
    return { by: 'nexthop', how: answered.how, failure }
  }

  #tellCaptures(failure: Failure): void {
    for (const capture of this.#captures) capture.failed(failure)
  }

  #finish(reason: CloseReason): void {
    this.closeReason ??= reason
    this.#clientSocket.destroy()
    this.#targetSocket?.destroy()
    const { failure } = this.closeReason
    if (failure) this.#trace.fail(failure)
    this.#trace.begin('close', undefined, `${this.closeReason.how} by ${this.closeReason.by}`)
    this.#trace.end()
    this.#closedAt = now()
    this.#context.onClose(this)
  }
}

/** The client went away before its connection was made; nothing failed on our side. */
class ClientGone extends Error {}

function clientAddress(socket: Socket): string {
  const { remoteAddress, remotePort } = socket
  if (remoteAddress === undefined || remotePort === undefined) return 'unix'
  return formatEndpoint({ host: plainAddress(remoteAddress), port: remotePort })
}
