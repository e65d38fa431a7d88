import * as v from 'valibot'
import { saying } from '../told.ts'
import { idSchema } from './fields.ts'
import { usesHop } from './routes-of.ts'

// The way that a connection takes to its destination.

export const routeSchema = v.variant(
  'kind',
  [
    v.strictObject({ kind: v.literal('hop'), hopId: idSchema }),
    v.strictObject({ kind: v.literal('list'), listId: idSchema }),
    v.strictObject({
      kind: v.literal('chain'),
      /** In order: each is reached through the one before. */
      hopIds: v.pipe(
        v.array(idSchema, saying('{label} must be a list of hop ids', { label: 'Chain' })),
        v.minLength(2, saying('Chain needs at least two next hops')),
        v.maxLength(8, saying('Chain has too many next hops: at most 8')),
        v.check(
          (ids) => new Set(ids).size === ids.length,
          saying('Chain names the same next hop twice: leave one out'),
        ),
      ),
    }),
    v.strictObject({ kind: v.literal('direct') }),
    v.strictObject({ kind: v.literal('block') }),
  ],
  saying('{label} must be of kind {choices}', {
    label: 'Route',
    choices: ['hop', 'list', 'chain', 'direct', 'block'],
  }),
)
export type Route = v.InferOutput<typeof routeSchema>

/** A route in which another hop has taken the place of one; the very same where it does not name that one. */
export function withHopExchanged(route: Route, hopId: string, by: string): Route {
  if (!usesHop(route, hopId)) return route
  if (route.kind !== 'chain') return { kind: 'hop', hopId: by }
  // One that has the other already loses the hop only.
  const kept = route.hopIds.includes(by) ? route.hopIds.filter((id) => id !== hopId) : route.hopIds
  const hopIds = kept.map((id) => (id === hopId ? by : id))
  return hopIds.length > 1 ? { kind: 'chain', hopIds } : { kind: 'hop', hopId: by }
}
