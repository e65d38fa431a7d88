import { mkdir, readdir, realpath, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  controlPaths,
  isRunning,
  readControlFiles,
  removeControlFile,
  writeControlFile,
} from '../../../main/headless/control/control-file.ts'
import { managed } from '../../support/managed.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

const info = { pid: process.pid, url: 'http://127.0.0.1:7690', token: 't'.repeat(43) }

describe('the control file', () => {
  it('stands beside the config, or in the folder for what runs', () => {
    expect(controlPaths('/etc/nexthop.json', {})).toEqual(['/etc/nexthop.control.json'])
    // Two configs, two files.
    expect(controlPaths('/etc/nexthop.conf', {})).toEqual(['/etc/nexthop.conf.control'])
    expect(controlPaths('/etc/nexthop', {})).toEqual(['/etc/nexthop.control'])
    const [beside, second] = controlPaths('/etc/nexthop.json', { XDG_RUNTIME_DIR: '/run/user/1' })
    expect(beside).toBe('/etc/nexthop.control.json')
    expect(second).toMatch(/^\/run\/user\/1\/nexthop\/[0-9a-f]{16}\.json$/)
    expect(controlPaths('/etc/other.json', { XDG_RUNTIME_DIR: '/run/user/1' })[1]).not.toBe(second)
  })

  it('is beside the real config, whatever links lead there, and beside the link', async () => {
    const dir = await managed(makeTempDir())
    const folder = await realpath(dir.path)
    await mkdir(dir.file('real'))
    await symlink(dir.file('real'), dir.file('folder'))
    // Before there is a config, and after.
    const real = join(folder, 'real/a.control.json')
    expect(controlPaths(dir.file('folder/a.json'), {})).toEqual([real, dir.file('folder/a.control.json')])
    await writeFile(dir.file('real/a.json'), '{}')
    await symlink(dir.file('real/a.json'), dir.file('link.json'))
    expect(controlPaths(join(folder, 'real/a.json'), {})).toEqual([real])
    for (const name of ['folder/a', 'link']) {
      expect(controlPaths(dir.file(`${name}.json`), {})).toEqual([real, dir.file(`${name}.control.json`)])
    }
  })

  it('is written whole, for this user alone, and read again', async () => {
    const dir = await managed(makeTempDir())
    const paths = [dir.file('a.control.json')]
    expect(writeControlFile(paths, info)).toBe(paths[0])
    expect(readControlFiles(paths)).toEqual([{ path: paths[0], info }])
    expect((await stat(dir.file('a.control.json'))).mode & 0o777).toBe(0o600)
    expect(await readdir(dir.path)).toEqual(['a.control.json'])
  })

  it('goes to the second place where the first can not be written', async () => {
    const dir = await managed(makeTempDir())
    // Not even by root.
    await writeFile(dir.file('locked'), 'no folder')
    const paths = [dir.file('locked/a.json'), dir.file('run/b.json')]
    expect(writeControlFile(paths, info)).toBe(paths[1])
  })

  it('is nowhere where no place can be written', () => {
    expect(writeControlFile(['/dev/null/nexthop/a.json'], info)).toBeUndefined()
  })

  it('is not read where it is something else', async () => {
    const dir = await managed(makeTempDir())
    for (const text of ['', 'x', '{}', JSON.stringify({ ...info, url: 'http://evil.example/path' })]) {
      await writeFile(dir.file('a.json'), text)
      expect(readControlFiles([dir.file('a.json')])).toEqual([])
    }
  })

  it('is removed only by the one whose it is', async () => {
    const dir = await managed(makeTempDir())
    const path = dir.file('a.json')
    writeControlFile([path], info)
    removeControlFile(path, 'another')
    expect(readControlFiles([path])).toHaveLength(1)
    removeControlFile(path, info.token)
    expect(readControlFiles([path])).toEqual([])
  })

  it('tells a process that is there from one that is not', () => {
    expect(isRunning(process.pid)).toBe(true)
    expect(isRunning(2 ** 22 + 7)).toBe(false)
  })
})
