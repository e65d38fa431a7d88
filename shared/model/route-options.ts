import * as v from 'valibot'
import { booleanField } from './fields.ts'

// What a port rule says of its route besides the route itself.

export const routeOptions = {
  /** Where no next hop can be used, the destination is connected to without one: past the proxy, so off unless wanted. */
  lastResortDirect: v.optional(booleanField('Direct as a last resort'), false),
  /** A change of the route closes the connections that took the old one. */
  closeOnRouteChange: v.optional(booleanField('Close on route change'), false),
}
