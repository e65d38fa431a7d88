import * as v from 'valibot'
import { saying } from '../told.ts'
import { choiceField, idSchema, integerField, nameField } from './fields.ts'

// An ordered, named set of next hops and the way in which connections are spread over it.

export const listModes = [
  'failover',
  'round-robin',
  'least-connections',
  'lowest-latency',
  'random',
  'sticky',
] as const
export const listModeSchema = choiceField('Mode', listModes)
export type ListMode = v.InferOutput<typeof listModeSchema>

/** Modes that give a hop with twice the weight twice the connections; the others go by order or speed. */
export const weighingModes: readonly ListMode[] = ['round-robin', 'least-connections', 'random', 'sticky']

export const stickyBySchema = choiceField('Sticky by', ['client', 'destination'])
export type StickyBy = v.InferOutput<typeof stickyBySchema>

const minute = 60_000
export const listDefaults = { returnAfterMs: 10_000, stickyForMs: 30 * minute } as const

export const nextHopListSchema = v.pipe(
  v.strictObject({
    id: idSchema,
    name: nameField('Name'),
    mode: v.optional(listModeSchema, 'failover'),
    hopIds: v.pipe(
      v.array(idSchema, saying('{label} must be a list of hop ids', { label: 'Next hops' })),
      v.minLength(1, saying('Next hops is empty: a list needs at least one')),
      v.maxLength(
        100,
        saying('{label} has too many entries: at most {most}', { label: 'Next hops', most: 100 }),
      ),
      v.check((ids) => new Set(ids).size === ids.length, saying('Next hops names the same hop twice')),
    ),
    /** By hop id; 1 where none is given. A hop with twice the weight gets twice the connections. */
    weights: v.optional(
      v.record(idSchema, integerField('Weight', 1, 100), saying('Weights must be an object, {"hop-id": 2}')),
      {},
    ),
    /** Those of the hops that are used only where none of the others can be. */
    backupHopIds: v.optional(
      v.array(idSchema, saying('{label} must be a list of hop ids', { label: 'Backup hops' })),
      [],
    ),
    /** Failover: how long a hop that was down must be healthy before connections return to it. */
    returnAfterMs: v.optional(integerField('Return after', 0, 3_600_000, 'ms'), listDefaults.returnAfterMs),
    stickyBy: v.optional(stickyBySchema, 'client'),
    /** Sticky: how long a client or destination without a new connection stays with a hop that it was moved to. */
    stickyForMs: v.optional(integerField('Sticky for', 0, 86_400_000, 'ms'), listDefaults.stickyForMs),
  }),
  v.forward(
    v.partialCheck(
      [['hopIds'], ['weights']],
      ({ hopIds, weights }) => Object.keys(weights).every((id) => hopIds.includes(id)),
      saying('Weights names a hop that is not in the list: add the hop, or remove its weight'),
    ),
    ['weights'],
  ),
  v.forward(
    v.partialCheck(
      [['hopIds'], ['backupHopIds']],
      ({ hopIds, backupHopIds }) => backupHopIds.every((id) => hopIds.includes(id)),
      saying('Backup hops names a hop that is not in the list: add the hop, or remove it there'),
    ),
    ['backupHopIds'],
  ),
  v.forward(
    v.partialCheck(
      [['hopIds'], ['backupHopIds']],
      ({ hopIds, backupHopIds }) => hopIds.length === 0 || hopIds.some((id) => !backupHopIds.includes(id)),
      saying('Backup hops names every hop: at least one must be none'),
    ),
    ['backupHopIds'],
  ),
)
export type NextHopList = v.InferOutput<typeof nextHopListSchema>
export type NextHopListInput = v.InferInput<typeof nextHopListSchema>

/** A list without a hop, whatever it says of it. The list may be left without any. */
export function withoutHop(list: NextHopList, hopId: string): NextHopList {
  const { [hopId]: _weight, ...weights } = list.weights
  const hopIds = list.hopIds.filter((id) => id !== hopId)
  const backups = list.backupHopIds.filter((id) => id !== hopId)
  // With no other left, the backups are what the list has.
  const backupHopIds = hopIds.some((id) => !backups.includes(id)) ? backups : []
  return { ...list, hopIds, weights, backupHopIds }
}

/** A list in which another hop has taken the place of one; one that has the other already loses the hop only. */
export function withHopReplaced(list: NextHopList, hopId: string, by: string): NextHopList {
  if (!list.hopIds.includes(hopId)) return list
  if (list.hopIds.includes(by)) return withoutHop(list, hopId)
  const swap = (id: string) => (id === hopId ? by : id)
  return {
    ...list,
    hopIds: list.hopIds.map(swap),
    weights: Object.fromEntries(Object.entries(list.weights).map(([id, weight]) => [swap(id), weight])),
    backupHopIds: list.backupHopIds.map(swap),
  }
}
