import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { defaultSettings } from '../../../shared/model/settings.ts'
import { cli, startCli } from '../../support/cli.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startEcho } from '../../support/targets.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { until } from '../../support/until.ts'

const password = 'tøp-s3cret/!"'
const tellTale = 's3cret'

// All that a running Nexthop writes, answers and exports, searched for a password that it uses.

it('no password is in any page, trace, capture, log, metric, export or file but the config', async () => {
  const folder = await managed(makeTempDir())
  const path = folder.file('config.json')
  const log = folder.file('nexthop.log')
  const echo = await managed(startEcho())
  const login = { user: 'ann', password }
  const right = await managed(startSocksServer({ login }))
  const wrong = await managed(startSocksServer({ login: { ...login, password: 'another' } }))
  const broken = await managed(startSocksServer({ login, at: { login: { send: password, then: 'end' } } }))
  const hops = [right, wrong, broken].map(({ port }, index) =>
    makeHop({ id: `h${index}`, name: `Hop ${index}`, port, ...login }),
  )
  const rules = hops.map(({ id = '', name }) =>
    makeRule({ id: `r-${id}`, name: `By ${name}`, to: echo.port, route: { kind: 'hop', hopId: id } }),
  )
  const settings = {
    logLevel: 'debug',
    drainMs: 0,
    traces: { ...defaultSettings.traces, save: 'all' },
  } as const
  const config = makeConfig({ hops, rules, settings })
  await writeFile(path, JSON.stringify(config))
  const options = ['--port', '0', '--metrics', '0', '--log-file', log, '--log-format', 'json', '--json']
  const running = await managed(startCli(['serve', '--config', path, ...options]))
  const web = await running.says(/"url":"(http:\/\/[^"]+token=[^"]+)"/)
  const metrics = await running.says(/"url":"(http:\/\/[^"]+\/metrics)"/)
  const texts: Record<string, string> = {}

  // A recording in the app, and one of the command line.
  const recording = await managed(
    startCli(['capture', '--config', path, '--all', '-o', folder.file('cli.pcapng')]),
  )
  await recording.says(/recording all/)
  const entry = await fetch(web, { redirect: 'manual' })
  const cookie = entry.headers.get('set-cookie')?.split(';')[0] ?? ''
  const origin = new URL(web).origin
  const call = async (name: string, input: unknown = {}) => {
    const response = await fetch(`${origin}/rpc/${name}`, {
      method: 'POST',
      headers: { cookie, origin, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    const text = await response.text()
    expect(text).toMatch(/^\{"ok":true/)
    texts[name] = (texts[name] ?? '') + text
    return (JSON.parse(text) as { value: unknown }).value
  }
  await call('capture.start', { of: { kind: 'all' } })

  // The page or reset of each rule.
  for (const { name } of rules) {
    const port = Number(await running.says(new RegExp(`"address":"127\\.0\\.0\\.1:(\\d+)","rule":"${name}"`)))
    const client = await connectTo(port)
    client.end('GET / HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n')
    await client.ending
    texts[`page of ${name}`] = client.received.toString()
  }
  expect(texts['page of By Hop 0']).toContain('GET / HTTP/1.1')
  expect(texts['page of By Hop 1']).toContain('refused the user or password')
  expect(texts['page of By Hop 2']).toContain('Nexthop could not make this connection')

  // Every call that tells something.
  const connections = (await until('all connections are over', async () => {
    const list = (await call('connection.list')) as readonly { id: string; closedAt?: number }[]
    return list.length === 3 && list.every(({ closedAt }) => closedAt !== undefined) && list
  })) as readonly { id: string }[]
  for (const { id } of connections) await call('connection.get', { id })
  for (const name of ['state.get', 'log.list', 'diagnostics.get', 'problem.list', 'config.export'])
    await call(name)
  for (const name of ['totals.list', 'totals.export', 'connection.export', 'capture.list']) await call(name)
  await call('hop.check', { checkId: 'x', hop: { kind: 'id', id: 'h1' } })
  expect(texts['connection.get']).toContain('hop-auth-failed')
  expect(texts['totals.export']).toContain('By Hop 0')

  for (const url of [metrics, metrics.replace('metrics', 'healthz'), origin]) {
    texts[url] = await (await fetch(url, { headers: { cookie } })).text()
  }
  for (const more of [['--json'], ['--stages']]) {
    const { stdout } = await cli(['trace', '--config', path, '--kept', ...more])
    expect(stdout).toContain('refused the user or password')
    texts[`nexthop trace ${more.join()}`] = stdout
  }
  recording.signal('SIGINT')
  expect(await recording.ended).toBe(0)
  texts['nexthop capture'] = recording.stdout()
  running.signal('SIGTERM')
  expect(await running.ended).toBe(0)
  texts['stdout'] = running.stdout()
  texts['stderr'] = running.stderr()
  for (const name of await readdir(folder.path, { recursive: true })) {
    const file = join(folder.path, name)
    if (name !== 'config.json' && (await stat(file)).isFile()) texts[name] = await readFile(file, 'latin1')
  }
  const kinds = [/^nexthop\.log$/, /totals/, /^cli\.pcapng$/, /^captures\/.*pcapng$/, /^traces\/.*jsonl$/]
  for (const kind of kinds) expect(Object.keys(texts)).toContainEqual(expect.stringMatching(kind))
  expect(texts['nexthop.log']).toContain('refused the user or password')
  expect(
    Object.entries(texts)
      .find(([name]) => name.startsWith('traces'))?.[1]
      .trim()
      .split('\n'),
  ).toHaveLength(3)
  // The user is in the recording, and stars in the password's place.
  expect(texts['cli.pcapng']).toContain(`ann\x0e${'*'.repeat(14)}`)

  // The search can find it: the config has it.
  expect(await readFile(path, 'utf8')).toContain(tellTale)
  const leaks = Object.entries(texts).filter(([, text]) => text.includes(tellTale))
  expect(leaks.map(([where]) => where)).toEqual([])
})
