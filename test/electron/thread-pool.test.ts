import { readFile } from 'node:fs/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'

const name = 'UV_THREADPOOL_SIZE'

/** How many threads libuv is told to have, by a program that runs on this platform with this libuv. */
async function sizeOn(platform: string, uv: string, chosen?: string): Promise<string | undefined> {
  vi.stubEnv(name, chosen)
  vi.stubGlobal('process', { platform, versions: { uv }, env: process.env })
  vi.resetModules()
  await import('../../main/electron/thread-pool.ts')
  return process.env[name]
}

describe('the threads of libuv', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.unstubAllEnvs()
  })

  it.each([
    ['linux', '1.51.0', '32'],
    ['darwin', '1.51.0', '32'],
    ['win32', '1.51.0', undefined],
    ['win32', '1.52.1', '32'],
    ['win32', '2.0.0', '32'],
  ])('on %s with libuv %s are %s', async (platform, uv, size) => {
    expect(await sizeOn(platform, uv)).toBe(size)
  })

  it('are as many as the user says', async () => {
    expect(await sizeOn('linux', '1.52.1', '8')).toBe('8')
  })

  it('are chosen before anything else is imported', async () => {
    const entry = await readFile(new URL('../../main/electron/index.ts', import.meta.url), 'utf8')
    expect(/^import .*$/m.exec(entry)?.[0]).toBe("import './thread-pool.ts'")
  })
})
