import type { Socket } from 'node:net'
import { Bag } from './bag.ts'

/** A connection that is over sooner does without the eight system calls that switch on probes at both ends. */
const youngMs = 30_000
/** So late can it be. One timer for all: one for each would cost more than what it is for. */
const everyMs = 5000
/**
 * Probing after a minute of silence, or two, finds peers that vanished without a word. Each socket has a time of its own:
 * thousands that were opened together would all be probed at once, more than a system's queue takes, and those whose
 * probes are dropped ten times in a row are given up.
 */
const silenceMs = { least: 60_000, spread: 60_000 }

interface Young {
  readonly sockets: readonly Socket[]
  readonly since: number
  place: number
}

const young = new Bag<'place', Young>('place')
let timer: NodeJS.Timeout | undefined

/** Switches on TCP's own probes for sockets that stay open. Returns what stops it, for when they are closed. */
export function keepAliveLater(...sockets: readonly Socket[]): () => void {
  const entry: Young = { sockets, since: performance.now(), place: -1 }
  young.add(entry)
  timer ??= setInterval(look, everyMs).unref()
  return () => {
    leave(entry)
  }
}

function look(): void {
  const at = performance.now()
  for (const entry of [...young]) {
    if (at - entry.since < youngMs) continue
    leave(entry)
    for (const socket of entry.sockets) keepAlive(socket)
  }
  if (young.size > 0) return
  clearInterval(timer)
  timer = undefined
}

function leave(entry: Young): void {
  if (entry.place >= 0) young.remove(entry)
  entry.place = -1
}

function keepAlive(socket: Socket): void {
  if (!socket.destroyed) socket.setKeepAlive(true, silenceMs.least + Math.random() * silenceMs.spread)
}
