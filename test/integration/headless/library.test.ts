import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { Config } from '../../../shared/model/config.ts'
import { cli } from '../../support/cli.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

async function prepare() {
  const dir = await managed(makeTempDir())
  const config = dir.file('config.json')
  const run = (...args: string[]) => cli([...args, '--config', config])
  const read = async () => JSON.parse(await readFile(config, 'utf8')) as Config
  return { dir, config, run, read }
}

describe('nexthop library', () => {
  it('lists sets, the user’s own too, and shows what one asks for', async () => {
    const { dir, run } = await prepare()
    await mkdir(dir.file('library'))
    const own = { nexthopSet: 1, id: 'mine', name: 'Mine', summary: 'My set' }
    await writeFile(dir.file('library/mine.json'), JSON.stringify(own))
    const { stdout } = await run('library', 'list')
    expect(stdout).toMatch(/^next-hop-proxy +Next-Hop Proxy\n/)
    expect(stdout).toMatch(/mine +Mine \(yours\)\n +My set\n$/)
    const shown = await run('library', 'show', 'next-hop-proxy')
    expect(shown.stdout).toContain('port         TCP proxy port (a port, 9102 if left out)')
    expect(shown.stdout).toContain('target       Destination (optional) (host:port, may be left out)')
  })

  it('adds a set, with new next hops and with one that is there', async () => {
    const { config, run, read } = await prepare()
    const target = ['--set', 'target=db.internal:5432']
    const hop = ['--set', 'hops=Office=socks5h://10.0.0.5:1080', '--set', 'hops=socks4a://10.0.0.6:1081']
    const dry = await run('library', 'apply', 'next-hop-proxy', ...hop, ...target, '--dry-run')
    expect(dry.stdout).toContain('was a dry run')
    await expect(readFile(config)).rejects.toThrow('ENOENT')
    const done = await run('library', 'apply', 'next-hop-proxy', ...hop, ...target)
    expect(done).toEqual({
      code: 0,
      stdout: [
        'added    Office',
        'added    10.0.0.6:1081',
        'added    SOCKS Next-Hop',
        'added    Next-Hop Proxy',
        'listens  127.0.0.1:9102  Next-Hop Proxy',
        `${config} is a new config`,
        '',
      ].join('\n'),
      stderr: '',
    })
    await run('library', 'apply', 'database-bastion', '--set', 'bastion=office', '--set', 'database=a:1')
    expect((await read()).rules.map(({ listen }) => listen)).toMatchObject([{ port: 9102 }, { port: 5432 }])
    expect((await read()).hops).toHaveLength(2)
  })

  it.each([
    [['library', 'apply', 'tor'], '--set target=HOST:PORT: Destination is missing'],
    [['library', 'apply', 'tor', '--set', 'x=1'], '--set must be NAME=VALUE, with one of: target, port, tor'],
    [['library', 'apply', 'next-hop-proxy', '--set', 'hops=ftp://x'], '--set hops: this is neither the name'],
    [['library', 'apply'], 'SET is missing'],
    [['library', 'wipe'], 'library takes list, show or apply'],
    [['profile', 'use'], 'NAME is missing'],
  ])('refuses %j', async (args, message) => {
    const { run } = await prepare()
    const { code, stderr } = await run(...args)
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })
})

describe('nexthop profile', () => {
  it('lists profiles and switches between them', async () => {
    const { config, run, read } = await prepare()
    const plain = makeConfig({
      hops: [makeHop({ port: 1080 })],
      rules: [
        makeRule({ id: 'a', listen: 1, to: 80 }),
        makeRule({ id: 'b', listen: 2, to: 80, enabled: false }),
      ],
    })
    const profiles = [
      { id: 'p', name: 'At home', ruleIds: ['a'] },
      { id: 'q', name: 'At the office', ruleIds: ['b'] },
    ]
    await writeFile(config, JSON.stringify({ ...plain, profiles }))
    expect(await run('profile', 'use', 'at the office')).toMatchObject({
      code: 0,
      stdout: 'At the office is in use\n',
    })
    expect((await read()).rules.map(({ enabled }) => enabled)).toEqual([false, true])
    expect((await run('profile', 'list')).stdout).toBe('  At home\n* At the office\n')
    const unknown = await run('profile', 'use', 'nowhere')
    expect(unknown).toMatchObject({ code: 1, stdout: '' })
    expect(unknown.stderr).toContain('There is no profile "nowhere"')
  })

  it('says that there is no such config', async () => {
    const { code, stdout, stderr } = await cli(['profile', 'list', '--config', '/nowhere.json'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('There is no config /nowhere.json')
  })
})
