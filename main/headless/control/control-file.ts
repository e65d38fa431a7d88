import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import * as v from 'valibot'

// How commands find the "nexthop serve" that runs on a config: it leaves a file that says where it is and holds a secret.
// The file is for this user alone (mode 0600), so whoever can read it could read the config as well.

const controlSchema = v.object({
  pid: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  /** The origin of its web server. */
  url: v.pipe(v.string(), v.regex(/^http:\/\/[\w.:[\]-]+$/)),
  token: v.pipe(v.string(), v.minLength(20)),
})
export type ControlInfo = v.InferOutput<typeof controlSchema>

export interface ControlFile {
  readonly path: string
  readonly info: ControlInfo
}

type Env = Readonly<Record<string, string | undefined>>

/**
 * Where files may be, by each path of the config: where it really is, since several links may lead there, and the one that
 * was named, since a link may lead elsewhere tomorrow. The usual place comes first: beside the config, and where that folder
 * can't be written to, in the user's folder for what runs (XDG Base Directory Specification), named by the config's path.
 */
export function controlPlaces(configPath: string, env: Env): string[][] {
  const named = resolve(configPath)
  return [...new Set([realPath(named), named])].map((path) => placesOf(path, env))
}

export function controlPaths(configPath: string, env: Env): string[] {
  return controlPlaces(configPath, env).flat()
}

function placesOf(path: string, env: Env): string[] {
  // Other extensions stay: a.json and a.conf are two configs.
  const beside =
    extname(path) === '.json' ? `${path.slice(0, -'.json'.length)}.control.json` : `${path}.control`
  const runtimeFolder = env['XDG_RUNTIME_DIR']
  if (!runtimeFolder) return [beside]
  const name = createHash('sha256').update(path).digest('hex').slice(0, 16)
  return [beside, join(runtimeFolder, 'nexthop', `${name}.json`)]
}

/** Of a file that is not there yet, the folder counts. */
function realPath(path: string): string {
  for (const [existing, rest] of [
    [path, ''],
    [dirname(path), basename(path)],
  ] as const) {
    try {
      return join(realpathSync(existing), rest)
    } catch {
      // Not there, or not for us to see.
    }
  }
  return path
}

/** The path that could be written to; undefined where none could. */
export function writeControlFile(paths: readonly string[], info: ControlInfo): string | undefined {
  return paths.find((path) => {
    // Complete from the first moment that it has its name, and nobody else's before.
    const unfinished = `${path}.${randomUUID().slice(0, 8)}`
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      writeFileSync(unfinished, `${JSON.stringify(info)}\n`, { mode: 0o600, flag: 'wx' })
      renameSync(unfinished, path)
      return true
    } catch {
      remove(unfinished)
      return false
    }
  })
}

/** All that there are: one may be stale, and hide nothing. */
export function readControlFiles(paths: readonly string[]): ControlFile[] {
  return paths.flatMap((path) => {
    try {
      return [{ path, info: v.parse(controlSchema, JSON.parse(readFileSync(path, 'utf8'))) }]
    } catch {
      // There is none, or it is not for us.
      return []
    }
  })
}

/** Removes the file if it still is the one that holds this token. */
export function removeControlFile(path: string, token: string): void {
  if (readControlFiles([path]).some(({ info }) => info.token === token)) remove(path)
}

/** What stays behind is found out to be stale. */
function remove(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // Not there, or not ours.
  }
}

/** Whether a process is there; it may be another user's. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
