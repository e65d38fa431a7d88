import { writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { startInTerminal, type RunningCli } from '../../support/cli.ts'
import { makeConfig, makeRule, type RuleFields } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { startEcho } from '../../support/targets.ts'
import { freePort, startTcpServer } from '../../support/tcp-server.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { findTool } from '../../support/tools.ts'
import { until } from '../../support/until.ts'

// What a person sees, where stdout and stderr are one terminal.

const hasTerminals = process.platform === 'linux' && findTool('script') !== undefined

const ctrlC = '\x03'

async function serve(...rules: RuleFields[]): Promise<RunningCli> {
  const dir = await managed(makeTempDir())
  const path = dir.file('config.json')
  const made = rules.map((rule) => makeRule({ route: { kind: 'direct' }, ...rule }))
  await writeFile(path, JSON.stringify(makeConfig({ rules: made, settings: { drainMs: 3000 } })))
  return managed(startInTerminal(['serve', '--config', path, '--port', '0']))
}

function lines(running: RunningCli): string[] {
  return running.stdout().split(/\r?\n/)
}

describe.skipIf(!hasTerminals)('in a terminal', () => {
  it('"serve" says what to do with its link, and tells each rule once', async () => {
    const busy = await managed(startTcpServer())
    const listen = await freePort()
    const running = await serve({ id: 'a', to: 1, listen }, { id: 'b', to: 1, listen: busy.port })
    await running.says(
      /web http\S+\r\nOpen it in your browser: it logs in once\. Enter prints another one; Ctrl\+C ends\.\r/,
    )
    running.type('\r')
    await until('another link', () => running.stdout().match(/web http/g)?.length === 2)
    running.type(ctrlC)
    expect(await running.ended).toBe(0)
    expect(lines(running).filter((line) => line.includes('Test a'))).toEqual([
      `listening 127.0.0.1:${listen}  Test a`,
    ])
    expect(lines(running).filter((line) => line.includes('Test b'))).toEqual([
      expect.stringMatching(/^not listening \S+ {2}Test b: .+ is in use by /),
    ])
  })

  it('"serve" tells of connections that are still open when it is to end', async () => {
    const echo = await managed(startEcho())
    const listen = await freePort()
    const running = await serve({ id: 'a', to: echo.port, listen })
    await running.says(/Ctrl\+C ends/)
    const client = await connectTo(listen)
    await client.write('x')
    expect(await client.takeText(1)).toBe('x')
    running.type(ctrlC)
    await running.says(/info {2}1 connection is open: it may go on for 3 s\. Ctrl\+C again ends at once\./)
    running.type(ctrlC)
    expect(await running.ended).toBe(130)
  })

  it.each([['forward', '0', 'a:1', '--direct'], ['demo']])(
    '"%s" tells once where it listens, or why it does not',
    async (...args) => {
      const [command = ''] = args
      const fine = await managed(startInTerminal(args))
      await fine.says(/listening /)
      fine.type(ctrlC)
      expect(await fine.ended).toBe(0)
      expect(fine.stdout().match(/listening/g)).toHaveLength(1)
      const { port } = await managed(startTcpServer())
      const busy =
        command === 'demo' ? ['demo', '--port', `${port}`] : ['forward', `${port}`, ...args.slice(2)]
      const failed = await managed(startInTerminal(busy))
      expect(await failed.ended).toBe(1)
      expect(lines(failed)).toEqual([expect.stringMatching(/^nexthop: .+ is in use by .+\.$/), ''])
    },
  )
})
