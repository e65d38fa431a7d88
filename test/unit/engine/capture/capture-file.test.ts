import { chmod, open, readFile, stat, writeFile } from 'node:fs/promises'
import { constants } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openCaptureFile } from '../../../../main/engine/capture/capture-file.ts'
import { managed } from '../../../support/managed.ts'
import { mustRun } from '../../../support/process.ts'
import { makeTempDir } from '../../../support/temp-dir.ts'

const mode = async (path: string) => (await stat(path)).mode & 0o777

describe('the file of a recording', () => {
  it('is for this user alone, also where it was there before', async ({ skip }) => {
    skip(process.platform === 'win32', 'Windows has no modes')
    const dir = await managed(makeTempDir())
    const path = dir.file('out.pcapng')
    await writeFile(path, 'old', { mode: 0o644 })
    const file = await openCaptureFile(path, true)
    expect(file.write(Buffer.from('new'))).toBe(true)
    await file.close()
    expect(await readFile(path, 'utf8')).toBe('new')
    expect(await mode(path)).toBe(0o600)
  })

  it('leaves a pipe or device, as /dev/null, to everybody whose it is', async ({ skip }) => {
    skip(process.platform === 'win32', 'Windows has named pipes instead')
    const dir = await managed(makeTempDir())
    const path = dir.file('pipe')
    await mustRun('mkfifo', [path])
    await chmod(path, 0o666)
    // Whoever writes to a pipe waits for a reader.
    const reader = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const file = await openCaptureFile(path, true)
    await file.close()
    await reader.close()
    expect(await mode(path)).toBe(0o666)
  })
})
