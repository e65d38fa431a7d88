import { expect, it } from 'vitest'
import { cli, startCli } from '../../support/cli.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'

it('nexthop demo shows a page through a SOCKS5 server that leads nowhere else, and cleans up', async () => {
  const running = await managed(startCli(['demo', '--port', '0']))
  const url = await running.says(/curl (\S+)\n/)
  const response = await fetch(url)
  expect(await response.text()).toMatch(/^It works\./)
  const socks = await running.says(/(socks5:\S+)/)
  const target = await running.says(/--target (\S+)\n/)
  expect((await cli(['check', socks, '--target', target])).code).toBe(0)
  const elsewhere = await cli(['check', socks, '--target', `127.0.0.1:${new URL(url).port}`])
  expect(elsewhere.stdout).toContain('its rules forbid this destination (SOCKS5 reply 02)')
  expect(elsewhere.code).toBe(1)
  running.signal('SIGINT')
  expect(await running.ended).toBe(0)
  for (const port of [socks, target, url].map((text) => Number(/:(\d+)\/?$/.exec(text)?.[1]))) {
    await expect(connectTo(port)).rejects.toThrow('ECONNREFUSED')
  }
})
