import { chmod, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { canShowWireshark, findWireshark } from '../../../main/app/captures/wireshark.ts'
import { managed } from '../../support/managed.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

async function folderWithWireshark() {
  const dir = await managed(makeTempDir())
  await writeFile(dir.file('wireshark'), '#!/bin/sh\n')
  await chmod(dir.file('wireshark'), 0o700)
  return dir
}

describe.skipIf(process.platform === 'win32')('Wireshark', () => {
  it('is looked for on PATH, and can be shown where there is a desktop', async () => {
    const dir = await folderWithWireshark()
    const on = (env: Readonly<Record<string, string>>) => ({ platform: 'linux', env })
    expect(findWireshark(on({ PATH: `/nowhere:${dir.path}` }))).toBe(dir.file('wireshark'))
    expect(canShowWireshark(on({ PATH: dir.path, DISPLAY: ':0' }))).toBe(true)
    expect(canShowWireshark(on({ PATH: dir.path, WAYLAND_DISPLAY: 'wayland-0' }))).toBe(true)
    expect(canShowWireshark(on({ PATH: dir.path }))).toBe(false)
    expect(canShowWireshark(on({ PATH: '/nowhere', DISPLAY: ':0' }))).toBe(false)
  })

  it('is none where the file is no program', async () => {
    const dir = await managed(makeTempDir())
    await writeFile(dir.file('wireshark'), 'text', { mode: 0o600 })
    // Root may read everything, but runs only what is marked to be run.
    expect(findWireshark({ platform: 'linux', env: { PATH: dir.path } })).toBeUndefined()
  })
})
