import { expect } from 'vitest'
import { createLog } from '../../main/app/log.ts'
import { createEngineThreads, type EngineThreadsOptions } from '../../main/app/threads/engine-threads.ts'
import type { EngineConfig, EngineEvent } from '../../main/engine/api.ts'
import type { EngineStatus } from '../../shared/runtime.ts'
import { managed } from './managed.ts'
import { connectTo, type Peer } from './peer.ts'

const url = new URL('./mortal-engine-worker.ts', import.meta.url)

/** An engine in several threads that a test can let die, with what it told. */
export async function startThreads(config?: EngineConfig, options: Partial<EngineThreadsOptions> = {}) {
  const events: EngineEvent[] = []
  const statuses: EngineStatus[] = []
  const log = createLog()
  const engine = createEngineThreads({
    url,
    onEvent: (event) => events.push(event),
    onStatus: (status) => statuses.push(status),
    log,
    restartDelaysMs: [10],
    ...options,
  })
  await managed({ close: () => engine.close(0) })
  if (config) await engine.apply(config)

  async function port(ruleId = 'rule'): Promise<number> {
    const { rules } = await engine.snapshot()
    const status = rules.find((rule) => rule.ruleId === ruleId)?.status
    if (status?.state === 'listening' && status.address.kind === 'tcp') return status.address.port
    throw new Error(`${ruleId} does not listen: ${JSON.stringify(status)}`)
  }
  /** Talks over connections that stay open; each of them has echoed something. */
  async function open(count: number, to?: number): Promise<Peer[]> {
    const where = to ?? (await port())
    const peers: Peer[] = []
    for (let opened = 0; opened < count; opened += 1) {
      const peer = await managed(connectTo(where))
      peers.push(peer)
      expect(await says(peer, 'hello')).toBe('hello')
    }
    return peers
  }
  const threadsOf = async () => {
    const connections = await engine.connections()
    const names = connections.filter(({ closedAt }) => closedAt === undefined).map(({ id }) => threadOf(id))
    return [...new Set(names)].sort()
  }
  return { engine, events, statuses, log, port, open, threadsOf }
}

/** The thread that has a connection. */
export function threadOf(id: string): string {
  return id.includes('-') ? (id.split('-')[0] ?? '') : '0'
}

/** What the other side answers. */
export async function says(peer: Peer, text: string): Promise<string> {
  await peer.write(text)
  return peer.takeText(text.length)
}
