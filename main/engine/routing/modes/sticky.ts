import type { Candidate } from '../candidate.ts'
import type { Mode } from './mode.ts'

/**
 * The same client or destination always at the same hop, without a table of all of them: each hop draws a lot from the
 * key and its own id, and the highest wins (rendezvous hashing, weighted). A lost hop moves only its own share. Who was
 * moved stays there while they come often enough, then goes back to the hop of their lot.
 */
export const sticky: Mode = (candidates, { key, memory, now, stickyForMs }) => {
  const drawn = candidates
    .map((candidate) => ({ candidate, lot: lotOf(key, candidate) }))
    .sort((a, b) => b.lot - a.lot)
    .map(({ candidate }) => candidate)
  const kept = memory.sticky.get(key, now, stickyForMs)
  const stays = drawn.find(({ hop }) => hop.id === kept)
  return stays ? [stays, ...drawn.filter((candidate) => candidate !== stays)] : drawn
}

/** The higher, the better: -weight / ln(u), for a u between 0 and 1 that key and hop fix. */
function lotOf(key: string, { hop, weight }: Candidate): number {
  const u = (hash(`${key}\n${hop.id}`) + 1) / (2 ** 32 + 1)
  return -weight / Math.log(u)
}

/** FNV-1a, then MurmurHash3's finalizer, without which keys that differ little would draw similar lots. */
function hash(text: string): number {
  let bits = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    bits = Math.imul(bits ^ text.charCodeAt(index), 0x01000193)
  }
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}
