import { once } from 'node:events'
import type { Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BoundAddress } from './socks-script.ts'

// Bytes of SOCKS as the server reads and writes them (RFC 1928, RFC 1929, SOCKS4 and 4a).

/** Thrown where the client leaves before it has said all. */
export class ClientLeft extends Error {}

/** Takes exactly so many bytes from a paused socket, and leaves the rest in it. */
export async function readBytes(socket: Socket, length: number): Promise<Buffer> {
  if (length === 0) return Buffer.alloc(0)
  for (;;) {
    const bytes = socket.read(length) as Buffer | null
    if (bytes?.length === length) return bytes
    if (bytes || socket.readableEnded || socket.destroyed) throw new ClientLeft('the client left')
    await activity(socket)
  }
}

/** Takes bytes up to a NUL, which it drops. */
export async function readToNul(socket: Socket): Promise<Buffer> {
  const bytes: number[] = []
  for (;;) {
    const [byte = 0] = await readBytes(socket, 1)
    if (byte === 0) return Buffer.from(bytes)
    bytes.push(byte)
  }
}

async function activity(socket: Socket): Promise<void> {
  const stop = new AbortController()
  const events = ['readable', 'end', 'close'].map((name) => once(socket, name, { signal: stop.signal }))
  try {
    await Promise.race(events)
  } catch {
    // A reset; the caller sees it in `destroyed`.
  } finally {
    stop.abort()
    await Promise.allSettled(events)
  }
}

/** Sends bytes at once, or each in a segment of its own. */
export async function send(socket: Socket, data: string | Uint8Array, bytewise = false): Promise<void> {
  const bytes = Buffer.from(data as Uint8Array)
  const pieces = bytewise ? [...bytes].map((byte) => Buffer.of(byte)) : [bytes]
  for (const piece of pieces) {
    await new Promise<void>((resolve) => socket.write(piece, () => resolve()))
    // Turns of the event loop, in which a reader in this process takes the byte before the next one is sent.
    if (bytewise) for (let turn = 0; turn < 3; turn += 1) await nextTurn()
  }
}

const boundAddresses: Readonly<Record<BoundAddress, Buffer>> = {
  ipv4: Buffer.of(0x01, 127, 0, 0, 1),
  ipv6: Buffer.from([0x04, ...Array<number>(15).fill(0), 1]),
  name: Buffer.concat([Buffer.of(0x03, 11), Buffer.from('hop.example')]),
  'longest-name': Buffer.concat([Buffer.of(0x03, 255), Buffer.alloc(255, 'x')]),
  invalid: Buffer.of(0x05, 127, 0, 0, 1),
}

/** A SOCKS5 reply (RFC 1928 section 6). */
export function socks5Reply(code: number, bound: BoundAddress = 'ipv4', version = 5): Buffer {
  return Buffer.concat([Buffer.of(version, code, 0), boundAddresses[bound], Buffer.of(0x04, 0x38)])
}

/** A SOCKS4 reply; its address is of no use to a client that connects. */
export function socks4Reply(code: number, version = 0): Buffer {
  return Buffer.of(version, code, 0, 0, 0, 0, 0, 0)
}
