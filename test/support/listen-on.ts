import type { PortRuleInput } from '../../shared/model/port-rule.ts'
import { makeConfig, makeRule } from './config.ts'
import { startEngine, type TestEngine } from './engine.ts'
import { managed } from './managed.ts'
import { startEcho } from './targets.ts'

/** An engine with one direct rule to an echo server. */
export async function listenOn(
  listen: PortRuleInput['listen'],
  fields: { readonly allowedClients?: string[] } = {},
): Promise<TestEngine> {
  const echo = await managed(startEcho())
  const rule = makeRule({ to: echo.port, route: { kind: 'direct' }, ...fields, listen })
  return managed(startEngine(makeConfig({ rules: [rule] })))
}
