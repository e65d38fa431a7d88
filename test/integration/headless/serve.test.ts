import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { cli, listeningPort, startCli } from '../../support/cli.ts'
import { makeConfig, makeHop } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { cannotDropRights } from '../../support/rights.ts'
import { startEcho } from '../../support/targets.ts'
import { freePort, startTcpServer } from '../../support/tcp-server.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { configFile, configText, serve } from '../../support/serve.ts'
import { until } from '../../support/until.ts'

describe('nexthop serve', () => {
  it('runs all rules of a config until it is asked to stop', async () => {
    const echo = await managed(startEcho())
    const { path } = await configFile(configText({ id: 'a', to: echo.port }, { id: 'b', to: echo.port }))
    const running = await serve(path)
    await running.says(/listening \S+ {2}Test b/)
    await running.says(/web http/)
    const client = await connectTo(await listeningPort(running))
    client.socket.write('x')
    expect(await client.takeText(1)).toBe('x')
    client.end()
    running.signal('SIGTERM')
    expect(await running.ended).toBe(0)
  })

  it('offers the demo where nothing is forwarded yet', async () => {
    const { path } = await configFile('{"version": 1}')
    const running = await serve(path)
    await running.says(
      /Nothing is forwarded yet\. For a first look, in another terminal: (npx )?nexthop demo/,
    )
  })

  it('refuses a named config with mistakes, all of them told, and leaves it as it is', async () => {
    const { path, dir } = await configFile('{"version": 1, "rulez": [], "settings": {"drainMs": -1}}')
    const { code, stdout, stderr } = await cli(['serve', '--config', path, '--port', '0'])
    expect(stderr.split('\n')).toEqual([
      `nexthop: ${path}:1:25: rulez: "rulez" is not a field here: check its spelling, or remove it`,
      `nexthop: ${path}:1:53: settings.drainMs: Drain time must be a whole number from 0 to 60000 ms`,
      '',
    ])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(await readdir(dir.path)).toEqual(['config.json'])
  })

  it('refuses a config that is not JSON, as other commands do, with its name and the place', async () => {
    const { path } = await configFile('{"version": 1,\n}')
    const stderr = `nexthop: ${path}:2:1: not JSON: there is a comma too much before "}"\n`
    for (const args of [
      ['serve', '--port', '0'],
      ['profile', 'list'],
      ['library', 'list'],
      ['explain', '--rule', 'x'],
    ]) {
      expect(await cli([...args, '--config', path])).toEqual({ code: 1, stdout: '', stderr })
    }
  })

  it('takes a name that stands there twice for a mistake, as "validate" does, at its start and later', async () => {
    const rule = { id: 'a', to: 1, listen: await freePort() }
    const twice = configText(rule).replace('"hops":[]', '"hops":[], "hops":[]')
    const { path, change } = await configFile(twice)
    const said = `${path}:1:25: hops: "hops" stands here a second time, and only the last one counts: leave one`
    const { code, stdout, stderr } = await cli(['serve', '--config', path, '--port', '0'])
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: `nexthop: ${said}\n` })
    expect((await cli(['validate', path])).stdout).toBe(`${said}\n`)
    await change(configText(rule))
    const running = await serve(path)
    await running.says(/listening \S+ {2}Test a/)
    await change(configText({ id: 'b', to: 1 }).replace('"hops":[]', '"hops":[], "hops":[]'))
    await running.warns(
      /error The changed config has 1 mistake, and what runs stays as it is\. \S+ hops: "hops"/,
    )
    const client = await connectTo(rule.listen)
    client.reset()
    expect(running.stdout()).not.toContain('Test b')
  })

  it('sets a broken config in the usual place aside, and says so', async ({ skip }) => {
    skip(process.platform === 'darwin', 'the usual place can not be moved there')
    const dir = await managed(makeTempDir())
    await mkdir(dir.file('nexthop'))
    await writeFile(dir.file('nexthop/config.json'), '{"version": ')
    const env = { XDG_CONFIG_HOME: dir.path, APPDATA: dir.path }
    const running = await managed(startCli(['serve', '--port', '0'], { env }))
    await running.warns(
      /could not be used, so Nexthop starts with an empty one\. The file is kept as .+broken-/,
    )
    await running.warns(
      /The file is not JSON: line 1, column 13: the file ends too early, where a value is expected/,
    )
    await running.says(/web http/)
    running.signal('SIGTERM')
    await running.ended
    expect(running.stdout()).not.toContain('Nothing is forwarded yet')
    expect(await readdir(dir.file('nexthop'))).toContainEqual(
      expect.stringMatching(/^config\.broken-.+\.json$/),
    )
  })

  it('says that a named config is not there, or can not be read', async () => {
    const { code, stderr } = await cli(['serve', '--config', '/nowhere.json'])
    expect(stderr).toBe(
      'nexthop: There is no config /nowhere.json: check its name, or start with a file that holds {"version": 1}.\n',
    )
    expect(code).toBe(1)
    const { dir } = await configFile('')
    const folder = await cli(['serve', '--config', dir.path, '--port', '0'])
    expect(folder.stderr).toContain(
      `Could not read the config ${dir.path}: it is a folder, not a file (EISDIR)`,
    )
    expect(folder.code).toBe(1)
  })

  it('says that a config is not readable by this user', async ({ skip }) => {
    skip(cannotDropRights !== undefined, cannotDropRights)
    const { path } = await configFile('{"version": 1}')
    await chmod(path, 0)
    const { code, stderr } = await cli(['serve', '--config', path, '--port', '0'], { unprivileged: true })
    expect(stderr).toContain('permission denied')
    expect(code).toBe(1)
  })

  it('starts the other rules where one can not listen, and says who holds its port', async () => {
    const other = await managed(startTcpServer())
    const { path } = await configFile(configText({ id: 'a', to: 1, listen: other.port }, { id: 'b', to: 1 }))
    const running = await serve(path)
    await running.says(/listening \S+ {2}Test b/)
    await running.warns(new RegExp(`127\\.0\\.0\\.1:${other.port} is in use by`))
    await running.says(
      new RegExp(
        `\nnot listening 127\\.0\\.0\\.1:${other.port} {2}Test a: 127\\.0\\.0\\.1:${other.port} is in use by .+\\.\n`,
      ),
    )
    await other.close()
    await running.says(new RegExp(`\nlistening 127\\.0\\.0\\.1:${other.port} {2}Test a\n`))
  })

  it('says when a rule listens no more, and for programs with a reason of its own', async () => {
    const { path, change } = await configFile(configText({ id: 'a', to: 1 }, { id: 'b', to: 1 }))
    const running = await serve(path, '--json')
    await running.says(/"event":"web"/)
    await change(configText({ id: 'a', to: 1, enabled: false }))
    await running.says(/"not-listening","address":"127\.0\.0\.1:0","reason":"off\.","rule":"Test a"\}\n/)
    await running.says(/"not-listening","address":"127\.0\.0\.1:0","reason":"off\.","rule":"Test b"\}\n/)
    running.signal('SIGTERM')
    await running.ended
    expect(running.stdout().match(/not-listening/g)).toHaveLength(2)
  })

  it('ends where the port of its web server is taken', async () => {
    const other = await managed(startTcpServer())
    const { path } = await configFile('{"version": 1}')
    const { code, stderr } = await cli(['serve', '--config', path, '--port', `${other.port}`])
    const holder = process.platform === 'linux' ? `\\S+ \\(pid ${process.pid}\\)` : '.+'
    const sentence = `127\\.0\\.0\\.1:${other.port} is in use by ${holder}\\. Stop that program, or choose another port: `
    expect(stderr).toMatch(new RegExp(`^nexthop: ${sentence}--port N\\.\\n$`))
    expect(code).toBe(1)
    const metrics = await cli(['serve', '--config', path, '--port', '0', '--metrics', `${other.port}`])
    expect(metrics.stderr).toMatch(new RegExp(`${sentence}--metrics N\\.\\n$`))
  })

  it('prints a new link on SIGUSR2, which voids the one before', async ({ skip }) => {
    skip(process.platform === 'win32', 'Windows has no such signal')
    const { path } = await configFile('{"version": 1}')
    const running = await serve(path)
    const first = await running.says(/web (http\S+)/)
    running.signal('SIGUSR2')
    const second = await until(
      'a second link',
      () => [...running.stdout().matchAll(/web (http\S+)/g)][1]?.[1],
    )
    expect((await fetch(first, { redirect: 'manual' })).status).toBe(403)
    expect((await fetch(second, { redirect: 'manual' })).status).toBe(303)
  })

  it.skipIf(process.platform === 'win32')(
    'warns once where others can read passwords in its config',
    async () => {
      const hops = [makeHop({ port: 1080, user: 'me', password: 'hunter2' })]
      const { path } = await configFile(JSON.stringify(makeConfig({ hops })))
      await chmod(path, 0o644)
      const warning = `Other users of this machine can read the config and its passwords: chmod 600 ${path}`
      const running = await serve(path)
      await running.says(/web http/)
      await running.warns(new RegExp(`warn {2}${warning}`))
      await running.close()
      expect(running.stderr().split(warning)).toHaveLength(2)
      await chmod(path, 0o600)
      const again = await serve(path)
      await again.says(/web http/)
      await again.close()
      expect(again.stderr()).not.toContain('Other users')
    },
  )

  it('warns where its web server is open to other machines', async () => {
    const { path } = await configFile('{"version": 1}')
    const running = await serve(path, '--host', '0.0.0.0')
    await running.warns(/warn {2}The web server is open to other machines, and HTTP is in clear/)
    expect(await running.says(/web (\S+)/)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/login\?token=[\w-]{43}$/)
  })
})
