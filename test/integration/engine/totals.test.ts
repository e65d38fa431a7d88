import { expect, it } from 'vitest'
import { managed } from '../../support/managed.ts'
import { makeRig } from '../../support/rig.ts'
import { startEcho } from '../../support/targets.ts'
import { until } from '../../support/until.ts'

it('counts open and closed connections once each, and every byte', async () => {
  const echo = await managed(startEcho())
  const { engine } = await makeRig({ to: echo.port })
  const client = await engine.connect()
  await client.write('12345')
  await client.take(5)
  const first = await engine.engine.takeTotals()
  expect(first).toEqual([
    { ruleId: 'rule', hopId: 'hop', bytesUp: 5, bytesDown: 5, connections: 1, failures: 0 },
  ])
  expect(await engine.engine.takeTotals()).toMatchObject([{ bytesUp: 0, connections: 0 }])
  await client.write('678')
  await client.take(3)
  client.end()
  await client.takeRest()
  await engine.closedConnection()
  expect(await engine.engine.takeTotals()).toEqual([
    { ruleId: 'rule', hopId: 'hop', bytesUp: 3, bytesDown: 3, connections: 0, failures: 0 },
  ])
  expect(await engine.engine.takeTotals()).toEqual([])
})

it('counts failures, and tells what is left when the engine closes', async () => {
  const { engine, hop } = await makeRig({ to: 9999 })
  await hop.kill()
  const client = await engine.connect()
  await client.ending
  await until('it has failed', () => engine.failures.length === 1)
  await engine.close()
  expect(engine.events.findLast(({ kind }) => kind === 'totals')).toMatchObject({
    deltas: [{ ruleId: 'rule', hopId: 'hop', connections: 1, failures: 1, bytesUp: 0 }],
  })
})
