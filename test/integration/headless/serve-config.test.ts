import { chmod, open, readdir, rm, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { startCli } from '../../support/cli.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { mustRun } from '../../support/process.ts'
import { cannotDropRights } from '../../support/rights.ts'
import { startEcho } from '../../support/targets.ts'
import { freePort } from '../../support/tcp-server.ts'
import { configFile, configText, serve } from '../../support/serve.ts'
import { until } from '../../support/until.ts'

describe('the usual port of the web UI', () => {
  it('is missed in the log where it is taken, with who has it', async () => {
    // Somebody else may have it here already.
    const taker = await startEcho({ port: 7690 }).catch(() => undefined)
    if (taker) await managed(Promise.resolve(taker))
    const { path } = await configFile('{"version": 1}')
    const running = await managed(startCli(['serve', '--config', path]))
    const port = await running.says(/web http:\/\/127\.0\.0\.1:(\d+)/)
    expect(port).not.toBe('7690')
    await running.warns(
      new RegExp(`warn +127\\.0\\.0\\.1:7690 is in use by .+: the web UI is on ${port} instead\\.\\n`),
    )
  })
})

/** A config with a hop whose password comes from a pipe. */
async function passwordPipe() {
  const { path, dir, change } = await configFile('{"version": 1}')
  const pipe = dir.file('password')
  await mustRun('mkfifo', [pipe])
  const hops = [makeHop({ port: 1080, user: 'me', passwordFrom: { file: pipe } })]
  await change(JSON.stringify(makeConfig({ hops })))
  return { path, change, pipe, hops }
}

describe('the config of "nexthop serve" while it runs', () => {
  it('reads a changed config on SIGHUP, and leaves the rest alone', async ({ skip }) => {
    skip(process.platform === 'win32', 'Windows has no such signal')
    const echo = await managed(startEcho())
    const rule = { id: 'a', to: echo.port, listen: await freePort() }
    const { path, change } = await configFile(configText(rule))
    const running = await serve(path)
    await running.says(/web http/)
    const client = await connectTo(rule.listen)
    await change(configText(rule, { id: 'b', to: echo.port }))
    running.signal('SIGHUP')
    await running.says(/listening \S+ {2}Test b/)
    client.socket.write('still here')
    expect(await client.takeText(10)).toBe('still here')
  })

  it('takes a SIGHUP as soon as it tells where it listens', async ({ skip }) => {
    skip(process.platform === 'win32', 'Windows has no such signal')
    const { path } = await configFile(configText({ id: 'a', to: 1 }))
    const running = await serve(path)
    await running.says(/listening /)
    running.signal('SIGHUP')
    await running.warns(/is fine, and says nothing new\./)
    await running.says(/web http/)
    running.signal('SIGTERM')
    expect(await running.ended).toBe(0)
  })

  it('takes over a changed file by itself', async () => {
    const { path, change } = await configFile('{"version": 1}')
    const running = await serve(path)
    await running.says(/web http/)
    await change(configText({ id: 'b', to: 1 }))
    await running.says(/listening \S+ {2}Test b/)
  })

  it('warns once where its file is gone, and names the rules that a new one removes', async () => {
    const rule = { id: 'a', to: 1, listen: await freePort() }
    const { path, change } = await configFile(configText(rule))
    const running = await serve(path)
    await running.says(/web http/)
    // The first look at the file has to be over, or it was never seen.
    await change(configText(rule, { id: 'b', to: 1 }))
    await running.says(/listening \S+ {2}Test b/)
    await rm(path)
    await running.warns(/warn +The config \S+config\.json is gone, and what runs stays as it is\./)
    await change('{"version": 1}')
    await running.warns(/info +Test a: removed\.\n/)
    await running.warns(/info +Test b: removed\.\n/)
    expect(running.stderr().match(/ is gone/g)).toHaveLength(1)
    await expect(connectTo(rule.listen)).rejects.toThrow('ECONNREFUSED')
  })

  it('answers each SIGHUP, and says that a file is fine again', async ({ skip }) => {
    skip(process.platform === 'win32', 'Windows has no such signal')
    const text = configText({ id: 'a', to: 1 })
    const { path, change } = await configFile(text)
    const running = await serve(path)
    await running.says(/web http/)
    const answers = (sentence: string) => running.stderr().split(sentence).length - 1
    const isFine = `info  The config ${path} is fine, and says nothing new.`
    running.signal('SIGHUP')
    await until('an answer', () => answers(isFine) === 1)
    await change('{"version": 1, "rulez": []}')
    await running.warns(/error The changed config has 1 mistake/)
    await change(text)
    await until('it is fine again', () => answers(isFine) === 2)
    await rm(path)
    await running.warns(/warn +The config \S+ is gone/)
    running.signal('SIGHUP')
    await running.warns(/warn +The config \S+ is not there, and what runs stays as it is\./)
    await change(text)
    await until('it is there again', () => answers(isFine) === 3)
  })

  it('says that a file may be read again', async ({ skip }) => {
    skip(cannotDropRights !== undefined, cannotDropRights)
    const { path } = await configFile(configText({ id: 'a', to: 1 }))
    const running = await managed(
      startCli(['serve', '--config', path, '--port', '0'], { unprivileged: true }),
    )
    await running.says(/web http/)
    await chmod(path, 0)
    await running.warns(/permission denied/)
    await chmod(path, 0o600)
    await running.warns(/is fine, and says nothing new\./)
  })

  it('tells of a rule that moves only where it listens then', async () => {
    const rule = { id: 'a', to: 1, listen: await freePort() }
    const { path, change } = await configFile(configText(rule))
    const running = await serve(path)
    await running.says(/web http/)
    const listen = await freePort()
    await change(configText({ ...rule, listen }))
    await running.says(new RegExp(`\nlistening 127\\.0\\.0\\.1:${listen} {2}Test a\n`))
    expect(running.stdout()).not.toContain('not listening')
  })

  it('reports a changed file that is broken, and goes on as before', async () => {
    const echo = await managed(startEcho())
    const rule = { id: 'a', to: echo.port, listen: await freePort() }
    const { path, dir, change } = await configFile(configText(rule))
    const running = await serve(path)
    await running.says(/web http/)
    await change('{"version": 1, "rulez": []}')
    await running.warns(
      /error The changed config has 1 mistake, and what runs stays as it is\. \S+config\.json:1:25: rulez: "rulez" is not a field here: check its spelling, or remove it\.\n/,
    )
    expect(running.stderr().match(/ error /g)).toHaveLength(1)
    const client = await connectTo(rule.listen)
    client.socket.write('x')
    expect(await client.takeText(1)).toBe('x')
    expect((await readdir(dir.path)).sort()).toEqual(['config.control.json', 'config.json'])
    await change(configText(rule, { id: 'b', to: echo.port }))
    await running.says(/listening \S+ {2}Test b/)
  })

  it('does not wait for a second password from a pipe that gave one', async ({ skip }) => {
    skip(process.platform === 'win32', 'Windows has no such files')
    const { path, change, pipe, hops } = await passwordPipe()
    const [running] = await Promise.all([serve(path), writeFile(pipe, 'hunter2\n')])
    await running.says(/web http/)
    running.signal('SIGHUP')
    await running.warns(/is fine, and says nothing new\./)
    const rules = [makeRule({ name: 'Test b', to: 1, route: { kind: 'direct' } })]
    await change(JSON.stringify(makeConfig({ hops, rules })))
    await running.says(/listening \S+ {2}Test b/)
    running.signal('SIGTERM')
    expect(await running.ended).toBe(0)
    expect(running.stderr()).not.toContain('is not available')
  })

  it('ends while it waits for a password from a pipe', async ({ skip }) => {
    skip(process.platform === 'win32', 'Windows has no such files')
    const { path, pipe } = await passwordPipe()
    const running = await serve(path)
    // A writer waits for who reads.
    const writer = await open(pipe, 'w')
    running.signal('SIGTERM')
    expect(await running.ended).toBe(0)
    await writer.close()
    expect(running.stderr()).toContain(`${pipe} can not be read: Nexthop is closing.`)
  })
})
