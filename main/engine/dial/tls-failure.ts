import type { Failure, TlsProblem } from '../../../shared/errors.ts'

/** The names of OpenSSL's and Node's errors, as far as they say something that can be put right. */
const problems: Readonly<Record<string, TlsProblem>> = {
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'unknown-issuer',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown-issuer',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown-issuer',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown-issuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown-issuer',
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong-name',
  HOSTNAME_MISMATCH: 'wrong-name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'not-tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'not-tls',
  ERR_SSL_HTTP_REQUEST: 'not-tls',
  // We send none, so that can't be a bad one.
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'wants-certificate',
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: 'wants-certificate',
  ERR_SSL_SSLV3_ALERT_NO_CERTIFICATE: 'wants-certificate',
}

export function tlsFailure(errno: string): Pick<Failure, 'code'> & Partial<Failure> {
  if (errno === 'ECONNRESET' || errno === 'EPIPE') return { code: 'hop-unreachable', errno }
  return { code: 'hop-tls-failed', tls: problems[errno] ?? 'other', errno }
}

/** In TLS 1.3 the handshake is over here before the other side has seen all of it: its refusal comes in what follows. */
export function isTlsError(errno: string): boolean {
  return errno.startsWith('ERR_SSL_')
}
