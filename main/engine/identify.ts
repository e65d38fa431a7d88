import type { Endpoint } from '../../shared/model/address.ts'
import type { PortRule } from '../../shared/model/port-rule.ts'

/**
 * Where a connection of the rule is to go. A fixed destination is known before the client has sent anything, and it
 * is not waited for: in many protocols the server speaks first.
 */
export function identify({ destination }: PortRule): Endpoint {
  return { host: destination.host, port: destination.port }
}
