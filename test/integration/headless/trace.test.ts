import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { cli, startCli, type RunningCli } from '../../support/cli.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startEcho } from '../../support/targets.ts'
import { freePort } from '../../support/tcp-server.ts'
import { makeTempDir, type TempDir } from '../../support/temp-dir.ts'
import { until } from '../../support/until.ts'

interface Served {
  readonly dir: TempDir
  readonly config: string
  readonly running: RunningCli
  /** Talks to the echo through a hop that works. */
  readonly talk: () => Promise<void>
  /** Connects through a hop that is not there. */
  readonly fail: () => Promise<void>
  readonly trace: (...args: string[]) => Promise<RunningCli>
}

async function serve(): Promise<Served> {
  const dir = await managed(makeTempDir())
  const echo = await managed(startEcho())
  const socks = await managed(startSocksServer())
  const [goodPort, badPort] = [await freePort(), await freePort()]
  const config = makeConfig({
    hops: [
      makeHop({ id: 'h1', name: 'Office', port: socks.port }),
      makeHop({ id: 'h2', name: 'Gone', port: await freePort(), retries: 1 }),
    ],
    rules: [
      makeRule({
        id: 'r1',
        name: 'Database',
        to: echo.port,
        listen: goodPort,
        route: { kind: 'hop', hopId: 'h1' },
      }),
      makeRule({ id: 'r2', name: 'Mail', to: 25, listen: badPort, route: { kind: 'hop', hopId: 'h2' } }),
    ],
    settings: { drainMs: 0 },
  })
  await writeFile(dir.file('config.json'), JSON.stringify(config))
  const running = await managed(startCli(['serve', '--config', dir.file('config.json'), '--port', '0']))
  await running.says(/web http/)
  await until('the control file is there', () => stat(dir.file('config.control.json')).catch(() => undefined))
  return {
    dir,
    config: dir.file('config.json'),
    running,
    talk: async () => {
      const client = await connectTo(goodPort)
      client.end('hello')
      await client.takeRest()
    },
    fail: async () => {
      await (
        await connectTo(badPort)
      ).ending
    },
    trace: (...args) => managed(startCli(['trace', '--config', dir.file('config.json'), ...args])),
  }
}

describe('nexthop trace', () => {
  it('follows connections, a line for each, and tells why one failed', async () => {
    const { talk, fail, trace } = await serve()
    const following = await trace()
    await following.warns(/Following connections/)
    await talk()
    await following.says(
      /Z Database, connection \S+, 127\.0\.0\.1:\d+ to 127\.0\.0\.1:\d+ via Office: fine, 5 B up, 5 B down, .*ended by the client\n/,
    )
    expect(following.stdout()).not.toContain('connect-hop')
    await fail()
    await following.says(/Mail, connection \S+, .* via Gone: failed/)
    await following.says(/connect-hop failed .*ECONNREFUSED/)
    const sentence = /nothing listens there\. Check that the proxy runs/g
    await following.says(new RegExp(sentence.source))
    expect(following.stdout().match(sentence)).toHaveLength(1)
    following.signal('SIGINT')
    expect(await following.ended).toBe(0)
    expect(following.stderr()).toBe('Following connections; Ctrl+C ends it.\n')
  })

  it('shows only what is asked for', async () => {
    const { talk, fail, trace } = await serve()
    const failed = await trace('--failed', '--json')
    const elsewhere = await trace('--client', '10.0.0.0/8')
    const ofRule = await trace('--rule', 'database', '--client', '127.0.0.0/8', '--stages')
    await elsewhere.warns(/Following/)
    await ofRule.warns(/Following/)
    // With --json it says nothing before the first connection.
    await until('the failing one is followed', async () => {
      await fail()
      return failed.stdout() !== ''
    })
    await talk()
    await ofRule.says(/\+.* relay .* first byte from the target/)
    const line = JSON.parse(failed.stdout().split('\n')[0] ?? '') as Record<string, unknown>
    expect(line).toMatchObject({
      event: 'trace',
      ruleName: 'Mail',
      hopName: 'Gone',
      closeReason: { failure: { code: 'hop-unreachable' } },
    })
    expect(line['cause']).toContain('nothing listens there')
    expect(failed.stdout()).not.toContain('Database')
    expect(ofRule.stdout()).not.toContain('Mail')
    expect(elsewhere.stdout()).toBe('')
    expect(elsewhere.stderr()).toBe('Following connections; Ctrl+C ends it.\n')
  })

  it.each([[], ['--json']])('ends when its reader has left: %j', async (...json) => {
    const { talk, config } = await serve()
    // As a shell pipes it; the status is that of the trace.
    const through = ['bash', '-c', 'set -o pipefail; "$@" | head -n 1', 'pipe']
    const following = await managed(startCli(['trace', '--config', config, ...json], { through }))
    let code: number | null | undefined
    void following.ended.then((ended) => (code = ended))
    await until('it has ended', async () => {
      await talk()
      return code !== undefined
    })
    expect(code).toBe(0)
    expect(following.stdout().trim().split('\n')).toHaveLength(1)
    expect(following.stderr()).not.toContain('EPIPE')
  })

  it('prints those that are kept', async () => {
    const { talk, fail, config } = await serve()
    await talk()
    await fail()
    await talk()
    const kept = (...args: string[]) => cli(['trace', '--kept', '--config', config, ...args])
    const all = await until('all are over', async () => {
      const lines = (await kept('--json')).stdout.trim().split('\n')
      const traces = lines.map((line) => JSON.parse(line) as { closedAt?: number })
      return traces.length === 3 && traces.every(({ closedAt }) => closedAt !== undefined) && traces
    })
    const times = all.map(({ closedAt = 0 }) => closedAt)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect((await kept('--failed', '--json')).stdout.split('\n')).toHaveLength(2)
    expect((await kept('--slow', '1min')).stdout).toBe('The server knows of no connection like that.\n')
    expect((await kept('--slow', '1min', '--json')).stdout).toBe('')
  })

  it('tells that the server has ended', async () => {
    const { running, trace, config } = await serve()
    const following = await trace()
    await following.warns(/Following/)
    running.signal('SIGTERM')
    expect(await following.ended).toBe(1)
    expect(following.stderr()).toContain('nexthop: The "nexthop serve" that was followed has ended.\n')
    await running.ended
    const { code, stderr } = await cli(['trace', '--config', config])
    expect(code).toBe(1)
    expect(stderr).toContain(`No "nexthop serve" runs on the config ${config}: start one with it`)
  })

  it('names what can not be', async () => {
    const { config } = await serve()
    const unknown = await cli(['trace', '--config', config, '--rule', 'Databse'])
    expect(unknown).toMatchObject({ code: 2 })
    expect(unknown.stderr).toContain('there is no port rule "Databse"; did you mean "Database"?')
    const network = await cli(['trace', '--config', config, '--client', '10.0.0'])
    expect(network.stderr).toContain('--client: Network "10.0.0" is not an address or a network')
    expect((await cli(['trace', '--slow', 'x'])).stderr).toContain('--slow must be a time like')
  })
})

describe('the control file', () => {
  it('is for this user alone, and goes with the server', async () => {
    const { dir, running } = await serve()
    const path = dir.file('config.control.json')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    running.signal('SIGTERM')
    expect(await running.ended).toBe(0)
    await expect(stat(path)).rejects.toThrow('ENOENT')
  })

  it('of a server that was killed is found to be stale, and removed', async () => {
    const { dir, running, config } = await serve()
    running.signal('SIGKILL')
    await running.ended
    expect((await cli(['trace', '--config', config])).stderr).toContain('No "nexthop serve" runs')
    await expect(stat(dir.file('config.control.json'))).rejects.toThrow('ENOENT')
  })

  it('that leads to something else is not believed', async () => {
    const { dir, running, config } = await serve()
    const path = dir.file('config.control.json')
    const info = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>
    await writeFile(path, JSON.stringify({ ...info, token: 'x'.repeat(43) }))
    expect((await cli(['trace', '--config', config])).stderr).toContain('No "nexthop serve" runs')
    running.signal('SIGTERM')
    await running.ended
  })
})

describe('nexthop capture', () => {
  it('records a rule until it is ended', async () => {
    const { dir, config, talk, fail } = await serve()
    const path = dir.file('out.pcapng')
    const args = ['capture', '--config', config, '--rule', 'Database']
    const recording = await managed(startCli([...args, '-o', path]))
    await recording.says(/recording "Database" into .*; Ctrl\+C ends it/)
    await talk()
    await fail()
    await until('packets are in the file', async () => (await readFile(path)).includes('hello'))
    recording.signal('SIGINT')
    expect(await recording.ended).toBe(0)
    expect(recording.stdout()).toMatch(
      /recorded \d\d packets of 1 connection, [\d.]+ kB, into .*: it was ended on request/,
    )
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    const short = await cli([...args, '-o', dir.file('short'), '--time', '0'])
    expect(short.stderr).toMatch(/ must be a time from 1s to 24h\nSee "nexthop capture --help"/)
    const again = await cli([...args, '-o', path])
    expect(again).toMatchObject({ code: 1, stdout: '' })
    expect(again.stderr).toContain(
      `The file ${path} is there already: choose another name, or overwrite it with --force`,
    )
    const forced = await cli([...args, '-o', path, '--force', '--time', '1', '--json'])
    expect(JSON.parse(forced.stdout.trim().split('\n')[1] ?? '')).toMatchObject({
      ...{ event: 'recorded', packets: 0, connections: 0, endedBy: 'time', file: path },
    })
    expect((await readFile(path)).readUInt32LE(0)).toBe(0x0a0d0d0a)
  })

  it('writes to stdout, and nothing else does', async () => {
    const { config, talk } = await serve()
    const args = ['capture', '--config', config, '--all', '-o', '-']
    const recording = await managed(startCli(args))
    await recording.warns(/recording all into stdout;/)
    await talk()
    await until('packets come out', () => recording.stdout().includes('hello'))
    recording.signal('SIGTERM')
    expect(await recording.ended).toBe(0)
    expect(recording.stdout()).not.toContain('record')
    await recording.warns(/recorded \d+ packets.* into stdout: /)
  })

  it('says what can not be recorded', async () => {
    const { dir, config } = await serve()
    const capture = (...args: string[]) => cli(['capture', '--config', config, ...args])
    expect((await capture('--all')).stderr).toContain('--output is missing')
    expect((await capture('-o', dir.file('x'))).stderr).toContain(
      'one of --rule NAME, --connection ID and --all',
    )
    const closed = await capture('-o', dir.file('x'), '--connection', '999')
    expect(closed.stderr).toContain('There is no such open connection')
    expect(closed.code).toBe(1)
    const folder = await capture('-o', '/no/such/folder/x', '--all')
    expect(folder.stderr).toContain('/no/such/folder/x can not be written: there is no such folder (ENOENT)')
  })

  it('leaves the file alone where recording can not begin', async () => {
    const { dir, config } = await serve()
    await writeFile(dir.file('kept'), 'mine')
    const args = ['capture', '--config', config, '--connection', '999']
    expect((await cli([...args, '-o', dir.file('kept'), '--force'])).code).toBe(1)
    expect(await readFile(dir.file('kept'), 'utf8')).toBe('mine')
    expect((await cli([...args, '-o', dir.file('new')])).code).toBe(1)
    await expect(stat(dir.file('new'))).rejects.toThrow('ENOENT')
  })

  it('leaves no recording behind where the file can not be opened', async () => {
    const { dir, config } = await serve()
    await cli(['capture', '--config', config, '--all', '-o', '/no/such/folder/x'])
    const files = await readdir(dir.path, { recursive: true })
    expect(files.filter((name) => name.endsWith('.pcapng'))).toEqual([])
  })

  it('tells that the server has ended', async () => {
    const { dir, config, running } = await serve()
    const recording = await managed(startCli(['capture', '--config', config, '--all', '-o', dir.file('x')]))
    await recording.says(/recording all/)
    running.signal('SIGKILL')
    expect(await recording.ended).toBe(1)
    expect(recording.stderr()).toContain('what was recorded until then is in the file')
  })
})
