import type { Socket } from 'node:net'
import { NexthopError, toFailure, type Failure, type Stage } from '../../shared/errors.ts'
import { formatEndpoint } from '../../shared/model/address.ts'
import type { PortRule } from '../../shared/model/port-rule.ts'
import type { CloseReason, ConnectionDetail, ConnectionSummary } from '../../shared/runtime.ts'
import { answerClient } from './answer/answer-client.ts'
import { isLocalClient } from './answer/local-client.ts'
import { refuseClient, type Admission } from './accept.ts'
import { clientAddress } from './client-address.ts'
import { detailOf, type ClosedConnection } from './closed-connections.ts'
import type { ConnectionCapture } from './capture/connection-capture.ts'
import { wallNow } from './clock.ts'
import { resetSocket } from './close.ts'
import { askConditions } from './conditions/ask.ts'
import { ClientGone, endByClient, onFailureOf } from './connection-ends.ts'
import type { ConnectionContext } from './connection-context.ts'
import { dial } from './dial/dial.ts'
import type { Dialled } from './dial/dial-hop.ts'
import { forwardHttp } from './http/forward-http.ts'
import type { ClientAnswers } from './identify/client-answers.ts'
import type { Identified } from './identify/identify.ts'
import { locate, locateNext, type LocateContext } from './identify/locate.ts'
import { proxyHeaderFor } from './identify/send-proxy-header.ts'
import type { RequestHead } from './http/http-head.ts'
import { HopInUse } from './hop-in-use.ts'
import { observeConnect } from './observe-connect.ts'
import { relay, type Side } from './relay.ts'
import { noteFirstByte, noteRelayed } from './relay-words.ts'
import { Trace } from './trace.ts'

/** One accepted client socket, from accept to close. Owns both sockets. */
export class Connection {
  readonly id: string
  readonly rule: PortRule
  readonly openedAt = wallNow()
  /** Of the PROXY protocol header, where there is one. */
  client: string
  bytesUp = 0
  bytesDown = 0
  closeReason: CloseReason | undefined
  /** Kept by the bags of its rule's listener and of the engine. */
  placeInRule = -1
  placeInEngine = -1

  readonly #context: ConnectionContext
  readonly #clientSocket: Socket
  readonly #trace: Trace
  readonly #abort = new AbortController()
  readonly #locating: LocateContext
  readonly #hopInUse: HopInUse
  #targetSocket: Socket | undefined
  #captures: readonly ConnectionCapture[] = []
  #route: PortRule['route']
  /** Undefined until the destination is known. */
  #target: string | undefined
  #answers: ClientAnswers | undefined
  /** What the client said while its destination was looked for, and nobody got yet. */
  #received: Buffer = Buffer.alloc(0)
  #closedAt: number | undefined

  constructor(id: string, rule: PortRule, socket: Socket, context: ConnectionContext, isTraced = true) {
    this.id = id
    this.rule = rule
    this.#route = rule.route
    this.#context = context
    this.#clientSocket = socket
    this.#hopInUse = new HopInUse(context)
    this.client = clientAddress(socket)
    this.#trace = new Trace(() => context.onChange(this), isTraced)
    this.#locating = {
      rule,
      socket,
      signal: this.#abort.signal,
      trace: this.#trace,
      isOwnListener: context.isOwnListener,
      onAnswers: (answers) => (this.#answers = answers),
      onReceived: (received) => (this.#received = received),
    }
  }

  /** Lets a recording listen in, from now on. */
  record(capture: ConnectionCapture, isNew: boolean): void {
    this.#captures = [...this.#captures, capture]
    capture.client(this.#clientSocket, isNew ? this.openedAt : undefined)
    if (this.#targetSocket) capture.hop(this.#targetSocket, this.#hopInUse.hop)
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
      const found = await this.#identify()
      if (found.request) {
        reason = await this.#forwardHttp(found, found.request)
      } else {
        const dialled = await this.#dial(found)
        this.#clientSocket.off('error', onClientGone)
        reason = await this.#relay(dialled)
      }
    } catch (error) {
      reason = endByClient(error) ?? (await this.#fail(error))
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

  get isTraced(): boolean {
    return this.#trace.isKept
  }

  get hopId(): string | undefined {
    return this.#hopInUse.hop?.id
  }

  get stage(): Stage {
    return this.#trace.stage
  }

  summary(): ConnectionSummary {
    const { hopId } = this
    return {
      id: this.id,
      ruleId: this.rule.id,
      client: this.client,
      target: this.#target ?? unknownTarget,
      ...(hopId !== undefined && { hopId }),
      ...this.#trace.progress(this.openedAt),
      openedAt: this.openedAt,
      ...(this.#closedAt !== undefined && { closedAt: this.#closedAt }),
      bytesUp: this.bytesUp,
      bytesDown: this.bytesDown,
      ...(this.closeReason && { closeReason: this.closeReason }),
    }
  }

  /** What is worth keeping once it has closed. */
  closed(): ClosedConnection {
    return { summary: this.summary(), trace: this.#trace }
  }

  detail(): ConnectionDetail {
    return detailOf(this.closed())
  }

  async #identify(): Promise<Identified> {
    const found = await locate(this.#locating)
    this.#target = formatEndpoint(found.destination)
    if (found.header) this.client = formatEndpoint(found.header.source)
    return found
  }

  async #dial(found: Identified): Promise<Dialled> {
    const trace = this.#trace
    const { client } = this
    const { destination } = found
    // The request before may have gone through a hop.
    this.#hopInUse.leave()
    trace.begin('route')
    const conditions = this.#context.router.conditions.of(this.rule.id)
    const ask = () => ({ ...this.#locating, ...found, client, received: this.#received })
    this.#route = (conditions && (await askConditions(conditions, ask()))) ?? this.rule.route
    const plan = this.#context.router.plan({ route: this.#route }, { client, target: destination })
    for (const note of 'notes' in plan ? plan.notes : [{ code: plan.kind }]) trace.note(note)
    const dialled = await dial(plan, destination, {
      ...this.#context,
      trace,
      signal: this.#abort.signal,
      lastResortDirect: this.rule.lastResortDirect,
      observe: (hop) => observeConnect(trace, () => this.#captures, hop, this.#hopInUse.onAddress),
      onHop: (hop, chain) => {
        const isFree = this.#hopInUse.use(hop, chain)
        this.#context.onChange(this)
        return isFree
      },
      onNoHop: () => this.#hopInUse.leave(),
    })
    const sent = proxyHeaderFor(this.rule.sendProxyHeader, this.#clientSocket, found.header)
    if (sent) dialled.socket.write(sent)
    return dialled
  }

  async #relay({ socket, earlyData }: Dialled): Promise<CloseReason> {
    const firstBytes = this.#received
    this.#targetSocket = socket
    this.#trace.begin('relay')
    const connected = this.#answers?.connected
    if (connected && connected.length > 0) this.#clientSocket.write(connected)
    if (firstBytes.length > 0) {
      this.#onBytes('client', firstBytes.length)
      socket.write(firstBytes)
    }
    const reason = await relay({
      client: this.#clientSocket,
      target: socket,
      earlyData,
      onBytes: this.#onBytes,
      findBreak: this.#findBreak,
      keepAlive: this.#context.keepAlive,
    })
    return this.#judge(reason)
  }

  /** Requests of an HTTP proxy's client, each to its own server: identify, route and dial happen for each of these. */
  async #forwardHttp(found: Identified, first: RequestHead): Promise<CloseReason> {
    const reason = await forwardHttp({
      client: this.#clientSocket,
      first,
      firstBytes: found.firstBytes,
      dial: async (destination) => {
        const target = formatEndpoint(destination)
        if (target !== this.#target) {
          this.#target = target
          locateNext(this.#locating, destination)
        }
        const dialled = await this.#dial({ ...found, destination })
        this.#targetSocket = dialled.socket
        this.#trace.begin('relay')
        return dialled
      },
      onBytes: this.#onBytes,
      findBreak: this.#findBreak,
      keepAlive: this.#context.keepAlive,
    })
    return this.#judge(reason)
  }

  readonly #onBytes = (from: Side, bytes: number): void => {
    if ((from === 'client' ? this.bytesUp : this.bytesDown) === 0) noteFirstByte(this.#trace, from)
    this.#context.onBytes(this, from, bytes)
  }

  readonly #findBreak = () => this.#hopInUse.findBreak(this.#target)

  #judge(reason: CloseReason): Promise<CloseReason> {
    noteRelayed(this.#trace, this.bytesUp, this.bytesDown)
    return this.#hopInUse.judge(reason, this.#target)
  }

  async #fail(error: unknown): Promise<CloseReason> {
    const target = this.#target
    const failure = { ...(target !== undefined && { target }), stage: this.#trace.stage, ...toFailure(error) }
    if (!this.closeReason) this.#trace.fail(failure)
    this.#tellCaptures(failure)
    const answered = await answerClient({
      socket: this.#clientSocket,
      received: this.#received,
      prepared: this.#answers,
      onFailure: onFailureOf(failure, { ...this.rule, route: this.#route }, this.#context.router),
      port: Number(/\d+$/.exec(target ?? '')?.[0]),
      subject: { failure, connectionId: this.id, isLocal: isLocalClient(this.#clientSocket) },
    })
    if (answered.how === 'end') this.#trace.note({ code: 'told', protocol: answered.protocol })
    return { by: 'nexthop', how: answered.how, failure }
  }

  #tellCaptures(failure: Failure): void {
    for (const capture of this.#captures) capture.failed(failure)
  }

  #finish(reason: CloseReason): void {
    this.closeReason ??= reason
    this.#clientSocket.destroy()
    this.#targetSocket?.destroy()
    const { how, by, failure } = this.closeReason
    if (failure) this.#trace.fail(failure)
    this.#trace.begin('close', undefined, { code: 'closed', how, by })
    this.#trace.close()
    this.#hopInUse.release()
    this.#closedAt = Math.max(this.openedAt, wallNow())
    this.#context.onClose(this)
  }
}

/** How a connection is shown whose destination is not known yet, or never was. */
const unknownTarget = '…'
