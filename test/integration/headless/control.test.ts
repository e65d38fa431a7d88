import { copyFile, mkdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { controlPaths } from '../../../main/headless/control/control-file.ts'
import { cli, startCli } from '../../support/cli.ts'
import { makeConfig, makeRule } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { startEcho } from '../../support/targets.ts'
import { freePort, startTcpServer } from '../../support/tcp-server.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { until } from '../../support/until.ts'

// How commands find the server that runs, when not all is well.

async function prepare(settings: object = {}) {
  const dir = await managed(makeTempDir())
  const echo = await managed(startEcho())
  const rule = makeRule({
    id: 'r',
    name: 'Echo',
    to: echo.port,
    listen: await freePort(),
    route: { kind: 'direct' },
  })
  const config = dir.file('config.json')
  await writeFile(
    config,
    JSON.stringify(makeConfig({ rules: [rule], settings: { drainMs: 0, ...settings } })),
  )
  const control = dir.file('config.control.json')
  const pretend = (at: number) =>
    writeFile(
      control,
      JSON.stringify({ pid: process.pid, url: `http://127.0.0.1:${at}`, token: 'x'.repeat(43) }),
    )
  const serve = () => managed(startCli(['serve', '--config', config, '--port', '0']))
  const published = () => until('the control file is there', () => stat(control).catch(() => undefined))
  return { dir, config, control, pretend, serve, published }
}

describe('a control file that leads to a server that is silent', () => {
  it('does not hang a server that starts', async () => {
    const { control, pretend, serve } = await prepare()
    const silent = await managed(startTcpServer())
    await pretend(silent.port)
    const running = await serve()
    await running.says(/web http/)
    expect(await readFile(control, 'utf8')).not.toContain('xxx')
    running.signal('SIGTERM')
    expect(await running.ended).toBe(0)
  })

  it('does not keep such a server from ending', async () => {
    const { pretend, serve } = await prepare()
    const silent = await managed(startTcpServer())
    await pretend(silent.port)
    const running = await serve()
    await silent.nextPeer()
    running.signal('SIGTERM')
    expect(await running.ended).toBe(0)
  })

  it('is told of by commands, after a while', async () => {
    const { config, pretend, control } = await prepare()
    const silent = await managed(startTcpServer())
    await pretend(silent.port)
    const { code, stderr } = await cli(['trace', '--config', config])
    expect(code).toBe(1)
    expect(stderr).toContain(
      `The "nexthop serve" at http://127.0.0.1:${silent.port} (process ${process.pid}) says nothing`,
    )
    expect(stderr).toContain(`remove ${control}`)
  })
})

it('finds a control file stale whose port speaks another protocol now', async () => {
  const { config, control, pretend } = await prepare()
  const other = await managed(startTcpServer((peer) => void peer.write('SSH-2.0-OpenSSH_9.9\r\n')))
  await pretend(other.port)
  const { code, stderr } = await cli(['trace', '--config', config])
  expect(code).toBe(1)
  expect(stderr).toContain('No "nexthop serve" runs')
  await expect(stat(control)).rejects.toThrow('ENOENT')
})

describe('a second server on the same config', () => {
  it('ends at once and says who runs it, and the first goes on as before', async () => {
    const { config, control, serve, published } = await prepare()
    const first = await serve()
    const url = await first.says(/web (http:\/\/[^/]+)/)
    await published()
    const before = await readFile(control, 'utf8')
    const { code, stdout, stderr } = await cli(['serve', '--config', config, '--port', '0'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toBe(
      `nexthop: A "nexthop serve" runs on the config ${config} already: process ${first.pid}, at ${url}. End that one ` +
        'first, or name another config with --config FILE. For a link to its web UI, press Enter in its terminal or send it ' +
        'SIGUSR2.\n',
    )
    expect(await readFile(control, 'utf8')).toBe(before)
    expect((await cli(['trace', '--kept', '--config', config])).code).toBe(0)
  })

  it('is found out by another name of the config, and behind a stale control file', async () => {
    const { dir, config, control, pretend, serve, published } = await prepare()
    await serve()
    await published()
    const run = dir.file('run')
    const link = dir.file('link.json')
    await symlink(config, link)
    const second = await cli(['serve', '--config', link, '--port', '0'])
    expect(second.stderr).toContain(`runs on the config ${link} already`)
    // As if the folder had become read-only since an earlier one was killed.
    const place = controlPaths(config, { XDG_RUNTIME_DIR: run })[1] ?? ''
    await mkdir(dirname(place), { recursive: true })
    await rename(control, place)
    await pretend(await freePort())
    const third = await cli(['serve', '--config', config, '--port', '0'], { env: { XDG_RUNTIME_DIR: run } })
    expect(third.stderr).toContain(`runs on the config ${config} already`)
  })

  it('is found out after the link that the config is has come to lead elsewhere', async () => {
    const { dir, config, serve: _, published } = await prepare()
    await mkdir(dir.file('next'))
    await copyFile(config, dir.file('next/config.json'))
    const link = dir.file('link.json')
    await symlink(config, link)
    const first = await managed(startCli(['serve', '--config', link, '--port', '0']))
    await first.says(/web http/)
    await published()
    // As package managers, deployments and Kubernetes renew a config.
    await symlink(dir.file('next/config.json'), dir.file('new.json'))
    await rename(dir.file('new.json'), link)
    expect((await cli(['trace', '--kept', '--config', link])).stderr).toBe('')
    const next = dir.file('next/config.json')
    const control = dir.file('next/config.control.json')
    await until('it follows the link', () => stat(control).catch(() => undefined))
    const second = await cli(['serve', '--config', next, '--port', '0'])
    expect(second.stderr).toContain(`runs on the config ${next} already`)
    first.signal('SIGTERM')
    expect(await first.ended).toBe(0)
    await expect(stat(control)).rejects.toThrow('ENOENT')
    await expect(stat(dir.file('link.control.json'))).rejects.toThrow('ENOENT')
  })

  it('is found out after the folder of the config was made anew', async ({ skip }) => {
    skip(process.platform === 'win32', 'Windows has no such signal')
    const { dir, config } = await prepare()
    const folder = dir.file('etc')
    const path = dir.file('etc/config.json')
    const makeFolder = async () => {
      await mkdir(folder)
      await copyFile(config, path)
    }
    await makeFolder()
    const first = await managed(startCli(['serve', '--config', path, '--port', '0']))
    await first.says(/web http/)
    // The first look at the file has to be over, or it was never seen.
    first.signal('SIGHUP')
    await first.warns(/is fine/)
    await rm(folder, { recursive: true })
    await first.warns(/is gone, and what runs stays/)
    // Nothing of the server is in the way.
    await makeFolder()
    await until('it is told again', () => stat(dir.file('etc/config.control.json')).catch(() => undefined))
    const second = await cli(['serve', '--config', path, '--port', '0'])
    expect(second.stderr).toContain(`runs on the config ${path} already`)
  })

  it('starts where the first was killed, or has ended', async () => {
    const { config, serve, published } = await prepare()
    const first = await serve()
    await published()
    first.signal('SIGKILL')
    await first.ended
    const second = await serve()
    await second.says(/listening/)
    await second.says(/web http/)
    second.signal('SIGTERM')
    expect(await second.ended).toBe(0)
    const third = await serve()
    await third.says(/web http/)
    expect((await cli(['trace', '--kept', '--config', config])).code).toBe(0)
  })

  it('is none where it serves another config', async () => {
    const { dir, serve, published } = await prepare()
    await serve()
    await published()
    const other = dir.file('other.json')
    await writeFile(other, '{"version": 1}')
    const second = await managed(startCli(['serve', '--config', other, '--port', '0']))
    await second.says(/web http/)
  })
})

it('says beforehand where only long connections can be traced', async () => {
  const { config, serve, published } = await prepare({ closedConnectionsKept: 0 })
  await serve()
  await published()
  const following = await managed(startCli(['trace', '--config', config]))
  await following.warns(/closedConnectionsKept is 0/)
})

it('ends a capture whose terminal was closed', async () => {
  const { dir, config, serve, published } = await prepare()
  await serve()
  await published()
  const recording = await managed(
    startCli(['capture', '--config', config, '--all', '-o', dir.file('x.pcapng')]),
  )
  await recording.says(/recording all/)
  recording.signal('SIGHUP')
  expect(await recording.ended).toBe(0)
})
