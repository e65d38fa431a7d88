import { performance } from 'node:perf_hooks'
import type { Socket } from 'node:net'
import type { Endpoint } from '../../../shared/model/address.ts'
import { connectAddress, type ConnectObserver, type ConnectOptions } from './connect-address.ts'
import { ConnectError } from './connect-error.ts'
import { isOwnFault } from './own-fault.ts'

/** RFC 8305 section 8, "Connection Attempt Delay". */
const attemptDelayMs = 250

/**
 * Connects to the first of several addresses that answers: the next attempt begins after a while, or at once where one
 * has failed, and those under way go on. Rejects with the ConnectError of the attempt that failed first, of those that
 * this machine is not to blame for if there are any; with that of a time-out where some were still under way by then; or
 * with the signal's reason.
 */
export function connectFirst(endpoints: readonly Endpoint[], options: ConnectOptions): Promise<Socket> {
  // The addresses of localhost are known without waiting for anything that would have noticed.
  if (options.signal.aborted) return Promise.reject(options.signal.reason as Error)
  const [only] = endpoints
  if (!only) return Promise.reject(new ConnectError('ENOTFOUND'))
  return endpoints.length === 1 ? connectAddress(only, options) : race(endpoints, options)
}

function race(endpoints: readonly Endpoint[], options: ConnectOptions): Promise<Socket> {
  const { signal, observer } = options
  const endsAt = performance.now() + options.timeoutMs
  const controller = new AbortController()
  const coming = [...endpoints]
  let underWay = 0
  let isOver = false
  let told: Error | undefined
  let timer: NodeJS.Timeout | undefined

  return new Promise((resolve, reject) => {
    const onAbort = () => controller.abort(signal.reason)
    const finish = (settle: () => void) => {
      isOver = true
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      settle()
    }
    const watched: ConnectObserver | undefined = observer && {
      ...observer,
      // Of the losers nothing is known but that they were slower.
      failed: (attempt) => {
        if (!isOver) observer.failed(attempt)
      },
      connected: () => undefined,
    }

    const begin = () => {
      clearTimeout(timer)
      const endpoint = coming.shift()
      if (!endpoint) return
      underWay += 1
      if (coming.length > 0) timer = setTimeout(begin, attemptDelayMs)
      const timeoutMs = Math.max(1, endsAt - performance.now())
      connectAddress(endpoint, { ...options, timeoutMs, signal: controller.signal, observer: watched }).then(
        (socket) => won(socket, endpoint),
        lost,
      )
    }
    const won = (socket: Socket, { host }: Endpoint) => {
      if (isOver) {
        socket.destroy()
        return
      }
      finish(() => resolve(socket))
      controller.abort()
      observer?.connected(socket, host)
    }
    const lost = (error: Error) => {
      if (isOver) return
      underWay -= 1
      // An IPv6 address, on a machine without IPv6, fails first and says nothing of the host.
      if (!told || (isOwn(told) && !isOwn(error))) told = error
      const isTimeOut = error instanceof ConnectError && error.errno === undefined
      if (signal.aborted || isTimeOut) {
        // The others have taken too long as well, and say so.
        controller.abort(error)
        finish(() => reject(error))
      } else if (coming.length > 0) begin()
      else if (underWay === 0) finish(() => reject(told ?? error))
    }

    signal.addEventListener('abort', onAbort)
    begin()
  })
}

function isOwn(error: Error): boolean {
  if (!(error instanceof ConnectError) || error.errno === undefined) return false
  return isOwnFault({ code: 'hop-unreachable', errno: error.errno })
}
