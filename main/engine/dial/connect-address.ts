import { connect, type Socket } from 'node:net'
import type { Endpoint } from '../../../shared/model/address.ts'
import type { ReadBuffers } from '../wire/read-buffers.ts'
import { WireSocket } from '../wire/wire-socket.ts'
import { ConnectError } from './connect-error.ts'

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
  /** @param address the one that answered */
  connected(socket: Socket, address: string): void
}

/**
 * One attempt at one address. The socket comes paused, with half-open allowed and an error listener of its own. Rejects
 * with a ConnectError, or with the signal's reason.
 */
export function connectAddress({ host, port }: Endpoint, options: ConnectOptions): Promise<Socket> {
  const { timeoutMs, signal, buffers, observer } = options
  return new Promise<Socket>((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error)
    const where = { host, port }
    const socket = buffers
      ? new WireSocket(buffers, socketOptions).connect(where)
      : connect({ ...where, ...socketOptions })
    const giveUpAttempt = observer && observe(socket, observer, where)
    // Stays for the socket's life: between two owners there may be nobody else to hear an error.
    socket.on('error', () => undefined)
    const giveUp = (reason: Error, errno?: string) => {
      finish()
      giveUpAttempt?.(errno)
      socket.destroy()
      reject(reason)
    }
    const onConnect = () => {
      finish()
      observer?.connected(socket, host)
      resolve(socket)
    }
    // An attempt that the system refuses at once (no network, no route) has no event of its own.
    const onError = ({ code = 'EIO' }: NodeJS.ErrnoException) => giveUp(new ConnectError(code), code)
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

/** Returns what tells that the attempt has failed, or without an error's name, is given up. */
function observe(
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

/** Known from the first packet on, and only until the attempt's handle is closed. */
function localEnd({ localAddress: address, localPort: port }: Socket): FailedAttempt['from'] {
  return address !== undefined && port !== undefined && port > 0 ? { address, port } : undefined
}
