import type { NextHopInput } from '../../shared/model/next-hop.ts'
import { makeConfig, makeHop, makeRule, type RuleFields } from './config.ts'
import { startEngine, type TestEngine } from './engine.ts'
import { managed } from './managed.ts'
import type { SocksScript } from './socks-script.ts'
import { startSocksServer, type SocksServer } from './socks-server.ts'

export interface RigOptions {
  /** The port on 127.0.0.1, or host and port, that the rule leads to. */
  readonly to: RuleFields['to']
  readonly script?: SocksScript
  readonly hop?: Partial<NextHopInput>
  readonly rule?: Partial<RuleFields>
}

export interface Rig {
  readonly hop: SocksServer
  readonly engine: TestEngine
}

/** A scriptable hop, and an engine with one rule through it; both end with the test. */
export async function makeRig({ to, script = {}, hop = {}, rule = {} }: RigOptions): Promise<Rig> {
  const server = await managed(startSocksServer(script))
  const config = makeConfig({
    hops: [makeHop({ port: server.port, ...hop })],
    rules: [makeRule({ to, ...rule })],
  })
  return { hop: server, engine: await managed(startEngine(config)) }
}
