import type { Socket } from 'node:net'
import { formatEndpoint, type Endpoint } from '../../../shared/model/address.ts'
import type { CloseReason } from '../../../shared/runtime.ts'
import { resetSocket } from '../close.ts'
import type { Dialled } from '../dial/dial-hop.ts'
import { unidentified } from '../identify/identify-failures.ts'
import { SocketReader } from '../identify/socket-reader.ts'
import { lingerAndEnd } from '../linger.ts'
import { relay, type RelayOptions, type Side } from '../relay.ts'
import { BodyMeter, requestFraming, responseFraming, type Framing } from './http-body.ts'
import { readRequestHead, readResponseHead, type RequestHead, type ResponseHead } from './http-head.ts'
import { originOf } from './http-origin.ts'
import { isLast, toClientForm, toOriginForm, wantsUpgrade } from './http-rewrite.ts'
import { passBody, writeTo, type Passed } from './pass-on.ts'

// The client of an HTTP proxy sends requests for any server over one connection (RFC 9112 section 3.2.2). They are
// carried out one after the other: each goes to its own server, and the next is read when its answer is complete.

export interface HttpForwardOptions extends Pick<
  RelayOptions,
  'client' | 'onBytes' | 'findBreak' | 'keepAlive'
> {
  /** The first request; its head was read already. */
  readonly first: RequestHead
  /** What came after that head. */
  readonly firstBytes: Buffer
  /** A connection to a server; rejects with a NexthopError where the rule does not allow it or it can't be made. */
  readonly dial: (endpoint: Endpoint) => Promise<Dialled>
}

/**
 * Carries out requests until one side ends. Resolves with who ended it and how; rejects with what `dial` rejects with,
 * or with a NexthopError for a request that can't be passed on, while the client still waits for its answer.
 */
export async function forwardHttp(options: HttpForwardOptions): Promise<CloseReason> {
  const forwarder = new HttpForwarder(options)
  const stopKeepAlive = options.keepAlive.later(options.client)
  try {
    return await forwarder.run(options.first)
  } finally {
    stopKeepAlive()
    forwarder.close()
  }
}

interface Server {
  readonly key: string
  readonly socket: Socket
  readonly reader: SocketReader
}

/** The body of a request on its way up. */
interface Upload {
  readonly body: BodyMeter
  /** Why the rest did not come while the server waited for it. */
  fault: Exclude<Passed, 'whole'> | undefined
  /** The server's final answer has begun. */
  isAnswered: boolean
}

/** What became of a request: undefined where the next one may come. */
type Outcome = CloseReason | 'stale' | undefined

class HttpForwarder {
  readonly #options: HttpForwardOptions
  readonly #client: Socket
  readonly #reader: SocketReader
  #server: Server | undefined
  /** Of the latest request. */
  #upload: Upload | undefined

  constructor(options: HttpForwardOptions) {
    this.#options = options
    this.#client = options.client
    this.#reader = new SocketReader(options.client, options.firstBytes)
    this.#client.on('error', ignore).on('close', this.#onClientClose)
  }

  async run(first: RequestHead): Promise<CloseReason> {
    for (let head = first; ;) {
      const outcome = await this.#carryOut(head)
      if (outcome) return outcome
      const next = await this.#reader.peek(readRequestHead)
      if (next.kind === 'wrong') throw unidentified('malformed', next.why)
      if (next.kind !== 'done') return this.#clientEnded()
      this.#reader.take(next.length)
      head = next.value
    }
  }

  close(): void {
    this.#reader.release()
    this.#client.off('close', this.#onClientClose)
    this.#server?.socket.destroy()
  }

  readonly #onClientClose = () => {
    const { socket } = this.#server ?? {}
    if (!socket) return
    const upload = this.#upload
    // A clean end could pass for the end of a request that is not whole.
    const isOwed = upload && !upload.isAnswered && (!upload.body.isDone || socket.writableLength > 0)
    if (isOwed) resetSocket(socket)
    else socket.destroy()
  }

  async #clientEnded(): Promise<CloseReason> {
    if (this.#client.destroyed) return { by: 'client', how: 'reset' }
    await lingerAndEnd(this.#client)
    return { by: 'client', how: 'end' }
  }

  async #carryOut(head: RequestHead): Promise<CloseReason | undefined> {
    const origin = originOf(head)
    if (origin.kind === 'tunnel') return this.#tunnel(origin.endpoint)
    if (origin.kind !== 'absolute') throw unidentified('not-proxy', { code: 'http-no-address' })
    const framing = requestFraming(head)
    if (!framing) throw unidentified('malformed', { code: 'http-body-length' })
    const request = toOriginForm(head, origin.endpoint, origin.path)
    // A server may close a connection that waits at the very moment at which a request is sent: then nothing was lost,
    // and a request without a body can be sent once more (RFC 9112 section 9.3.1).
    for (;;) {
      const isReused = await this.#connect(origin.endpoint)
      const outcome = await this.#exchange(head, request, framing, isReused)
      if (outcome !== 'stale') return outcome
      this.#dropServer()
    }
  }

  /** True where the connection to the server was there already. */
  async #connect(endpoint: Endpoint): Promise<boolean> {
    const key = formatEndpoint(endpoint)
    const { reader, key: present } = this.#server ?? {}
    if (reader && present === key && !reader.isOver && reader.pending.length === 0) return true
    this.#dropServer()
    const { socket, earlyData } = await this.#options.dial(endpoint)
    socket.on('error', ignore)
    this.#server = { key, socket, reader: new SocketReader(socket, earlyData) }
    if (this.#client.destroyed) this.#dropServer()
    return false
  }

  #dropServer(): void {
    this.#server?.reader.release()
    this.#server?.socket.destroy()
    this.#server = undefined
  }

  async #exchange(head: RequestHead, request: Buffer, framing: Framing, isReused: boolean): Promise<Outcome> {
    const server = this.#server
    if (!server) return { by: 'client', how: 'reset' }
    const upload: Upload = { body: new BodyMeter(framing), fault: undefined, isAnswered: false }
    this.#upload = upload
    await this.#write('client', request)
    const passingBody = this.#passUp(upload, server)
    // Tells of a client that goes away while it waits.
    this.#reader.watch()
    const response = await this.#passResponse(head, server, upload)
    if (response === 'none') {
      if (isReused && framing.kind === 'none' && server.reader.pending.length === 0) return 'stale'
      if (upload.fault === 'wrong') throw unidentified('malformed', { code: 'http-chunk-invalid' })
      return upload.fault === 'cut' ? this.#cutOff() : this.#broken('target')
    }
    // What began to be answered and is broken by our own reset is the client's doing.
    if (response === 'broken') return this.#broken(upload.fault ? 'client' : 'target')
    if (response === 'upgraded') return this.#relay(server)
    if (response === 'last') {
      // What comes beyond the request is nobody's: held back, it would make the system reset the client in its answer.
      void passingBody.then(() => {
        this.#reader.release()
        this.#client.resume()
      })
      await lingerAndEnd(this.#client)
      return { by: isLast(head) ? 'client' : 'target', how: 'end' }
    }
    await passingBody
    server.reader.watch()
    return undefined
  }

  /** A server would wait for the rest of a body that is not whole; whoever answers early has no use for it. */
  async #passUp(upload: Upload, { socket }: Server): Promise<void> {
    const end = await passBody(this.#reader, upload.body, (bytes) => this.#write('client', bytes))
    if (end === 'whole' || upload.isAnswered) return
    upload.fault = end
    resetSocket(socket)
  }

  /**
   * Passes on the answer to a request. `none`: there was none; `last`: the client's connection ends with it; `kept`: both
   * connections go on, or the client's alone.
   */
  async #passResponse(
    head: RequestHead,
    server: Server,
    upload: Upload,
  ): Promise<'none' | 'broken' | 'upgraded' | 'last' | 'kept'> {
    for (;;) {
      const read = await server.reader.peek(readResponseHead)
      if (read.kind !== 'done') return 'none'
      const raw = server.reader.take(read.length)
      const response = read.value
      if (response.status === 101 && wantsUpgrade(head)) {
        await this.#write('target', raw)
        return 'upgraded'
      }
      if (response.status < 200) await this.#write('target', toClientForm(response, false))
      else return this.#passFinal(head, response, server, upload)
    }
  }

  async #passFinal(head: RequestHead, response: ResponseHead, server: Server, upload: Upload) {
    const framing = responseFraming(response, head.method)
    if (!framing) return 'broken'
    upload.isAnswered = true
    // Who answers before the whole request came does not want the rest of it.
    const closes = isLast(head) || framing.kind === 'until-close' || !upload.body.isDone
    await this.#write('target', toClientForm(response, closes))
    const body = new BodyMeter(framing)
    const end = await passBody(server.reader, body, (bytes) => this.#write('target', bytes))
    const isWhole = end === 'whole' || (framing.kind === 'until-close' && server.reader.isEnded)
    if (!isWhole || (end === 'cut' && (await this.#options.findBreak()))) return 'broken'
    if (isLast(response)) this.#dropServer()
    return closes ? 'last' : 'kept'
  }

  async #write(from: Side, bytes: Buffer): Promise<void> {
    const to = from === 'client' ? this.#server?.socket : this.#client
    if (!to || to.destroyed || !to.writable) return
    this.#options.onBytes(from, bytes.length)
    await writeTo(to, bytes)
  }

  /** The client ended in the middle of its request. */
  #cutOff(): CloseReason {
    if (this.#client.destroyed) return { by: 'client', how: 'reset' }
    resetSocket(this.#client)
    return { by: 'client', how: 'end' }
  }

  #broken(by: Side): CloseReason {
    if (this.#client.destroyed) return { by: 'client', how: 'reset' }
    // A clean end would look like a complete answer.
    resetSocket(this.#client)
    return { by, how: 'reset' }
  }

  async #tunnel(endpoint: Endpoint): Promise<CloseReason> {
    this.#dropServer()
    await this.#connect(endpoint)
    this.#client.write('HTTP/1.1 200 Connection established\r\n\r\n')
    return this.#server ? this.#relay(this.#server) : { by: 'client', how: 'reset' }
  }

  async #relay({ socket, reader }: Server): Promise<CloseReason> {
    // From here on the relay alone says what ends with what.
    this.#client.off('close', this.#onClientClose)
    const fromClient = this.#reader.release()
    if (fromClient.length > 0) await this.#write('client', fromClient)
    const { onBytes, findBreak, keepAlive } = this.#options
    return relay({
      client: this.#client,
      target: socket,
      earlyData: reader.release(),
      onBytes,
      findBreak,
      keepAlive,
    })
  }
}

/** Errors are seen as the close that follows them. */
function ignore(): undefined {
  return undefined
}
