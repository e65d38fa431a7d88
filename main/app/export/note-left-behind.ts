import type { NextHop } from '../../../shared/model/next-hop.ts'
import type { PortRule } from '../../../shared/model/port-rule.ts'
import type { Remarks } from './engine-config.ts'

// What Nexthop does for a rule or hop and an exported config does not, so that nobody counts on it.

export function noteOfRule({ name, onAllDown, lastResortDirect, route }: PortRule, remarks: Remarks): void {
  if (route.kind === 'direct' || route.kind === 'block') return
  if (onAllDown !== 'answer') {
    remarks.note(`"${name}": "${onAllDown}" while all of its next hops are down is not in the file`)
  }
  if (lastResortDirect) {
    remarks.note(`"${name}": to connect directly where no next hop can be used is not in the file`)
  }
}

export function noteOfHop(
  { name, healthCheck, maintenance, maxConnections }: NextHop,
  remarks: Remarks,
): void {
  if (healthCheck && healthCheck.kind !== 'off') {
    remarks.note(`The health check of "${name}" is not in the file`)
  }
  if (maintenance) remarks.note(`"${name}" is in maintenance, which is not in the file: it is used there`)
  if (maxConnections > 0) remarks.note(`The connection limit of "${name}" is not in the file`)
}
