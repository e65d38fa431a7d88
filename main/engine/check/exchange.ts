import type { Socket } from 'node:net'

/** How a probe's conversation went wrong, before its bytes could tell. */
export type ExchangeEnd = 'ended' | 'reset' | 'timed-out'

/**
 * Feeds what a socket receives to `read` until it returns something other than undefined. Resolves with that, or with
 * how the conversation ended before. Leaves the socket to the caller.
 */
export function readUntil<T extends object>(
  socket: Socket,
  timeoutMs: number,
  read: (chunk: Buffer) => T | undefined,
): Promise<T | ExchangeEnd> {
  return new Promise((resolve) => {
    const finish = (result: T | ExchangeEnd) => {
      clearTimeout(timer)
      socket.off('data', onData).off('end', onEnd).off('error', onError).off('close', onError)
      resolve(result)
    }
    const onData = (chunk: Buffer) => {
      const result = read(chunk)
      if (result !== undefined) finish(result)
    }
    const onEnd = () => finish('ended')
    const onError = () => finish('reset')
    const timer = setTimeout(() => finish('timed-out'), timeoutMs)
    socket.on('data', onData).on('end', onEnd).on('error', onError).on('close', onError)
  })
}
