import type { ErrorCode } from '../../../shared/errors.ts'

/** Failures in two or three words, for a cell of a table; the sentence that says it all is shared/texts'. */
export const failures: Record<ErrorCode, string> = {
  'port-in-use': 'Port in use',
  'port-forbidden': 'Port not allowed',
  'address-unavailable': 'No such address here',
  'hop-unreachable': 'Next hop unreachable',
  'hop-not-socks': 'Not a SOCKS proxy',
  'hop-tls-failed': 'TLS to the next hop failed',
  'hop-auth-failed': 'Login failed',
  'hop-refused': 'Refused by the next hop',
  'target-unreachable': 'Destination unreachable',
  'target-refused': 'Destination refused',
  timeout: 'Timed out',
  'name-not-found': 'Name not found',
  blocked: 'Blocked',
  loop: 'Loop',
  'bad-request': 'Bad request',
  'not-found': 'Not found',
  conflict: 'Conflict',
  internal: 'Internal error',
}
