import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { cli } from '../../support/cli.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { cannotDropRights } from '../../support/rights.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

const xray = {
  dns: {},
  inbounds: [
    {
      tag: 'db',
      listen: '127.0.0.1',
      port: 9102,
      protocol: 'dokodemo-door',
      settings: { address: 'db.internal', port: 5432 },
    },
  ],
  outbounds: [
    {
      tag: 'office',
      protocol: 'socks',
      settings: {
        servers: [{ address: '10.0.0.5', port: 1080, users: [{ user: 'ann', pass: 'topsecret' }] }],
      },
    },
  ],
}

async function prepare() {
  const dir = await managed(makeTempDir())
  await writeFile(dir.file('xray.json'), JSON.stringify(xray))
  return {
    dir,
    file: dir.file('xray.json'),
    config: dir.file('config.json'),
    backups: dir.file('config.backups'),
  }
}

describe('nexthop import', () => {
  it('takes a config over, says what it left out, and does it once', async () => {
    const { file, config, backups } = await prepare()
    const first = await cli(['import', file, '--config', config])
    expect(first).toEqual({
      code: 0,
      stdout: [
        'this is a V2Ray or Xray config',
        'added    office',
        'added    db',
        'listens  127.0.0.1:9102  db',
        'left out the section "dns"',
        `${config} is a new config`,
        '',
      ].join('\n'),
      stderr: '',
    })
    const saved = JSON.parse(await readFile(config, 'utf8')) as { rules: { name: string }[] }
    expect(saved.rules.map(({ name }) => name)).toEqual(['db'])
    expect((await cli(['validate', config])).code).toBe(0)
    const again = await cli(['import', file, '--config', config])
    expect(again.stdout).toContain(`${config} has all of it already`)
    await expect(readdir(backups)).rejects.toThrow('ENOENT')
    const before = await readFile(config, 'utf8')
    await writeFile(file, 'ssh -D 1080 -L 9103:db.internal:5432 bastion')
    expect((await cli(['import', file, '--config', config])).stdout).toContain(`${config} is changed`)
    const [backup = ''] = await readdir(backups)
    expect(await readFile(`${backups}/${backup}`, 'utf8')).toBe(before)
  })

  it('changes nothing in a dry run, and speaks JSON', async () => {
    const { file, config } = await prepare()
    const { code, stdout } = await cli(['import', file, '--config', config, '--dry-run', '--json'])
    expect(code).toBe(0)
    const lines = stdout.trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual([
      'format',
      'added',
      'added',
      'listens',
      'unmapped',
      'done',
    ])
    expect(stdout).not.toContain('topsecret')
    await expect(readFile(config)).rejects.toThrow('ENOENT')
  })

  it('takes a Nexthop config for what it is, though it names ssh', async () => {
    const { file, config } = await prepare()
    const rule = makeRule({
      to: 80,
      listen: 9102,
      conditions: [{ id: 'c', protocol: ['ssh'], route: { kind: 'block' } }],
    })
    const own = makeConfig({ hops: [makeHop({ port: 1080 })], rules: [rule] })
    await writeFile(file, JSON.stringify(own, undefined, 2))
    const { code, stdout } = await cli(['import', file, '--config', config])
    expect(code).toBe(0)
    expect(stdout).toContain('this is a Nexthop config\nadded    Test hop\nadded    Test rule\n')
  })

  it('fails where nothing can be imported, and leaves the config alone', async () => {
    const { file, config } = await prepare()
    await writeFile(file, 'ssh me@host\nfoo\nbar\n')
    const { code, stdout, stderr } = await cli(['import', file, '--config', config])
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'nexthop: Nothing is imported, for there is no next hop, list, port rule or condition that can be\n',
    })
    expect(stdout).toBe(
      'this is a list of ssh commands\n' +
        'left out ssh me@host: it forwards nothing (no -L, no -D)\n' +
        'left out Lines 2 and 3: they are no ssh and no gost commands that forward\n',
    )
    await expect(readFile(config)).rejects.toThrow('ENOENT')
  })

  it('refuses what it does not know, and files that are not there', async () => {
    const { file, config } = await prepare()
    await writeFile(file, 'topsecret')
    const unknown = await cli(['import', file, '--config', config])
    expect(unknown.code).toBe(1)
    expect(unknown.stderr).toContain('it is not of a program that can be imported')
    expect(unknown.stderr).not.toContain('topsecret')
    const missing = await cli(['import', `${file}.gone`, '--config', config])
    expect(missing).toMatchObject({ code: 1, stdout: '' })
    expect(missing.stderr).toBe(
      `nexthop: The file ${file}.gone can not be read: there is no such file (ENOENT).\n`,
    )
    const empty = await cli(['import', '-', '--config', config], { input: '\n' })
    expect(empty).toMatchObject({ code: 1, stderr: 'nexthop: Stdin is empty: there is nothing to import.\n' })
    const bare = await cli(['import', 'nofile', '--config', config])
    expect(bare.stderr).toContain('The file nofile can not be read')
  })

  it.skipIf(cannotDropRights)('tells no change that could not be saved', async () => {
    const { dir, file } = await prepare()
    const config = dir.file('closed/good.json')
    await mkdir(dir.file('closed'))
    await writeFile(config, JSON.stringify(makeConfig({ hops: [makeHop({ port: 1080 })] })))
    await chmod(dir.file('closed'), 0o500)
    const { code, stdout, stderr } = await cli(['import', file, '--config', config], { unprivileged: true })
    await chmod(dir.file('closed'), 0o700)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    const why = 'permission denied: check who owns the file and its folder (EACCES)'
    expect(stderr).toBe(
      `nexthop: No backup of the config could be written: ${why}\n` +
        `nexthop: Could not save the config to ${config}: ${why}. Nothing was changed.\n`,
    )
  })
})
