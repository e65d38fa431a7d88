import type { Socket } from 'node:net'

/** Joins two sockets: half-close is passed on as half-close, and a reset as a reset. */
export function joinSockets(left: Socket, right: Socket): void {
  for (const [from, to] of [
    [left, right],
    [right, left],
  ] as const) {
    from.on('error', () => to.resetAndDestroy())
    from.once('close', () => {
      if (!from.readableEnded) to.resetAndDestroy()
    })
    from.pipe(to)
  }
}
