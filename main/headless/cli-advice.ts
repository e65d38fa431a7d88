import type { Failure } from '../../shared/errors.ts'
import { explain, explainInFull } from '../../shared/texts/explain.ts'

/**
 * What happened, and what to try on the command line, where the usual advice speaks of the app's fields.
 * @param portOption the option that says on which port to listen
 */
export function explainForCli(failure: Failure, portOption?: string): string {
  const advice = portOption === undefined ? adviceFor(failure) : portAdvice(failure, portOption)
  if (advice === undefined) return explainInFull(failure)
  const { what } = explain(failure)
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}. ${advice}.`
}

function portAdvice({ code }: Failure, option: string): string | undefined {
  if (code === 'port-in-use') return `Stop that program, or choose another port: ${option} N`
  return code === 'port-forbidden' ? `Choose another port, from 1024 up: ${option} N` : undefined
}

/** What shortens the time for which a hop is left alone after a failure; undefined where it is not. */
export function waitAdvice({ waitMs }: Failure): string | undefined {
  return waitMs === undefined
    ? undefined
    : 'A shorter --failure-wait lets a connection try the next hop again sooner; with --failure-wait 0, each one does.'
}

function adviceFor(failure: Failure): string | undefined {
  switch (failure.code) {
    case 'hop-not-socks':
      return failure.hop?.protocol === 'http' ? otherThanHttp(failure) : otherThanSocks(failure)
    case 'hop-auth-failed':
      if (failure.login === 'missing') {
        return 'Give the user and password: --user NAME, with NEXTHOP_PASSWORD or --password-file FILE'
      }
      if (failure.login === 'without-password') {
        return 'Give the password: set NEXTHOP_PASSWORD, or --password-file FILE'
      }
      return failure.login === 'refused' ? refusedAdvice(failure) : undefined
    case 'hop-tls-failed':
      return failure.tls === 'not-tls' ? withoutTls(failure) : tlsAdvice[failure.tls ?? 'other']
    case 'timeout':
      return timeoutAdvice(failure)
    default:
      return undefined
  }
}

/** SOCKS4 has no passwords. */
function refusedAdvice({ reply }: Failure): string {
  return reply?.version === 4
    ? 'Check the user (--user NAME), and that the ident service of this machine tells the proxy the same one'
    : 'Check the user and password'
}

function otherThanHttp({ looksLike, hop }: Failure): string | undefined {
  switch (looksLike) {
    case 'tls':
      return 'Write https:// in the URL, or socks5h+tls:// for SOCKS; or give its port without TLS'
    case 'socks4':
    case 'socks5':
      return writeScheme(looksLike, hop)
    case 'ssh':
      return sshAdvice
    default:
      return undefined
  }
}

function otherThanSocks({ looksLike, hop }: Failure): string | undefined {
  switch (looksLike) {
    case 'http':
      return `Write ${hop?.tls ? 'https' : 'http'}:// in the URL, or give its SOCKS port, often 1080`
    case 'tls':
      return `Write ${sameInTls(hop)}:// in the URL, or https:// for an HTTP proxy; or give its plain SOCKS port`
    case 'socks4':
    case 'socks5':
      return writeScheme(looksLike, hop)
    case 'ssh':
      return sshAdvice
    default:
      return undefined
  }
}

/** The scheme that resolves names where they were comes first, so that none leaks; inside TLS, if they were in that. */
function writeScheme(found: 'socks4' | 'socks5', hop: Failure['hop']): string {
  const atHop = found === 'socks5' ? 'socks5h' : 'socks4a'
  const schemes = hop?.resolveAt === 'hop' ? [atHop, found] : [found, atHop]
  return `Write ${schemes.map((scheme) => `${scheme}${hop?.tls ? '+tls' : ''}://`).join(' or ')} in the URL`
}

function sameInTls(hop: Failure['hop']): string {
  const version = hop?.version ?? '5'
  return `socks${version}${version === '5' && hop?.resolveAt === 'hop' ? 'h' : ''}+tls`
}

const sshAdvice = 'Start "ssh -D 1080" to that server, and write socks5h://127.0.0.1:1080'

const tlsAdvice: Partial<Record<NonNullable<Failure['tls']>, string>> = {
  'unknown-issuer': 'Give your organisation’s CA certificate: --ca-file FILE',
  'wrong-name': 'Give the hop by the name in its certificate, or that name: --server-name NAME',
}

function withoutTls({ hop }: Failure): string {
  const remedy = hop?.protocol === 'http' ? 'Write http:// in the URL' : 'Leave out +tls in the URL'
  return `${remedy}, or give its TLS port`
}

function timeoutAdvice({ stage, hop }: Failure): string | undefined {
  if (stage === 'connect-hop') {
    return 'Check its address, and whether a firewall drops the packets; or raise --connect-timeout'
  }
  if (stage === 'request') return 'Check the destination, or raise --handshake-timeout'
  if (stage === 'secure') return 'Check that this port speaks TLS, or raise --handshake-timeout'
  if (stage === 'authenticate') return 'Check the proxy’s own log, or raise --handshake-timeout'
  return stage === 'greet'
    ? `Check that this port speaks ${hop?.protocol === 'http' ? 'HTTP' : 'SOCKS'}, or raise --handshake-timeout`
    : undefined
}
