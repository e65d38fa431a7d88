import { say, type Said } from '../../shared/told.ts'

/** A file system error in words with its code; the remedy where there is a plain one. */
export function systemError(error: unknown): Said {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
  if (code === undefined) return { message: error instanceof Error ? error.message : String(error) }
  const why = sentences[code]
  return why ? say('{why} ({code})', { why, code }) : say('the system says {code}', { code })
}

/** In English. */
export function describeSystemError(error: unknown): string {
  return systemError(error).message
}

/** The same where a file was to be written: one that is not there would be made, so it is its folder that is missing. */
export function writeError(error: unknown): Said {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
  return isMissing ? say('there is no such folder (ENOENT)') : systemError(error)
}

export function describeWriteError(error: unknown): string {
  return writeError(error).message
}

const sentences: Readonly<Record<string, Said>> = {
  EACCES: say('permission denied: check who owns the file and its folder'),
  EPERM: say('permission denied: check who owns the file and its folder'),
  EROFS: say('the file system is read-only: choose another place'),
  ENOSPC: say('the disk is full: free some space and try again'),
  EDQUOT: say('your disk quota is used up: free some space and try again'),
  EISDIR: say('it is a folder, not a file'),
  EEXIST: say('a file is in the way of its folder'),
  ENOTDIR: say('a part of its path is not a folder'),
  ENOENT: say('there is no such file'),
  EMFILE: say('too many files are open: try again'),
  EBUSY: say('another program is using it: try again'),
}
