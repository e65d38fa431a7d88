import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TempDir {
  readonly path: string
  file(name: string): string
  close(): Promise<void>
}

/** A folder of its own for one test; `close` removes it with all that is in it. */
export async function makeTempDir(): Promise<TempDir> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'nexthop-test-')))
  return {
    path,
    file: (name) => join(path, name),
    close: () => rm(path, { recursive: true, force: true, maxRetries: 3 }),
  }
}
