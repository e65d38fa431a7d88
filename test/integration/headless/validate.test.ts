import { chmod, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { cli } from '../../support/cli.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { mustRun } from '../../support/process.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

async function fileWith(text: string): Promise<string> {
  const dir = await managed(makeTempDir())
  await writeFile(dir.file('config.json'), text)
  return dir.file('config.json')
}

describe('nexthop validate', () => {
  it('finds nothing wrong with a valid config', async () => {
    const path = await fileWith('{"version": 1}')
    expect(await cli(['validate', path])).toEqual({ code: 0, stdout: `${path} is valid\n`, stderr: '' })
  })

  it('tells every mistake with its place', async () => {
    const path = await fileWith('{\n  "version": 1,\n  "hops": [{ "id": "a b" }],\n  "rulez": []\n}\n')
    const { code, stdout, stderr } = await cli(['validate', path])
    expect(stdout.split('\n')).toEqual([
      `${path}:3:12: hops[0].name: "name" is missing`,
      `${path}:3:12: hops[0].host: "host" is missing`,
      `${path}:3:12: hops[0].port: "port" is missing`,
      `${path}:3:12: hops[0].version: "version" is missing`,
      `${path}:3:20: hops[0].id: Id must be 1 to 64 letters, digits, "-" or "_"`,
      `${path}:4:12: rulez: "rulez" is not a field here: check its spelling, or remove it`,
      '',
    ])
    expect({ code, stderr }).toEqual({ code: 1, stderr: `nexthop: ${path} has 6 mistakes\n` })
  })

  it('takes a name that stands there twice for a mistake, beside all others', async () => {
    const path = await fileWith(
      '{\n  "version": 1,\n  "hops": [{"id": "h"}],\n  "rules": [],\n  "hops": []\n}\n',
    )
    expect(await cli(['validate', path])).toMatchObject({
      code: 1,
      stdout: `${path}:5:3: hops: "hops" stands here a second time, and only the last one counts: leave one\n`,
    })
  })

  it('tells that a rule with conditions never unbinds', async () => {
    const route = { kind: 'hop', hopId: 'hop' } as const
    const rule = makeRule({ to: 1, onAllDown: 'unbind', conditions: [{ id: 'c', route, port: [443] }] })
    const config = makeConfig({
      hops: [makeHop({ port: 1080 })],
      rules: [rule, makeRule({ id: 'b', to: 1 })],
    })
    const path = await fileWith(JSON.stringify(config))
    const { code, stdout } = await cli(['validate', path])
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /:1:\d+: note: rules\[0\]\.onAllDown: with conditions, .* never stops listening\n\S+ is valid\n$/,
    )
  })

  it.runIf(process.platform !== 'win32')('tells that others can read passwords', async () => {
    const hops = [makeHop({ port: 1080, user: 'me', password: 'hunter2' })]
    const path = await fileWith(JSON.stringify(makeConfig({ hops })))
    await chmod(path, 0o640)
    const { code, stdout } = await cli(['validate', path])
    const place = /^\S+:1:\d+: note: hops\[0\]\.password: /
    expect(code).toBe(0)
    expect(stdout).toMatch(place)
    expect(stdout.replace(place, '')).toBe(
      `Other users of this machine can read the config and its passwords: chmod 600 ${path}\n${path} is valid\n`,
    )
    await chmod(path, 0o600)
    expect((await cli(['validate', path])).stdout).toBe(`${path} is valid\n`)
  })

  it('tells where a file stops being JSON', async () => {
    const path = await fileWith('{\n  "version": 1,\n}\n')
    expect(await cli(['validate', path])).toEqual({
      code: 1,
      stdout: `${path}:3:1: not JSON: there is a comma too much before "}"\n`,
      stderr: `nexthop: ${path} has 1 mistake\n`,
    })
  })

  it('tells so many mistakes as can be read, and counts the rest', async () => {
    const text = JSON.stringify({ version: 1, hops: Array.from({ length: 102 }, () => ({})) })
    const path = await fileWith(text)
    const { stdout, stderr } = await cli(['validate', path])
    const lines = stdout.trim().split('\n')
    const count = Number(/has (\d+) mistakes/.exec(stderr)?.[1])
    expect(count).toBeGreaterThan(101)
    expect(lines).toHaveLength(101)
    expect(lines.at(-1)).toBe(`and ${count - 100} more mistakes`)
    const json = (await cli(['validate', path, '--json'])).stdout.trim().split('\n')
    expect(JSON.parse(json.at(-1) ?? '')).toEqual({ event: 'more', file: path, count: count - 100 })
    for (const args of [
      ['serve', '--config', path],
      ['import', path, '--config', `${path}.new`],
    ]) {
      expect((await cli(args)).stderr).toMatch(new RegExp(`and ${count - 100} more mistakes\\.?\\n$`))
    }
  })

  it('prints JSON lines for programs', async () => {
    const path = await fileWith('{"version": 2}')
    const { code, stdout } = await cli(['validate', path, '--json'])
    expect(JSON.parse(stdout)).toEqual({
      event: 'mistake',
      file: path,
      line: 1,
      column: 13,
      path: ['version'],
      message: 'Version 2 is newer than this Nexthop, which knows up to 1: update Nexthop',
    })
    expect(code).toBe(1)
  })

  it('says why a file can not be read', async () => {
    const stderr = 'nexthop: The file /nowhere.json can not be read: there is no such file (ENOENT).\n'
    expect(await cli(['validate', '/nowhere.json'])).toEqual({ code: 1, stdout: '', stderr })
    const dir = await managed(makeTempDir())
    expect((await cli(['validate', dir.path])).stderr).toContain('it is a folder, not a file (EISDIR)')
  })

  it('reads from stdin, and from a pipe', async () => {
    const input = '{"version": 1}'
    expect(await cli(['validate', '-'], { input })).toEqual({
      code: 0,
      stdout: 'stdin is valid\n',
      stderr: '',
    })
    if (process.platform === 'win32') return
    const dir = await managed(makeTempDir())
    const path = dir.file('pipe')
    await mustRun('mkfifo', [path])
    const [{ stdout }] = await Promise.all([cli(['validate', path]), writeFile(path, input)])
    expect(stdout).toBe(`${path} is valid\n`)
  })

  it.runIf(process.platform !== 'win32')('reads no file that does not end', async () => {
    const stderr = 'nexthop: The file /dev/zero can not be read: it is longer than 64 MB.\n'
    expect(await cli(['validate', '/dev/zero'])).toEqual({ code: 1, stdout: '', stderr })
    const args = ['check', 'https://127.0.0.1:1', '--ca-file', '/dev/zero']
    expect((await cli(args)).stderr).toContain(
      'The CA file /dev/zero can not be read: it is longer than 64 MB.',
    )
  })
})
