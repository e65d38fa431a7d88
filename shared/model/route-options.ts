import * as v from 'valibot'
import { booleanField, choiceField } from './fields.ts'

export const onAllDownSchema = choiceField('When all hops are down', ['answer', 'close', 'reset', 'unbind'])
export type OnAllDown = v.InferOutput<typeof onAllDownSchema>

// What a port rule says of its route besides the route itself.

export const routeOptions = {
  /** Where no next hop can be used, the destination is connected to without one: past the proxy, so off unless wanted. */
  lastResortDirect: v.optional(booleanField('Direct as a last resort'), false),
  /**
   * What happens while no hop of the route can be used: a client sees what "on failure" says, an end or a reset; or the
   * rule stops listening until one is back.
   */
  onAllDown: v.optional(onAllDownSchema, 'answer'),
  /** A change of the route closes the connections that took the old one. */
  closeOnRouteChange: v.optional(booleanField('Close on route change'), false),
}
