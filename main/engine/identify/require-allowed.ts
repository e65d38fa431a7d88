import { NexthopError } from '../../../shared/errors.ts'
import { formatEndpoint, type Endpoint } from '../../../shared/model/address.ts'
import { isAllowedDestination, type Destination } from '../../../shared/model/destination.ts'

/** Throws where the rule does not allow a destination that was found in the traffic. */
export function requireAllowed(
  { allowed }: Extract<Destination, { readonly allowed: readonly string[] }>,
  endpoint: Endpoint,
): void {
  if (isAllowedDestination(allowed, endpoint.host)) return
  throw new NexthopError({ code: 'blocked', stage: 'identify', target: formatEndpoint(endpoint) })
}
