import { readFile, stat, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { cli } from '../../support/cli.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
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
