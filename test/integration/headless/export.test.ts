import { chmod, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { cli } from '../../support/cli.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { cannotDropRights } from '../../support/rights.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

async function prepare() {
  const dir = await managed(makeTempDir())
  const config = makeConfig({
    hops: [makeHop({ port: 1080, user: 'ann', password: 'topsecret' })],
    rules: [
      makeRule({ listen: 9102, to: 5432 }),
      makeRule({ id: 'off', listen: 9103, to: 80, enabled: false }),
    ],
  })
  await writeFile(dir.file('config.json'), JSON.stringify(config))
  return { dir, config: dir.file('config.json') }
}

describe('nexthop export', () => {
  it('writes the config to stdout, and what is different or left out to stderr', async () => {
    const { config } = await prepare()
    const { code, stdout, stderr } = await cli(['export', '--format', 'v2ray', '--config', config])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ inbounds: [{ port: 9102, protocol: 'dokodemo-door' }] })
    expect(stdout + stderr).not.toContain('topsecret')
    expect(stderr.split('\n')).toEqual([
      'note     The password of "Test hop" is not in the file: put it in place of CHANGE-ME',
      'left out Port rule "Test off": it is switched off',
      '',
    ])
  })

  it('writes passwords only into a file that was asked for with them, for its owner alone', async () => {
    const { dir, config } = await prepare()
    const file = dir.file('v2ray.json')
    const args = ['export', '--format', 'v2ray', '--config', config, '--with-passwords', '--output', file]
    expect((await cli(args)).stdout).toBe(`${file} is written\n`)
    expect(await readFile(file, 'utf8')).toContain('topsecret')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  it('writes an export of our own, which can be imported', async () => {
    const { dir, config } = await prepare()
    const file = dir.file('export.json')
    await cli(['export', '--format', 'nexthop', '--config', config, '--output', file])
    const { stdout } = await cli(['import', file, '--config', dir.file('new.json')])
    expect(stdout).toContain('this is a Nexthop config\nadded    Test hop\n')
  })

  it('says that passwords stay behind', async () => {
    const { config } = await prepare()
    const { stderr } = await cli(['export', '--format', 'nexthop', '--config', config])
    expect(stderr).toContain('note     The password of "Test hop" is not in the export')
  })

  it('never replaces the config itself, and other files only where told to', async () => {
    const { dir, config } = await prepare()
    const before = await readFile(config, 'utf8')
    await symlink(config, dir.file('link.json'))
    const to = (...output: string[]) =>
      cli(['export', '--format', 'v2ray', '--config', config, '--output', ...output])
    for (const path of [config, dir.file('link.json')]) {
      const { code, stderr } = await to(path, '--force')
      expect(code).toBe(1)
      expect(stderr).toContain(`${path} is the config itself`)
    }
    expect(await readFile(config, 'utf8')).toBe(before)
    await writeFile(dir.file('other'), 'mine')
    await chmod(dir.file('other'), 0o644)
    expect((await to(dir.file('other'))).stderr).toContain('is there already')
    expect(await readFile(dir.file('other'), 'utf8')).toBe('mine')
    expect((await to(dir.file('other'), '--force')).code).toBe(0)
    expect((await stat(dir.file('other'))).mode & 0o777).toBe(0o600)
  })

  it.skipIf(cannotDropRights)('says that it may not write there', async () => {
    const { dir, config } = await prepare()
    await mkdir(dir.file('closed'))
    await chmod(dir.file('closed'), 0o000)
    const path = dir.file('closed/x.json')
    for (const force of [[], ['--force']]) {
      const args = ['export', '--format', 'v2ray', '--config', config, '--output', path, ...force]
      const { code, stdout, stderr } = await cli(args, { unprivileged: true })
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(
        new RegExp(
          `nexthop: The file ${path} can not be written: permission denied: .*EACCES.*; choose a file in`,
        ),
      )
    }
    await chmod(dir.file('closed'), 0o700)
  })

  it('exports no config that is not there', async () => {
    const { dir } = await prepare()
    for (const args of [['export', '--format', 'nexthop'], ['totals'], ['explain', '--rule', 'x']]) {
      const { code, stdout, stderr } = await cli([...args, '--config', dir.file('none.json')])
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toContain(`There is no config ${dir.file('none.json')}`)
    }
  })

  it('fails where no rule could be exported, and writes no file', async () => {
    const { dir, config } = await prepare()
    const file = dir.file('haproxy.cfg')
    const { code, stderr } = await cli([
      'export',
      '--format',
      'haproxy',
      '--config',
      config,
      '--output',
      file,
    ])
    expect(code).toBe(1)
    expect(stderr).toContain('left out Port rule "Test rule"')
    expect(stderr).toContain('Nothing is exported')
    await expect(stat(file)).rejects.toThrow('ENOENT')
  })

  it.each([
    [[], '--format is missing'],
    [['--format', 'squid'], '--format must be v2ray, haproxy or nexthop'],
    [['--format', 'nexthop', '--with-passwords'], '--with-passwords is for v2ray'],
  ])('refuses %j', async (args, message) => {
    const { config } = await prepare()
    const { code, stderr } = await cli(['export', ...args, '--config', config])
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })
})
