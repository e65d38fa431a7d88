import { createConnection, createServer, type Server, type Socket } from 'node:net'
import { joinSockets } from './relay.ts'
import type { Misbehaviour, SocksAsk, SocksMoment, SocksScript } from './socks-script.ts'
import { ClientLeft, readBytes, readToNul, send, socks4Reply, socks5Reply } from './socks-wire.ts'
import { startListening } from './tcp-server.ts'
import { until } from './until.ts'

/** A SOCKS 4, 4a and 5 server that does what its script says, and without one what a good proxy does. */
export class SocksServer {
  /** Stays the same over `kill` and `revive`. */
  port = 0
  /** For connections from now on. */
  script: SocksScript
  /** What clients asked for, in order. */
  readonly asks: SocksAsk[] = []
  /** Connections accepted since the start. */
  accepted = 0
  #host: string
  #server: Server | undefined
  #sockets = new Set<Socket>()

  constructor(script: SocksScript, host: string) {
    this.script = script
    this.#host = host
  }

  get open(): number {
    return this.#sockets.size
  }

  /** The latest request; waits for one where there is none yet. */
  async lastAsk(): Promise<SocksAsk> {
    return until('the SOCKS server is asked for a target', () => this.asks.at(-1))
  }

  /**
   * Stops listening and breaks off all connections, as a proxy that dies: with resets, or with the FINs that the
   * system sends for a killed process.
   */
  async kill(how: 'reset' | 'end' = 'reset'): Promise<void> {
    const server = this.#server
    this.#server = undefined
    const closed = new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
    for (const socket of this.#sockets) socket[how === 'reset' ? 'resetAndDestroy' : 'destroy']()
    await closed
  }

  /** Listens (again), on the same port as before. */
  async revive(): Promise<void> {
    const options = { allowHalfOpen: true, noDelay: true, pauseOnConnect: true }
    this.#server = createServer(options, (socket) => this.#accept(socket))
    this.port = await startListening(this.#server, { host: this.#host, port: this.port, backlog: 2000 })
  }

  close(): Promise<void> {
    return this.kill()
  }

  #accept(socket: Socket): void {
    this.accepted += 1
    this.#track(socket)
    serve(
      socket,
      this.script,
      (ask) => this.asks.push(ask),
      (target) => this.#track(target),
    ).catch((error: unknown) => {
      if (!(error instanceof ClientLeft)) throw error
      socket.destroy()
    })
  }

  #track(socket: Socket): void {
    this.#sockets.add(socket)
    // Errors show as "close" or in the relay; an unheard one would end the process.
    socket.on('error', () => undefined)
    socket.once('close', () => this.#sockets.delete(socket))
  }
}

export async function startSocksServer(script: SocksScript = {}, host = '127.0.0.1'): Promise<SocksServer> {
  const server = new SocksServer(script, host)
  await server.revive()
  return server
}

type OnAsk = (ask: SocksAsk) => void
type Track = (socket: Socket) => void

async function serve(client: Socket, script: SocksScript, record: OnAsk, track: Track): Promise<void> {
  if (await misbehaves(client, script, 'accept')) return
  const [version] = await readBytes(client, 1)
  const { versions = [4, 5] } = script
  if (version !== 4 && version !== 5) return finish(client, 'end')
  if (!versions.includes(version)) return finish(client, 'end')
  const ask = await (version === 5 ? hear5(client, script) : hear4(client))
  if (!ask) return
  record(ask)
  await grant(client, script, ask, track)
}

/** Greeting, login and request of SOCKS5; undefined where the conversation is over. */
async function hear5(client: Socket, script: SocksScript): Promise<SocksAsk | undefined> {
  const [count = 0] = await readBytes(client, 1)
  const methods = [...(await readBytes(client, count))]
  const wanted = script.login ? 2 : 0
  const method = methods.includes(wanted) ? wanted : 0xff
  const greeting = script.answers?.greeting ?? Buffer.of(5, method)
  if (await misbehaves(client, script, 'greeting', greeting)) return undefined
  await send(client, greeting, script.bytewise)
  if (greeting[1] === 0xff) return void finish(client, 'end')
  const login = greeting[1] === 2 ? await hearLogin(client, script) : undefined
  if (greeting[1] === 2 && !login) return undefined
  const [, command = 0, , type] = await readBytes(client, 4)
  const [host, addressType] = await hearHost(client, type)
  const port = (await readBytes(client, 2)).readUInt16BE()
  return { version: 5, command, addressType, host, port, methods, ...(login && { login }) }
}

async function hearLogin(client: Socket, script: SocksScript): Promise<SocksAsk['login']> {
  const text = async () => (await readBytes(client, (await readBytes(client, 1))[0] ?? 0)).toString()
  await readBytes(client, 1)
  const login = { user: await text(), password: await text() }
  const isRight = login.user === script.login?.user && login.password === script.login.password
  const answer = script.answers?.login ?? Buffer.of(1, isRight ? 0 : 1)
  if (await misbehaves(client, script, 'login', answer)) return undefined
  await send(client, answer, script.bytewise)
  if (answer[1] === 0) return login
  finish(client, 'end')
  return undefined
}

async function hearHost(
  client: Socket,
  type: number | undefined,
): Promise<[string, SocksAsk['addressType']]> {
  if (type === 1) return [(await readBytes(client, 4)).join('.'), 'ipv4']
  if (type === 3) return [(await readBytes(client, (await readBytes(client, 1))[0] ?? 0)).toString(), 'name']
  const groups = await readBytes(client, 16)
  const hex = Array.from({ length: 8 }, (_, index) => groups.readUInt16BE(index * 2).toString(16))
  return [hex.join(':'), 'ipv6']
}

async function hear4(client: Socket): Promise<SocksAsk> {
  const head = await readBytes(client, 7)
  const userId = (await readToNul(client)).toString()
  const address = head.subarray(3)
  // 0.0.0.x with x not 0 announces a name (SOCKS4a).
  const isName = address.readUInt32BE() > 0 && address.readUInt32BE() < 256
  const host = isName ? (await readToNul(client)).toString() : address.join('.')
  const addressType = isName ? 'name' : 'ipv4'
  return { version: 4, command: head[0] ?? 0, addressType, host, port: head.readUInt16BE(1), userId }
}

async function grant(client: Socket, script: SocksScript, ask: SocksAsk, track: Track): Promise<void> {
  const success = ask.version === 5 ? 0 : 0x5a
  const isStranger = ask.version === 4 && script.login && script.login.user !== ask.userId
  const target =
    (script.reply ?? success) === success && !isStranger ? await dial(script, ask, track) : undefined
  const failure = typeof target === 'number' ? target : undefined
  const code = script.reply ?? (isStranger ? 0x5d : (failure ?? success))
  const reply = ask.version === 5 ? socks5Reply(code, script.boundAddress) : socks4Reply(code)
  const answer = Buffer.concat([
    script.answers?.request ?? reply,
    Buffer.from((script.early ?? '') as string),
  ])
  const hasFailed = typeof target !== 'object'
  if (await misbehaves(client, script, 'request', answer))
    return hasFailed ? undefined : void target.destroy()
  await send(client, answer, script.bytewise)
  if (hasFailed) return finish(client, 'end')
  if (await misbehaves(client, script, 'relay')) return void target.destroy()
  joinSockets(client, target)
}

/** The socket to the target, or the reply code for the reason why there is none. */
async function dial(script: SocksScript, ask: SocksAsk, track: Track): Promise<Socket | number> {
  const { host, port } = script.connectTo?.(ask) ?? ask
  const target = createConnection({ host, port, allowHalfOpen: true, noDelay: true })
  track(target)
  try {
    await new Promise<void>((resolve, reject) => target.once('connect', resolve).once('error', reject))
    return target
  } catch (error) {
    if (ask.version === 4) return 0x5b
    return replyCodes[(error as NodeJS.ErrnoException).code ?? ''] ?? 1
  }
}

const replyCodes: Readonly<Record<string, number>> = {
  ENETUNREACH: 3,
  EHOSTUNREACH: 4,
  ENOTFOUND: 4,
  EAI_AGAIN: 4,
  ECONNREFUSED: 5,
}

async function misbehaves(
  client: Socket,
  script: SocksScript,
  moment: SocksMoment,
  answer: Uint8Array = new Uint8Array(),
): Promise<boolean> {
  const wrong: Misbehaviour | undefined = script.at?.[moment]
  if (!wrong) return false
  const bytes = wrong.send ?? answer.subarray(0, wrong.cutAt ?? 0)
  if (bytes.length > 0) await send(client, bytes, script.bytewise)
  finish(client, wrong.then)
  return true
}

function finish(client: Socket, how: Misbehaviour['then']): void {
  if (how === 'reset') return void client.resetAndDestroy()
  // Goes on reading, or unread bytes would turn the FIN into a reset, and the client's own end would go unseen.
  client.resume()
  if (how === 'end') client.end()
  if (client.readableEnded) client.end()
  else client.once('end', () => client.end())
}
