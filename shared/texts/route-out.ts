import type { RouteOut } from '../runtime.ts'

/** Why nothing of a route can be used, in English, for logs and the command line. */
export function describeRouteOut({ route, isHop, why }: RouteOut): string {
  return isHop
    ? `the next hop "${route}" is ${states[why]}`
    : `all next hops of "${route}" are ${states[why]}`
}

const states: Readonly<Record<RouteOut['why'], string>> = {
  down: 'down',
  maintenance: 'in maintenance',
  mixed: 'down or in maintenance',
}
