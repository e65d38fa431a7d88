import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { NexthopError } from '../../../shared/errors.ts'

/** What may wait for a slow disk. Forwarding never waits for it: the recording ends instead. */
const mostWaiting = 64 * 1024 * 1024

export interface CaptureFile {
  /** False where the disk is full or can't follow; nothing more is written then. */
  write(block: Buffer): boolean
  /** Resolves when what was written so far is in the file, or can't be. */
  flush(): Promise<void>
  /** Resolves when the file is complete. Never rejects. */
  close(): Promise<void>
}

/**
 * A file that only this user can read, begun anew or continued; whole blocks of several threads stay whole in it.
 * Rejects with a NexthopError that names it.
 */
export async function openCaptureFile(path: string, isNew: boolean): Promise<CaptureFile> {
  const stream = await openStream(path, isNew)
  let hasFailed = false
  stream.on('error', () => {
    hasFailed = true
  })
  return {
    write: (block) => {
      if (hasFailed || stream.writableLength > mostWaiting) return false
      stream.write(block)
      return true
    },
    flush: () =>
      new Promise((resolve) => {
        if (hasFailed) resolve()
        else stream.write('', () => resolve())
      }),
    close: () =>
      new Promise((resolve) => {
        if (stream.closed) return resolve()
        stream.once('close', resolve)
        stream.end()
      }),
  }
}

async function openStream(path: string, isNew: boolean): Promise<Writable> {
  const { O_APPEND, O_CREAT, O_TRUNC, O_WRONLY } = constants
  try {
    const file = await open(path, O_WRONLY | O_CREAT | O_APPEND | (isNew ? O_TRUNC : 0), 0o600)
    // A file that was there keeps its mode otherwise; that of a device or pipe is everybody's.
    if ((await file.stat()).isFile()) await file.chmod(0o600).catch(() => undefined)
    return file.createWriteStream()
  } catch (error) {
    const { code = 'EIO' } = error as NodeJS.ErrnoException
    throw new NexthopError({
      code: 'bad-request',
      errno: code,
      message: `The capture can not be written to ${path} (${code}): choose a file in a folder that this user may write to`,
    })
  }
}
