import type { Engine, EngineEvent, EngineLogEntry } from '../../main/engine/api.ts'
import { createEngine } from '../../main/engine/engine.ts'
import type { Failure } from '../../shared/errors.ts'
import type { Config } from '../../shared/model/config.ts'
import type { ConnectionDetail, RuleStatus } from '../../shared/runtime.ts'
import { connectTo, type Peer } from './peer.ts'
import { until } from './until.ts'

/** An engine in this thread, with what it told since it started. */
export class TestEngine {
  readonly engine: Engine
  readonly events: EngineEvent[]

  constructor() {
    const events: EngineEvent[] = []
    this.events = events
    this.engine = createEngine({ onEvent: (event) => events.push(event) })
  }

  apply(config: Config): Promise<void> {
    return this.engine.apply(config)
  }

  async status(ruleId = 'rule'): Promise<RuleStatus | undefined> {
    const { rules } = await this.engine.snapshot()
    return rules.find((rule) => rule.ruleId === ruleId)?.status
  }

  /** The real port of a rule that listens; throws with the reason where it does not. */
  async port(ruleId = 'rule'): Promise<number> {
    const status = await this.status(ruleId)
    if (status?.state === 'listening' && status.address.kind === 'tcp') return status.address.port
    throw new Error(`rule ${ruleId} does not listen on TCP: ${JSON.stringify(status)}`)
  }

  /** Connects to a rule on 127.0.0.1. */
  async connect(ruleId = 'rule'): Promise<Peer> {
    return connectTo(await this.port(ruleId))
  }

  /** The failures of connections so far. */
  get failures(): Failure[] {
    return this.events.flatMap((event) => (event.kind === 'connection-failed' ? [event.failure] : []))
  }

  get logs(): EngineLogEntry[] {
    return this.events.flatMap((event) => (event.kind === 'log' ? [event.entry] : []))
  }

  /** The first failure of a connection; waits for one. */
  async failure(index = 0): Promise<Failure> {
    return until(`connection failure ${index}`, () => this.failures[index])
  }

  /** The newest connection once it is closed, with its stages. */
  async closedConnection(): Promise<ConnectionDetail> {
    return until('the newest connection is closed', async () => {
      const [newest] = await this.engine.connections()
      if (newest?.closedAt === undefined) return undefined
      return this.engine.connection(newest.id)
    })
  }

  close(): Promise<void> {
    return this.engine.close(0)
  }
}

export async function startEngine(config?: Config): Promise<TestEngine> {
  const test = new TestEngine()
  if (config) await test.apply(config)
  return test
}
