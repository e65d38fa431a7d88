import { randomBytes } from 'node:crypto'
import { lstatSync, unlinkSync } from 'node:fs'
import { symlink, unlink } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { utf8Length } from '../../shared/model/fields.ts'
import { maxUnixPath } from '../../shared/model/port-rule.ts'

// libuv removes the path that it bound a unix socket to when it closes it, whatever is there by then. So it gets one that
// leads to the same file, and that is gone again once the socket stands; our own socket we remove ourselves.

/** Calls `listen` with a path for the system. Returns what removes the socket's file, and nothing else that took its place. */
export async function makeSocketFile(
  path: string,
  listen: (path: string) => Promise<void>,
): Promise<() => void> {
  // Named pipes are no files.
  if (process.platform === 'win32') {
    await listen(path)
    return () => undefined
  }
  const detour = await openDetour(path)
  try {
    await listen(detour ? join(detour, basename(path)) : path)
  } finally {
    if (detour) await unlink(detour).catch(() => undefined)
  }
  return remover(path)
}

/** What removes the file that is at a path now, if it is still there by then, and may be removed. */
function remover(path: string): () => void {
  const own = identify(path)
  return () => {
    const present = identify(path)
    if (!own || present?.dev !== own.dev || present.ino !== own.ino) return
    try {
      unlinkSync(path)
    } catch {
      // The next one who listens there removes it.
    }
  }
}

function identify(path: string) {
  try {
    return lstatSync(path, { bigint: true })
  } catch {
    return undefined
  }
}

/** A second way to a file's folder, for as long as that is needed; undefined where none can be made. */
async function openDetour(path: string): Promise<string | undefined> {
  const folder = dirname(path)
  const name = `.nexthop-${randomBytes(4).toString('hex')}`
  for (const place of [folder, tmpdir()]) {
    const detour = join(place, name)
    if (utf8Length(join(detour, basename(path))) > maxUnixPath) continue
    try {
      await symlink(folder, detour)
      return detour
    } catch {
      // What is wrong with the folder, the socket itself will tell.
    }
  }
  return undefined
}

/** Removes the file of a unix socket on which nobody listens any more. True where it may be tried again to listen. */
export async function removeStaleSocket(path: string): Promise<boolean> {
  const remove = remover(path)
  if (!identify(path)?.isSocket() || (await isAnswered(path))) return false
  remove()
  return identify(path) === undefined
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path })
    const answer = (isAlive: boolean) => {
      socket.destroy()
      resolve(isAlive)
    }
    socket.once('connect', () => answer(true))
    socket.once('error', ({ code }: NodeJS.ErrnoException) => answer(code !== 'ECONNREFUSED'))
  })
}
