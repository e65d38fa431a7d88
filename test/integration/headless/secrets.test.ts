import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { cli, cliNode, listeningPort, startCli } from '../../support/cli.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { mustRun, startProcess } from '../../support/process.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { findTool } from '../../support/tools.ts'

const password = 'tøp-s3cret/!'
const inUrl = encodeURIComponent(password)

function expectNoPassword(text: string): void {
  expect(text).not.toContain(password)
  expect(text).not.toContain(inUrl)
  expect(text).not.toContain('s3cret')
}

describe('a password', () => {
  it('is nowhere in the output of forward, at the most talkative level', async () => {
    for (const json of [[], ['--json']]) {
      const socks = await managed(startSocksServer({ login: { user: 'ann', password: 'another' } }))
      const via = `socks5h://ann:${inUrl}@127.0.0.1:${socks.port}`
      const running = await managed(
        startCli(['forward', '0', 'db:1', '--via', via, '--log-level', 'debug', ...json]),
      )
      const client = await connectTo(await listeningPort(running))
      await client.takeRest().catch(() => undefined)
      await running.warns(/refused the user or password/)
      running.signal('SIGTERM')
      expect(await running.ended).toBe(0)
      expectNoPassword(running.stdout() + running.stderr())
    }
  })

  it('is nowhere in the output of check', async () => {
    const socks = await managed(startSocksServer({ login: { user: 'ann', password: 'another' } }))
    for (const json of [[], ['--json']]) {
      const { code, stdout, stderr } = await cli([
        'check',
        `socks5h://ann:${inUrl}@127.0.0.1:${socks.port}`,
        ...json,
      ])
      expect(stdout).toContain('refused the user or password')
      expect(code).toBe(1)
      expectNoPassword(stdout + stderr)
    }
  })

  it('is nowhere in messages about wrong usage', async () => {
    const url = `socks5://ann:${inUrl}@h`
    const wrong = [
      ['forward', url, 'a:1', '--direct'],
      ['forward', '0', url, '--direct'],
      ['forward', '0', `ann:${password}@h:1`, '--direct'],
      ['forward', '0', 'a:1', '--via', `${url}:0`],
      ['forward', '0', 'a:1', '--via', `ann:${inUrl}@h`],
      ['forward', '0', 'a:1', `--vai=${url}`],
      ['forward', '0', 'a:1', url],
      ['forward', '0', 'a:1', '--direct', '--allow', url],
      ['check', `socks4://ann:${inUrl}@h`],
      ['check', 'socks5://h', '--target', url],
      ['check', `ftp://ann:${inUrl}@h`],
      ['check', `http://ann:${inUrl}@h`],
      ['validate', url],
      ['serve', '--config', url],
      ['serve', '--host', url],
      [url],
    ]
    for (const args of wrong) {
      const { code, stdout, stderr } = await cli(args)
      expect([1, 2]).toContain(code)
      // A check tells its verdict on stdout.
      expect(stdout + stderr).not.toBe('')
      expectNoPassword(stdout + stderr)
    }
  })

  it('vanishes from the process list', async ({ skip }) => {
    skip(!findTool('ps'), 'ps is not installed')
    const args = ['forward', '0', 'db:1', '--via', `socks5://ann:${password}@127.0.0.1:1`]
    const running = await managed(startCli(args))
    await listeningPort(running)
    const list = await mustRun('ps', ['-ww', '-o', 'args=', '-p', String(running.pid)])
    expect(list.trim()).toBe('nexthop')
    expectNoPassword(list)
  })

  it('vanishes from /proc, behind the launcher too', async ({ skip }) => {
    skip(process.platform !== 'linux', 'only Linux has /proc')
    const launcher = fileURLToPath(new URL('../../../scripts/nexthop.mjs', import.meta.url))
    const args = [launcher, 'forward', '0', 'db:1', '--via', `socks5://ann:${password}@127.0.0.1:1`]
    const running = await managed(startProcess(cliNode, args, { ready: /listening/ }))
    const commandLine = await readFile(`/proc/${running.pid}/cmdline`, 'latin1')
    expect(commandLine.replaceAll('\0', '')).toBe('nexthop')
  })
})
