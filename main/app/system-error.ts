/** A file system error in words with its code; the remedy where there is a plain one. */
export function describeSystemError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
  if (code === undefined) return error instanceof Error ? error.message : String(error)
  const words = sentences[code]
  return words === undefined ? `the system says ${code}` : `${words} (${code})`
}

/** The same where a file was to be written: one that is not there would be made, so it is its folder that is missing. */
export function describeWriteError(error: unknown): string {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
  return isMissing ? 'there is no such folder (ENOENT)' : describeSystemError(error)
}

const sentences: Readonly<Record<string, string>> = {
  EACCES: 'permission denied: check who owns the file and its folder',
  EPERM: 'permission denied: check who owns the file and its folder',
  EROFS: 'the file system is read-only: choose another place',
  ENOSPC: 'the disk is full: free some space and try again',
  EDQUOT: 'your disk quota is used up: free some space and try again',
  EISDIR: 'it is a folder, not a file',
  EEXIST: 'a file is in the way of its folder',
  ENOTDIR: 'a part of its path is not a folder',
  ENOENT: 'there is no such file',
  EMFILE: 'too many files are open: try again',
  EBUSY: 'another program is using it: try again',
}
