import { createServer as createTcpServer, connect, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { startListening } from './tcp-server.ts'

export interface HttpProxyOptions {
  readonly login?: { readonly user: string; readonly password: string }
  /** Answered to every request in place of connecting. */
  readonly status?: number
  /** Header lines of a refusal. */
  readonly headers?: readonly string[]
  /** Sent in place of any HTTP. */
  readonly instead?: string
  /** Sent before any answer, in one segment with it or alone. */
  readonly interim?: { readonly text: string; readonly isAlone: boolean }
  /** Sent in one segment with the answer. */
  readonly early?: string
  /** In PEM: speaks HTTP inside TLS. */
  readonly tls?: { readonly cert: string; readonly key: string }
}

export interface HttpProxy {
  readonly port: number
  /** What it was asked for, as host:port. */
  readonly asks: readonly string[]
  close(): Promise<void>
}

/** An HTTP proxy that knows CONNECT alone, on a free port of 127.0.0.1. */
export async function startHttpProxy(options: HttpProxyOptions = {}): Promise<HttpProxy> {
  const sockets = new Set<Socket>()
  const asks: string[] = []
  const track = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.once('close', () => sockets.delete(socket))
  }
  const onClient = (client: Socket) => {
    track(client)
    readHead(client, (head) => answer(client, head, options, asks, track))
  }
  const server: Server = options.tls
    ? createTlsServer({ ...options.tls, allowHalfOpen: true }, onClient)
    : createTcpServer({ allowHalfOpen: true }, onClient)
  const port = await startListening(server)
  return {
    port,
    asks,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

function readHead(client: Socket, onHead: (head: string) => void): void {
  let seen = ''
  const onData = (chunk: Buffer) => {
    seen += chunk.toString('latin1')
    const end = seen.indexOf('\r\n\r\n')
    if (end < 0) return
    client.off('data', onData)
    client.pause()
    const rest = seen.slice(end + 4)
    if (rest !== '') client.unshift(Buffer.from(rest, 'latin1'))
    onHead(seen.slice(0, end))
  }
  client.on('data', onData)
}

function answer(
  client: Socket,
  head: string,
  { login, status, headers = [], instead, interim, early = '' }: HttpProxyOptions,
  asks: string[],
  track: (socket: Socket) => void,
): void {
  const address = /^CONNECT (\S+) HTTP\/1\.1\r\n/.exec(head)?.[1]
  if (address === undefined) return void client.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')
  asks.push(address)
  const wanted = login && Buffer.from(`${login.user}:${login.password}`).toString('base64')
  const isAllowed = wanted === undefined || head.includes(`\r\nProxy-Authorization: Basic ${wanted}`)
  if (instead !== undefined) return void client.end(instead)
  const refusal = isAllowed ? status : 407
  if (interim?.isAlone) client.write(interim.text)
  const before = interim && !interim.isAlone ? interim.text : ''
  if (refusal !== undefined) {
    const lines = [`HTTP/1.1 ${refusal} No`, ...headers, 'Content-Length: 0']
    return void client.end(`${before}${lines.join('\r\n')}\r\n\r\n`)
  }
  const [, host = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(address) ?? []
  const target = connect({ host, port: Number(port), allowHalfOpen: true })
  track(target)
  target.once('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n'))
  target.once('connect', () => {
    client.write(`${before}HTTP/1.1 200 Connection established\r\n\r\n${early}`)
    client.pipe(target).pipe(client)
  })
}
