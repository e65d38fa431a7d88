import { writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { cli } from '../../support/cli.ts'
import { managed } from '../../support/managed.ts'
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

  it('tells where a file stops being JSON', async () => {
    const path = await fileWith('{\n  "version": 1,\n}\n')
    expect(await cli(['validate', path])).toEqual({
      code: 1,
      stdout: `${path}:3:1: not JSON: there is a comma too much before "}"\n`,
      stderr: `nexthop: ${path} has 1 mistake\n`,
    })
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
    const stderr = 'nexthop: /nowhere.json can not be read: there is no such file (ENOENT).\n'
    expect(await cli(['validate', '/nowhere.json'])).toEqual({ code: 1, stdout: '', stderr })
    const dir = await managed(makeTempDir())
    expect((await cli(['validate', dir.path])).stderr).toContain('it is a folder, not a file (EISDIR)')
  })
})
