import { expect, it } from 'vitest'
import { cli } from '../../support/cli.ts'
import { managed } from '../../support/managed.ts'
import { startEcho } from '../../support/targets.ts'
import { freePort } from '../../support/tcp-server.ts'

it('nexthop doctor tells a free port from a busy one', async () => {
  const free = await freePort()
  expect(await cli(['doctor', String(free)])).toMatchObject({
    code: 0,
    stdout: `Port ${free} is free on 127.0.0.1.\n`,
  })
  const { port } = await managed(startEcho())
  const busy = await cli(['doctor', String(port), '--json'])
  expect(busy.code).toBe(1)
  expect(JSON.parse(busy.stdout)).toMatchObject({ event: 'port', port, state: 'busy' })
  expect(JSON.parse(busy.stdout)).toHaveProperty('nextFree')
  expect((await cli(['doctor', '70000'])).code).toBe(2)
  expect((await cli(['doctor', '80', '--host', 'example.com'])).code).toBe(2)
})
