import { describe, expect, it } from 'vitest'
import { explainInFull } from '../../../shared/texts/explain.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { startEngine } from '../../support/engine.ts'
import { managed } from '../../support/managed.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { until } from '../../support/until.ts'

describe('the failure of a list', () => {
  it('tells of the hops that were passed over, too, unless the destination is at fault', async () => {
    const hop = await managed(startSocksServer({ reply: 5 }))
    const down = await managed(startSocksServer())
    await down.kill()
    const healthCheck = { kind: 'handshake', intervalMs: 500, fall: 1 } as const
    const dead = { failureThreshold: 100, port: down.port }
    const engine = await managed(
      startEngine(
        makeConfig({
          hops: [
            makeHop({ ...dead, id: 'a', name: 'Alpha' }),
            makeHop({ ...dead, id: 'b', name: 'Beta', maintenance: true }),
            makeHop({ ...dead, id: 'c', name: 'Gamma', healthCheck }),
            makeHop({ id: 'd', name: 'Delta', port: hop.port }),
          ],
          lists: [
            { id: 'l', name: 'Dead', hopIds: ['a', 'b', 'c'] },
            { id: 'm', name: 'Alive', hopIds: ['b', 'd'] },
          ],
          rules: [
            makeRule({ to: 9, route: { kind: 'list', listId: 'l' } }),
            makeRule({ id: 'fine', to: 9, route: { kind: 'list', listId: 'm' } }),
          ],
        }),
      ),
    )
    await until('the check has failed', async () => {
      const { hops } = await engine.engine.snapshot()
      return hops.find(({ hopId }) => hopId === 'c')?.health.state === 'down'
    })
    await (
      await engine.connect()
    ).ending
    const told = explainInFull(await engine.failure())
    expect(told).toMatch(/^The next hop "Alpha" \(.*\) refused the connection/)
    expect(told).toContain('; also, the next hop "Beta" is in maintenance; the next hop "Gamma" (')
    expect(told).toContain('it is left alone until its health check succeeds')
    await (
      await engine.connect('fine')
    ).ending
    expect(explainInFull(await engine.failure(1))).not.toContain('Beta')
  })
})
