import { readFile, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { cli, listeningPort, startCli } from '../../support/cli.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { startEcho } from '../../support/targets.ts'
import { freePort } from '../../support/tcp-server.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { until } from '../../support/until.ts'

async function serve(...args: string[]) {
  const folder = await managed(makeTempDir())
  const path = folder.file('config.json')
  const echo = await managed(startEcho())
  const config = makeConfig({
    hops: [makeHop({ port: await freePort(), name: 'The "dead" hop' })],
    rules: [
      makeRule({ id: 'good', to: echo.port, route: { kind: 'direct' } }),
      makeRule({ id: 'dead', to: 9999 }),
      makeRule({ id: 'busy', to: 9999, listen: echo.port, route: { kind: 'direct' }, enabled: false }),
    ],
  })
  const save = (of: typeof config) => writeFile(path, JSON.stringify(of))
  await save(config)
  const running = await managed(startCli(['serve', '--config', path, '--port', '0', ...args]))
  return { folder, path, config, save, running }
}

describe('nexthop serve --metrics', () => {
  it('is not well while a rule is off its port because its hops are down', async () => {
    const { running, config, save } = await serve('--metrics', '0')
    const url = await running.says(/^metrics (\S+)$/m)
    // A config that is being written while it is loaded would be half read.
    await running.says(/^web /m)
    const healthCheck = { kind: 'tcp', intervalMs: 500, rise: 1, fall: 1 } as const
    await save({
      ...config,
      hops: config.hops.map((hop) => ({ ...hop, healthCheck })),
      rules: config.rules.map((rule) => (rule.id === 'dead' ? { ...rule, onAllDown: 'unbind' } : rule)),
    })
    await until('it says so', async () => {
      const health = await fetch(url.replace('/metrics', '/healthz'))
      const { problems } = (await health.json()) as { problems: unknown[] }
      const told = JSON.stringify(problems)
      return health.status === 503 && told.includes('{"kind":"rule-unbound","name":"Test dead"}')
    })
  })

  it('gives Prometheus text and health', async () => {
    const { running, config, save } = await serve('--metrics', '0')
    const url = await running.says(/^metrics (\S+)$/m)
    const port = Number(await running.says(/listening 127\.0\.0\.1:(\d+) {2}Test good/))
    const client = await connectTo(port)
    client.end('12345')
    await client.takeRest()
    const dead = await connectTo(Number(await running.says(/listening 127\.0\.0\.1:(\d+) {2}Test dead/)))
    await dead.ending

    const response = await fetch(url)
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    const text = await response.text()
    for (const line of [
      'nexthop_rule_listening{rule="Test good"} 1',
      'nexthop_rule_listening{rule="Test busy"} 0',
      'nexthop_connections_total{rule="Test good"} 1',
      'nexthop_connections_failed_total{rule="Test dead"} 1',
      'nexthop_bytes_total{rule="Test good",direction="up"} 5',
      'nexthop_hop_state{hop="The \\"dead\\" hop",state="down"} 1',
      'nexthop_engine_running 1',
    ]) {
      expect(text).toContain(`${line}\n`)
    }
    // Every line is a comment or a sample.
    expect(
      text.split('\n').filter((line) => !/^(# (HELP|TYPE) .+|\w+(\{.+\})? [\d.]+|)$/.test(line)),
    ).toEqual([])

    const health = url.replace('/metrics', '/healthz')
    const well = await fetch(health)
    expect(well.status).toBe(200)
    expect(await well.json()).toMatchObject({ status: 'ok', problems: [{ kind: 'hop-down' }] })
    await save({ ...config, rules: config.rules.map((rule) => ({ ...rule, enabled: true })) })
    await running.warns(/is in use by/)
    const ill = await fetch(health)
    expect(ill.status).toBe(503)
    expect(await ill.json()).toMatchObject({ status: 'failing' })
  })

  it('answers nobody but programs of this machine, and only to GET', async () => {
    const { running } = await serve('--metrics', '0')
    const url = await running.says(/^metrics (\S+)$/m)
    expect((await fetch(url, { method: 'POST' })).status).toBe(405)
    expect((await fetch(`${url}x`)).status).toBe(404)
    const { port } = new URL(url)
    const statusFor = async (host: string) => {
      const client = await connectTo(Number(port))
      client.socket.write(`GET /metrics HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
      return (await client.takeRest()).toString().slice(9, 12)
    }
    expect(await statusFor('evil.example')).toBe('403')
    // Through a tunnel, the port is another one.
    for (const host of ['localhost:1234', '127.0.0.1', '[::1]:9090', '192.0.2.1']) {
      expect(await statusFor(host)).toBe('200')
    }
  })

  it('says who has its port', async () => {
    const { port } = await managed(startEcho())
    const { running } = await serve('--metrics', String(port))
    expect(await running.ended).toBe(1)
    expect(running.stderr()).toContain(`127.0.0.1:${port} is in use by`)
  })
})

describe('nexthop serve --log-file', () => {
  it('writes the log as JSON lines', async () => {
    const folder = await managed(makeTempDir())
    const log = folder.file('nexthop.log')
    const { running } = await serve('--log-file', log, '--log-format', 'json')
    await listeningPort(running)
    running.signal('SIGTERM')
    expect(await running.ended).toBe(0)
    const lines = (await readFile(log, 'utf8')).trim().split('\n')
    const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(entries[0]).toMatchObject({ level: 'info', number: 1, at: expect.stringMatching(/Z$/) as string })
  })

  it('ends at once where the file can not be written, and says why', async () => {
    const folder = await managed(makeTempDir())
    await writeFile(folder.file('config.json'), '{"version": 1}')
    const { code, stdout, stderr } = await cli([
      ...['serve', '--config', folder.file('config.json'), '--port', '0', '--log-file', folder.path],
    ])
    expect(stderr).toBe(
      `nexthop: The log file ${folder.path} can not be written: it is a folder, not a file (EISDIR).\n`,
    )
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    const path = folder.file('none/x.log')
    const missing = await cli([
      ...['serve', '--config', folder.file('config.json'), '--port', '0', '--log-file', path],
    ])
    expect(missing).toMatchObject({ code: 1, stdout: '' })
    expect(missing.stderr).toBe(
      `nexthop: The log file ${path} can not be written: there is no such folder (ENOENT).\n`,
    )
  })

  it.each([
    [['--log-format', 'json'], '--log-file is missing'],
    [['--log-file', 'x', '--log-format', 'xml'], '--log-format must be text or json'],
    [['--log-file', 'x', '--log-keep', '-1'], '--log-keep must be a whole number from 0 to 1000'],
    [['--log-file', 'x', '--log-size', '0'], '--log-size must be a whole number from 1 to 10000'],
  ])('%j is wrong usage', async (args, message) => {
    const { code, stderr } = await cli(['serve', ...args])
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })
})
