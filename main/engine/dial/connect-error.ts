import type { Failure } from '../../../shared/errors.ts'

/** Why a TCP connection could not be made: the system's error name, or how long was waited in vain. */
export class ConnectError extends Error {
  readonly errno: string | undefined

  /** @param errno the system's name, for example ECONNREFUSED; undefined for a time-out */
  constructor(errno: string | undefined) {
    super(errno ?? 'timed out')
    this.errno = errno
  }
}

/** No answer came in time to what the address of a name is; c-ares calls it so, too. */
export const nameTimeout = 'ETIMEOUT'

/** There was no answer in time, since other names took up the threads for some of it: that says nothing of this one. */
export const nameQueued = 'EBUSY'

/** True for the errors of getaddrinfo, and for one that took too long. */
export function isNameError(errno: string): boolean {
  return errno === 'ENOTFOUND' || errno.startsWith('EAI_') || errno === 'ENODATA' || isLate(errno)
}

function isLate(errno: string): boolean {
  return errno === nameTimeout || errno === nameQueued
}

/** What is told of a name that did not become an address within a time. */
export function nameFailure(errno: string, timeoutMs: number): Pick<Failure, 'code' | 'errno' | 'afterMs'> {
  return { code: 'name-not-found', errno, ...(isLate(errno) && { afterMs: timeoutMs }) }
}
