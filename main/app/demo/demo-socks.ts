import { createConnection, createServer, type Socket } from 'node:net'
import type { Endpoint } from '../../../shared/model/address.ts'
import { createByteReader, type ByteReader } from './byte-reader.ts'
import { listenOnLoopback, type DemoServer } from './loopback.ts'

// A SOCKS5 server (RFC 1928) without a login, which connects to the demo's page and to nothing else: it must not
// become an open proxy for the other users of this machine.

const version = 5
const replies = { granted: 0, failed: 1, forbidden: 2, refused: 5, badCommand: 7, badAddress: 8 } as const
const handshakeTimeoutMs = 10_000

/** Starts it on a free loopback port. */
export function startDemoSocks(page: Endpoint): Promise<DemoServer> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    client.on('error', () => client.destroy())
    client.setTimeout(handshakeTimeoutMs, () => client.destroy())
    serve(client, page).catch(() => client.destroy())
  })
  return listenOnLoopback(server)
}

async function serve(client: Socket, page: Endpoint): Promise<void> {
  const reader = createByteReader(client)
  if (!(await greet(client, reader))) return
  const asked = await readRequest(reader)
  client.setTimeout(0)
  if (typeof asked === 'number') refuse(client, asked)
  else if (asked.host !== page.host || asked.port !== page.port) refuse(client, replies.forbidden)
  else relay(client, page)
}

async function greet(client: Socket, reader: ByteReader): Promise<boolean> {
  const [spoken, count = 0] = await reader.take(2)
  const methods = spoken === version ? await reader.take(count) : Buffer.of()
  const isOffered = methods.includes(0)
  const answer = Buffer.of(version, isOffered ? 0 : 0xff)
  if (isOffered) client.write(answer)
  else client.end(answer)
  return isOffered
}

/** The end point that is asked for, or the reply to a request that can't be met. */
async function readRequest(reader: ByteReader): Promise<Endpoint | number> {
  const [, command, , kind] = await reader.take(4)
  const host = await readHost(reader, kind)
  if (host === undefined) return replies.badAddress
  const port = (await reader.take(2)).readUInt16BE()
  return command === 1 ? { host, port } : replies.badCommand
}

async function readHost(reader: ByteReader, kind: number | undefined): Promise<string | undefined> {
  if (kind === 1) return [...(await reader.take(4))].join('.')
  if (kind !== 3) return undefined
  const [length = 0] = await reader.take(1)
  return (await reader.take(length)).toString('latin1')
}

function reply(code: number): Buffer {
  return Buffer.of(version, code, 0, 1, 0, 0, 0, 0, 0, 0)
}

function refuse(client: Socket, code: number): void {
  client.end(reply(code))
}

function relay(client: Socket, page: Endpoint): void {
  const upstream = createConnection({ ...page, allowHalfOpen: true, noDelay: true })
  client.once('close', () => upstream.destroy())
  upstream.once('error', () => {
    if (client.bytesWritten <= 2) refuse(client, replies.refused)
    else client.resetAndDestroy()
  })
  upstream.once('connect', () => {
    client.write(reply(replies.granted))
    client.pipe(upstream)
    upstream.pipe(client)
  })
}
