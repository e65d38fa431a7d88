import { connect, isIP, type Socket } from 'node:net'
import type { Endpoint } from '../../../shared/model/address.ts'
import type { ReadBuffers } from '../wire/read-buffers.ts'
import { WireSocket } from '../wire/wire-socket.ts'

/** Why a TCP connection could not be made: the system's error name, or how long was waited in vain. */
export class ConnectError extends Error {
  readonly errno: string | undefined

  /** @param errno the system's name, for example ECONNREFUSED; undefined for a time-out */
  constructor(errno: string | undefined) {
    super(errno ?? 'timed out')
    this.errno = errno
  }
}

/** What both sides of a connection have in common. */
export const socketOptions = {
  noDelay: true,
  allowHalfOpen: true,
} as const

export interface ConnectOptions {
  readonly timeoutMs: number
  readonly signal: AbortSignal
  /** For sockets that carry a connection; a probe needs none. */
  readonly buffers?: ReadBuffers | undefined
  readonly observer?: ConnectObserver | undefined
}

export interface FailedAttempt {
  readonly address: string
  readonly port: number
  /** The system's name of the error; undefined where it took too long. */
  readonly errno: string | undefined
  /** Where it came from; undefined where the system does not tell that any more. */
  readonly from: { readonly address: string; readonly port: number } | undefined
}

/** Told how a TCP connection comes about, for traces and captures. */
export interface ConnectObserver {
  /** One address of the name, in the system's order. */
  resolved(address: string): void
  trying(address: string, port: number): void
  failed(attempt: FailedAttempt): void
  connected(socket: Socket): void
}

/**
 * Opens a TCP connection; names are resolved and their addresses raced as in RFC 8305. The socket comes paused, with
 * half-open allowed and an error listener of its own. Rejects with a ConnectError, or with the signal's reason.
 */
export function tcpConnect({ host, port }: Endpoint, options: ConnectOptions): Promise<Socket> {
  const { timeoutMs, signal, buffers, observer } = options
  return new Promise<Socket>((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error)
    const where = { host, port, autoSelectFamily: true }
    const socket = buffers
      ? new WireSocket(buffers, socketOptions).connect(where)
      : connect({ ...where, ...socketOptions })
    const observeAttempts = isIP(host) === 0 ? observe : observeOne
    const giveUpAttempts = observer && observeAttempts(socket, observer, where)
    // Stays for the socket's life: between two owners there may be nobody else to hear an error.
    socket.on('error', () => undefined)
    const giveUp = (reason: Error, errno?: string) => {
      finish()
      giveUpAttempts?.(errno)
      socket.destroy()
      reject(reason)
    }
    const onConnect = () => {
      finish()
      observer?.connected(socket)
      resolve(socket)
    }
    // An attempt that the system refuses at once (no network, no route) has no event of its own.
    const onError = (error: NodeJS.ErrnoException) => giveUp(new ConnectError(errnoOf(error)), errnoOf(error))
    const onAbort = () => giveUp(signal.reason as Error)
    const timer = setTimeout(() => giveUp(new ConnectError(undefined)), timeoutMs)
    const finish = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      socket.off('connect', onConnect).off('error', onError)
    }
    signal.addEventListener('abort', onAbort)
    socket.once('connect', onConnect).once('error', onError)
  })
}

/** The name of a system error; of several (one per address that was tried), the first one's. */
function errnoOf(error: NodeJS.ErrnoException): string {
  if (error instanceof AggregateError) {
    const [first] = error.errors as NodeJS.ErrnoException[]
    if (first?.code !== undefined) return first.code
  }
  return error.code ?? 'EIO'
}

/** The same as below where an address is connected to: one attempt, known in advance. */
function observeOne(
  socket: Socket,
  observer: ConnectObserver,
  { host: address, port }: Endpoint,
): (errno?: string) => void {
  let isOver = false
  const failed = (errno?: string) => {
    if (!isOver) observer.failed({ address, port, errno, from: localEnd(socket) })
    isOver = true
  }
  observer.trying(address, port)
  socket.once(
    'connectionAttemptFailed',
    (...[, , , error]: [string, number, number, NodeJS.ErrnoException]) => {
      failed(error.code)
    },
  )
  return failed
}

/** Returns what tells that all attempts under way have failed, or without an error's name, are given up. */
function observe(socket: Socket, observer: ConnectObserver): (errno?: string) => void {
  const pending = new Map<string, number>()
  const failed = (address: string, port: number, errno: string | undefined) => {
    if (!pending.delete(address)) return
    observer.failed({ address, port, errno, from: localEnd(socket) })
  }
  socket.on('lookup', (error: Error | null, address: string) => {
    if (!error) observer.resolved(address)
  })
  socket.on('connectionAttempt', (address: string, port: number) => {
    pending.set(address, port)
    observer.trying(address, port)
  })
  socket.on('connectionAttemptFailed', (address: string, port: number, _family: number, error: Error) => {
    failed(address, port, (error as NodeJS.ErrnoException).code)
  })
  socket.on('connectionAttemptTimeout', (address: string, port: number) => {
    failed(address, port, undefined)
  })
  socket.once('connect', () => pending.clear())
  return (errno) => {
    for (const [address, port] of pending) failed(address, port, errno)
  }
}

/** Known from the first packet on, and only until the attempt's handle is closed. */
function localEnd({ localAddress: address, localPort: port }: Socket): FailedAttempt['from'] {
  return address !== undefined && port !== undefined && port > 0 ? { address, port } : undefined
}
