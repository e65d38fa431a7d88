import type { ImaginedConnection, RouteExplanation } from '../../../shared/explanation.ts'
import type { Config } from '../../../shared/model/config.ts'
import type { PortRule } from '../../../shared/model/port-rule.ts'
import { HopStates } from '../hop-states.ts'
import { Router } from '../routing/router.ts'
import { explainRoute } from './explain-route.ts'

/** What a config says of a connection, by the engine's own decisions, where no engine runs: no hop is known to be down. */
export function explainFromConfig(
  config: Config,
  rule: PortRule,
  connection: ImaginedConnection,
): RouteExplanation {
  const hopStates = new HopStates(() => undefined)
  hopStates.apply(config.hops)
  const router = new Router(hopStates)
  router.apply(config)
  return explainRoute(rule, connection, { config, router, isHealthKnown: false })
}
