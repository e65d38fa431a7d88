import type { NextHopInput } from '../../shared/model/next-hop.ts'
import { makeConfig, makeHop, makeRule, type RuleFields } from './config.ts'
import { startEngine, type TestEngine } from './engine.ts'
import { managed } from './managed.ts'

export interface Forward {
  readonly engine: TestEngine
  /** Where clients connect, on 127.0.0.1. */
  readonly port: number
}

/** An engine with one rule through a hop that runs already; it ends with the test. */
export async function forward(
  hop: Partial<NextHopInput> & { readonly port: number },
  to: RuleFields['to'],
): Promise<Forward> {
  const config = makeConfig({ hops: [makeHop(hop)], rules: [makeRule({ to })] })
  const engine = await managed(startEngine(config))
  return { engine, port: await engine.port() }
}
