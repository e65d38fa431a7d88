import type { Socket } from 'node:net'

/** A connection that is over sooner does without the eight system calls that switch on probes at both ends. */
const youngMs = 30_000
/** Probing after a minute of silence finds peers that vanished without a word. */
const silenceMs = 60_000

/** Switches on TCP's own probes for sockets that stay open. Returns what stops it, for when they are closed. */
export function keepAliveLater(...sockets: readonly Socket[]): () => void {
  const timer = setTimeout(() => {
    for (const socket of sockets) if (!socket.destroyed) socket.setKeepAlive(true, silenceMs)
  }, youngMs)
  timer.unref()
  return () => {
    clearTimeout(timer)
  }
}
