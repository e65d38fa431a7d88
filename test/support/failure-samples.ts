import type { Failure } from '../../shared/errors.ts'
import type { Explanation, FailureTexts, Particulars } from '../../shared/texts/failure-texts.ts'

/** The names of all sentences that a failure can become; a new one without a sample here does not compile. */
export type SentenceName = {
  [K in keyof FailureTexts]: FailureTexts[K] extends (particulars: Particulars) => Explanation ? K : never
}[keyof FailureTexts]

const hop = { id: 'office', name: 'Office', address: '10.0.0.5:1080', version: '5' } as const
const target = 'db.internal:5432'
const listen = '127.0.0.1:9102'
const atHop = { hop, target } as const
const refused = (code: number) => ({
  ...atHop,
  stage: 'request' as const,
  reply: { version: 5 as const, code },
})

/** A failure for each sentence, as the engine makes it. */
export const failureSamples: Readonly<Record<SentenceName, Failure>> = {
  portInUse: { code: 'port-in-use', target: listen, holder: { pid: 812, name: 'nginx' } },
  portForbidden: { code: 'port-forbidden', target: '127.0.0.1:80', errno: 'EACCES' },
  socketForbidden: { code: 'port-forbidden', target: 'unix:/run/db.sock', errno: 'EACCES' },
  socketFolderMissing: { code: 'address-unavailable', target: 'unix:/nowhere/db.sock', errno: 'ENOENT' },
  socketFolderIsFile: { code: 'address-unavailable', target: 'unix:/etc/hosts/db.sock', errno: 'ENOTDIR' },
  socketFolderReadOnly: { code: 'address-unavailable', target: 'unix:/usr/db.sock', errno: 'EROFS' },
  socketPathTaken: { code: 'address-unavailable', target: 'unix:/etc/hosts', errno: 'EEXIST' },
  socketUnavailable: { code: 'address-unavailable', target: 'unix:/far/too/long', errno: 'ENAMETOOLONG' },
  addressUnavailable: { code: 'address-unavailable', target: '10.9.9.9:9102' },
  portUnavailable: { code: 'address-unavailable', target: listen, errno: 'ENOBUFS' },
  tooManyFiles: { code: 'address-unavailable', target: listen, errno: 'EMFILE' },
  hopOutOnPurpose: { code: 'hop-unreachable', onPurpose: true, hop, waitMs: 42_000 },
  hopRefusedConnection: { code: 'hop-unreachable', stage: 'connect-hop', errno: 'ECONNREFUSED', ...atHop },
  hopBrokeOff: { code: 'hop-unreachable', stage: 'request', errno: 'ECONNRESET', ...atHop },
  noPathToHop: { code: 'hop-unreachable', stage: 'connect-hop', errno: 'ENETUNREACH', ...atHop },
  noFileForHop: { code: 'hop-unreachable', stage: 'connect-hop', errno: 'EMFILE', ...atHop },
  noFileForTarget: { code: 'target-unreachable', stage: 'request', errno: 'EMFILE', target },
  hopUnreachable: { code: 'hop-unreachable', stage: 'connect-hop', errno: 'ENOBUFS', ...atHop },
  hopUnreachableThrough: {
    code: 'hop-unreachable',
    stage: 'connect-hop',
    hop: { id: 'inner', name: 'Inner', address: '10.9.0.7:1080', version: '5' },
    through: hop,
    reply: { version: 5, code: 5 },
    leg: { number: 2, of: 2 },
  },
  notTls: { code: 'hop-tls-failed', stage: 'secure', tls: 'not-tls', hop },
  tlsExpired: { code: 'hop-tls-failed', stage: 'secure', tls: 'expired', errno: 'CERT_HAS_EXPIRED', hop },
  tlsUnknownIssuer: {
    code: 'hop-tls-failed',
    stage: 'secure',
    tls: 'unknown-issuer',
    errno: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    hop,
  },
  tlsWrongName: {
    code: 'hop-tls-failed',
    stage: 'secure',
    tls: 'wrong-name',
    errno: 'ERR_TLS_CERT_ALTNAME_INVALID',
    hop,
  },
  tlsFailed: { code: 'hop-tls-failed', stage: 'secure', tls: 'other', errno: 'EPROTO', hop },
  tlsTimedOut: { code: 'timeout', stage: 'secure', afterMs: 10_000, hop },
  loginMissing: { code: 'hop-auth-failed', stage: 'greet', login: 'missing', ...atHop },
  loginNotOffered: { code: 'hop-auth-failed', stage: 'greet', login: 'not-offered', ...atHop },
  userIdRefused: {
    code: 'hop-auth-failed',
    stage: 'request',
    login: 'refused',
    reply: { version: 4, code: 0x5d },
    hop: { ...hop, version: '4a' },
    target,
  },
  loginRefused: { code: 'hop-auth-failed', stage: 'authenticate', login: 'refused', ...atHop },
  passwordUnavailable: {
    code: 'hop-auth-failed',
    stage: 'authenticate',
    login: 'unavailable',
    message: 'the environment variable OFFICE_PASSWORD is not set',
    hop,
  },
  passwordMissing: { code: 'hop-auth-failed', stage: 'authenticate', login: 'without-password', ...atHop },
  forbiddenByHop: { code: 'hop-refused', ...refused(2) },
  commandUnknown: { code: 'hop-refused', ...refused(7) },
  addressKindUnknown: { code: 'hop-refused', ...refused(8) },
  socks4Refused: {
    code: 'hop-refused',
    stage: 'request',
    reply: { version: 4, code: 0x5b },
    hop: { ...hop, version: '4a' },
    target,
  },
  hopRefused: { code: 'hop-refused', ...refused(1) },
  targetUnreachable: { code: 'target-unreachable', ...refused(4) },
  targetUnreachableDirectly: {
    code: 'target-unreachable',
    stage: 'connect-hop',
    errno: 'EHOSTUNREACH',
    target,
  },
  targetRefused: { code: 'target-refused', ...refused(5) },
  targetRefusedDirectly: { code: 'target-refused', stage: 'connect-hop', errno: 'ECONNREFUSED', target },
  connectTimedOut: { code: 'timeout', stage: 'connect-hop', afterMs: 10_000, ...atHop },
  loginTimedOut: { code: 'timeout', stage: 'authenticate', afterMs: 10_000, ...atHop },
  greetingTimedOut: { code: 'timeout', stage: 'greet', afterMs: 10_000, ...atHop },
  requestTimedOut: { code: 'timeout', stage: 'request', afterMs: 10_000, ...atHop },
  identifyTimedOut: { code: 'timeout', stage: 'identify', afterMs: 5000 },
  notAllowed: { code: 'blocked', stage: 'identify', target },
  idleTimedOut: { code: 'timeout', stage: 'relay', afterMs: 300_000, ...atHop },
  closeTimedOut: { code: 'timeout', stage: 'close', afterMs: 3000, ...atHop },
  targetTimedOut: { code: 'timeout', stage: 'connect-hop', afterMs: 10_000, target },
  hopNameNotFound: { code: 'name-not-found', stage: 'connect-hop', errno: 'ENOTFOUND', ...atHop },
  targetNameNotFound: { code: 'name-not-found', stage: 'resolve', errno: 'ENOTFOUND', target },
  targetNameNotFoundHere: { code: 'name-not-found', stage: 'resolve', errno: 'ENOTFOUND', ...atHop },
  hopNameTimedOut: { code: 'name-not-found', stage: 'connect-hop', afterMs: 5000, ...atHop },
  targetNameTimedOut: { code: 'name-not-found', stage: 'resolve', afterMs: 5000, target },
  targetNameTimedOutHere: { code: 'name-not-found', stage: 'resolve', afterMs: 5000, ...atHop },
  blocked: { code: 'blocked', stage: 'route', target },
  loop: { code: 'loop', stage: 'identify', target: listen },
  noIpv6: {
    code: 'bad-request',
    stage: 'request',
    hop: { ...hop, version: '4' },
    target: '[2001:db8::7]:5432',
  },
  badRequest: { code: 'bad-request', message: 'Port must be a whole number from 1 to 65535' },
  notFound: { code: 'not-found', message: 'There is no such next hop: it may have been removed' },
  conflict: { code: 'conflict', message: 'Nexthop is closing' },
  internal: { code: 'internal', message: 'a defect, in the words of the system' },
}
