import type { Socket } from 'node:net'

/** A connection that is over sooner does without the eight system calls that switch on probes at both ends. */
const youngMs = 30_000
/**
 * Probing after a minute of silence, or two, finds peers that vanished without a word. Each socket has a time of its own:
 * thousands that were opened together would all be probed at once, more than a system's queue takes, and those whose
 * probes are dropped ten times in a row are given up.
 */
const silenceMs = { least: 60_000, spread: 60_000 }

/** Switches on TCP's own probes for sockets that stay open. Returns what stops it, for when they are closed. */
export function keepAliveLater(...sockets: readonly Socket[]): () => void {
  const timer = setTimeout(() => {
    for (const socket of sockets) {
      const delayMs = silenceMs.least + Math.random() * silenceMs.spread
      if (!socket.destroyed) socket.setKeepAlive(true, delayMs)
    }
  }, youngMs)
  timer.unref()
  return () => {
    clearTimeout(timer)
  }
}
