import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { CaptureView } from '../../../shared/captures.ts'

// Where captures are kept: "captures" beside the config, for this user alone.

export interface CapturePlace {
  readonly id: string
  readonly filename: string
  readonly path: string
}

export interface CaptureFolder {
  newPlace(at: number): CapturePlace
  /** Of a file elsewhere that the user named. */
  placeOf(path: string): CapturePlace
  /** What earlier runs left. */
  list(): readonly CaptureView[]
  has(path: string): boolean
  /** True for files that may be deleted to make room. */
  owns(path: string): boolean
  remove(path: string): void
}

const pattern = /^nexthop-[\w-]+\.pcapng$/

export function createCaptureFolder(configPath: string): CaptureFolder {
  const folder = join(dirname(resolve(configPath)), 'captures')
  return {
    newPlace: (at) => {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const stamp = new Date(at).toISOString().replace(/\..*/, '').replaceAll(':', '-')
      const id = `${stamp}-${randomUUID().slice(0, 8)}`
      const filename = `nexthop-${id}.pcapng`
      return { id, filename, path: join(folder, filename) }
    },
    placeOf: (path) => ({ id: randomUUID(), filename: basename(path), path: resolve(path) }),
    list: () => names(folder).map((filename) => describe(folder, filename)),
    has: existsSync,
    owns: (path) => dirname(path) === folder,
    remove: (path) => {
      rmSync(path, { force: true })
    },
  }
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => pattern.test(name))
  } catch {
    // There is none yet.
    return []
  }
}

function describe(folder: string, filename: string): CaptureView {
  const path = join(folder, filename)
  const { size, birthtimeMs, mtimeMs } = statSync(path)
  return {
    id: filename.slice('nexthop-'.length, -'.pcapng'.length),
    filename,
    path,
    of: { kind: 'all' },
    startedAt: birthtimeMs,
    endedAt: mtimeMs,
    bytes: size,
    packets: 0,
    connections: 0,
  }
}
