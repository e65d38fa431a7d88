import { writeFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { cli, startCli } from '../../support/cli.ts'
import { makeConfig, makeRule } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { startEcho } from '../../support/targets.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

it('keeps what serve counted, for "nexthop totals"', async () => {
  const folder = await managed(makeTempDir())
  const path = folder.file('config.json')
  const echo = await managed(startEcho())
  const rule = makeRule({ to: echo.port, route: { kind: 'direct' } })
  await writeFile(path, JSON.stringify(makeConfig({ rules: [rule] })))
  expect((await cli(['totals', '--config', path])).stdout).toBe(
    `There are no totals of ${path} yet: a "nexthop serve" saves them every 2 minutes and when it ends.\n`,
  )
  for (const expected of [2, 4]) {
    const serve = await managed(startCli(['serve', '--config', path, '--port', '0']))
    const port = Number(await serve.says(/listening 127\.0\.0\.1:(\d+)/))
    for (let count = 0; count < 2; count += 1) {
      const client = await connectTo(port)
      client.end('12345')
      await client.takeRest()
    }
    serve.signal('SIGTERM')
    expect(await serve.ended).toBe(0)
    const { stdout } = await cli(['totals', '--config', path, '--csv', '--days', '2'])
    expect(stdout).toMatch(/^day,rule,next hop,bytes up,bytes down,connections,failures\r\n/)
    expect(stdout).toContain(`,Test rule,,${5 * expected},${5 * expected},${expected},0\r\n`)
  }
  expect((await cli(['totals', '--config', path])).stdout).toMatch(
    /^Totals of \S+config\.json:\n\d{4}-\d\d-\d\d {2}Test rule: 20 B up, 20 B down, 4 connections, 0 failed\n$/,
  )
  expect((await cli(['totals', '--config', path, '--days', 'x'])).code).toBe(2)
})
