import { describe, expect, it } from 'vitest'
import type { EngineLogEntry } from '../../../main/engine/api.ts'
import { HealthChecks } from '../../../main/engine/health/health-checks.ts'
import { isOwnNetworkDown } from '../../../main/engine/dial/own-fault.ts'
import { HopStates } from '../../../main/engine/hop-states.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { freePort } from '../../support/tcp-server.ts'
import { until } from '../../support/until.ts'

/** Two checked hops on which nobody listens. */
async function start(isOwn: () => boolean) {
  const healthCheck = { kind: 'tcp', intervalMs: 500, fall: 1 } as const
  const ports = [await freePort(), await freePort()]
  const hops = ports.map((port, index) =>
    makeHop({ id: `h${index}`, name: `Hop ${index}`, port, healthCheck }),
  )
  const lists = [{ id: 'l', name: 'List', hopIds: ['h0', 'h1'] }]
  const config = makeConfig({
    hops,
    lists,
    rules: [makeRule({ to: 9, route: { kind: 'list', listId: 'l' } })],
  })
  const hopStates = new HopStates(() => undefined)
  hopStates.apply(config.hops)
  const logs: Omit<EngineLogEntry, 'at'>[] = []
  let asked = 0
  const checks = new HealthChecks({
    hopStates,
    isOwnListener: () => false,
    log: (entry) => logs.push(entry),
    isOwnNetworkDown: () => {
      asked += 1
      return isOwn()
    },
  })
  await managed({ close: async () => checks.close() })
  checks.apply(config)
  const states = () => ['h0', 'h1'].map((id) => hopStates.health(id).state)
  return { logs, states, asked: () => asked }
}

describe('health checks without a network of one’s own', () => {
  it('blame no hop, say so once, and judge again when the network is back', async () => {
    let isDown = true
    const { logs, states, asked } = await start(() => isDown)
    await until('both were checked several times', () => asked() >= 8)
    expect(states()).toEqual(['unknown', 'unknown'])
    expect(logs).toHaveLength(1)
    expect(logs[0]?.message).toMatch(
      /^Health check: this machine has no network that leads to the next hop "Hop [01]", so it is not judged\.$/,
    )
    isDown = false
    await until('both are judged', () => states().every((state) => state === 'down'))
    expect(logs).toHaveLength(1)
  })

  it.each([
    ['ENETUNREACH', true],
    ['ENETDOWN', true],
    ['ECONNREFUSED', false],
    ['ECONNRESET', false],
  ])('are told by %s: %s', (errno, expected) => {
    expect(isOwnNetworkDown({ code: 'hop-unreachable', errno })).toBe(expected)
  })
})
