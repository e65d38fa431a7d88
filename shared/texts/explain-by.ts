import type { Failure } from '../errors.ts'
import { formatDuration } from '../format.ts'
import type { Explanation, FailureTexts, Particulars } from './failure-texts.ts'
import { isSocket } from './listen-target.ts'

// Decides which sentence a failure becomes. The sentences themselves are in failures-en.ts and failures-de.ts.

/** Turns a failure into the words of a language. Never contains a password. */
export function explainBy(texts: FailureTexts, failure: Failure): Explanation {
  const explanation = choose(failure, texts, particularsOf(failure, texts))
  const additions = [
    ...(failure.leg ? [texts.atLeg(failure.leg.number, failure.leg.of)] : []),
    ...waiting(failure, texts),
    ...others(failure, texts),
  ]
  return { ...explanation, what: [explanation.what, ...additions].join('; ') }
}

const othersTold = 3

function others({ earlier = [] }: Failure, texts: FailureTexts): string[] {
  if (earlier.length === 0) return []
  const sentences = earlier.slice(0, othersTold).map((failure) => explainBy(texts, failure).what)
  return [texts.also(sentences, earlier.length - sentences.length)]
}

function waiting({ waitMs, untilChecked, onPurpose }: Failure, texts: FailureTexts): string[] {
  if (untilChecked) return [texts.leftAloneUntilChecked]
  if (waitMs === undefined) return []
  return [(onPurpose ? texts.leftAlone : texts.waitsAfterFailure)(formatDuration(waitMs))]
}

/** Both parts as prose: "What happened. What to try." */
export function explainInFullBy(texts: FailureTexts, failure: Failure): string {
  const { what, advice } = explainBy(texts, failure)
  return advice === '' ? sentence(what) : `${sentence(what)} ${sentence(advice)}`
}

function sentence(text: string): string {
  // A name or address at the start stays as it is written.
  const startsWithWord = /^\p{L}+[ ,;’]/u.test(text)
  const capital = startsWithWord ? text.charAt(0).toUpperCase() + text.slice(1) : text
  return /[.!?]$/.test(capital) ? capital : `${capital}.`
}

function particularsOf(failure: Failure, texts: FailureTexts): Particulars {
  const { hop, through, target, reply, errno, afterMs } = failure
  const within = afterMs === undefined ? '' : texts.within(formatDuration(afterMs))
  return {
    hop: texts.hop(hop),
    through: texts.hop(through),
    cause: reply ? `: ${texts.reply(reply)}` : within || `: ${texts.brokenOff}`,
    target: target ?? texts.destination,
    reply: reply ? texts.reply(reply) : texts.noReply,
    replyNumber: reply ? ` (${texts.replyName(reply)})` : '',
    errno: errno ? ` (${errno})` : '',
    offers: failure.offers?.join(', ') ?? '',
    within,
    failure,
  }
}

function choose(failure: Failure, texts: FailureTexts, particulars: Particulars): Explanation {
  switch (failure.code) {
    case 'port-in-use':
      return texts.portInUse(particulars)
    case 'port-forbidden':
      return (isSocket(failure.target) ? texts.socketForbidden : texts.portForbidden)(particulars)
    case 'address-unavailable':
      return addressUnavailable(failure, texts)(particulars)
    case 'hop-unreachable':
      return hopUnreachable(failure, texts)(particulars)
    case 'hop-not-socks':
      return failure.hop?.protocol === 'http'
        ? texts.notHttp(particulars, texts.looks.http[failure.looksLike ?? 'other'])
        : texts.notSocks(particulars, texts.looks.socks[failure.looksLike ?? 'other'])
    case 'hop-tls-failed':
      return tlsFailed(failure, texts)(particulars)
    case 'hop-auth-failed':
      return authFailed(failure, texts)(particulars)
    case 'hop-refused':
      return hopRefused(failure, texts)(particulars)
    case 'target-unreachable':
      return targetUnreachable(failure, texts)(particulars)
    case 'target-refused':
      return (failure.hop ? texts.targetRefused : texts.targetRefusedDirectly)(particulars)
    case 'timeout':
      return timedOut(failure, texts)(particulars)
    case 'name-not-found':
      return nameNotFound(failure, texts)(particulars)
    case 'blocked':
      return (failure.stage === 'identify' ? texts.notAllowed : texts.blocked)(particulars)
    case 'loop':
      return texts.loop(particulars)
    case 'bad-request':
      if (failure.unidentified !== undefined)
        return texts.unidentified(particulars, texts.reasons[failure.unidentified])
      return (failure.hop ? texts.noIpv6 : texts.badRequest)(particulars)
    case 'not-found':
      return texts.notFound(particulars)
    case 'conflict':
      return texts.conflict(particulars)
    case 'internal':
      return texts.internal(particulars)
  }
}

function addressUnavailable({ target, errno }: Failure, texts: FailureTexts) {
  if (isFileLimit(errno)) return texts.tooManyFiles
  return isSocket(target) ? socketUnavailable(errno, texts) : portUnavailable(errno, texts)
}

function socketUnavailable(errno: string | undefined, texts: FailureTexts) {
  switch (errno) {
    case 'ENOENT':
      return texts.socketFolderMissing
    case 'ENOTDIR':
      return texts.socketFolderIsFile
    case 'EROFS':
      return texts.socketFolderReadOnly
    case 'EEXIST':
      return texts.socketPathTaken
    default:
      return texts.socketUnavailable
  }
}

function portUnavailable(errno: string | undefined, texts: FailureTexts) {
  switch (errno) {
    case undefined:
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'ENOTFOUND':
    case 'EINVAL':
      return texts.addressUnavailable
    default:
      return texts.portUnavailable
  }
}

function hopUnreachable({ errno, onPurpose, through }: Failure, texts: FailureTexts) {
  if (through) return texts.hopUnreachableThrough
  if (onPurpose) return texts.hopOutOnPurpose
  if (isFileLimit(errno)) return texts.noFileForHop
  switch (errno) {
    case 'ECONNREFUSED':
      return texts.hopRefusedConnection
    case 'ECONNRESET':
    case 'EPIPE':
    case 'EOF':
      return texts.hopBrokeOff
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
      return texts.noPathToHop
    default:
      return texts.hopUnreachable
  }
}

function targetUnreachable({ hop, errno }: Failure, texts: FailureTexts) {
  if (hop) return texts.targetUnreachable
  return isFileLimit(errno) ? texts.noFileForTarget : texts.targetUnreachableDirectly
}

/** Of this process, or of the whole system. */
function isFileLimit(errno: string | undefined): boolean {
  return errno === 'EMFILE' || errno === 'ENFILE'
}

function tlsFailed({ tls }: Failure, texts: FailureTexts) {
  switch (tls) {
    case 'expired':
      return texts.tlsExpired
    case 'unknown-issuer':
      return texts.tlsUnknownIssuer
    case 'wrong-name':
      return texts.tlsWrongName
    case 'not-tls':
      return texts.notTls
    case 'wants-certificate':
      return texts.tlsWantsCertificate
    default:
      return texts.tlsFailed
  }
}

function authFailed({ login, reply, offers }: Failure, texts: FailureTexts) {
  if (login === 'missing') return texts.loginMissing
  if (login === 'not-offered') return offers ? texts.otherLogins : texts.loginNotOffered
  if (login === 'unavailable') return texts.passwordUnavailable
  if (login === 'without-password') return texts.passwordMissing
  return reply?.version === 4 ? texts.userIdRefused : texts.loginRefused
}

/** RFC 1928 section 6: 02 not allowed by ruleset, 07 command not supported, 08 address type not supported. */
function hopRefused({ reply }: Failure, texts: FailureTexts) {
  if (reply?.version === 4) return texts.socks4Refused
  if (reply?.version === 'http') return reply.code === 403 ? texts.forbiddenByHop : texts.hopRefused
  switch (reply?.code) {
    case 0x02:
      return texts.forbiddenByHop
    case 0x07:
      return texts.commandUnknown
    case 0x08:
      return texts.addressKindUnknown
    default:
      return texts.hopRefused
  }
}

function timedOut({ stage, hop }: Failure, texts: FailureTexts) {
  if (stage === 'identify') return texts.identifyTimedOut
  if (stage === 'relay') return texts.idleTimedOut
  if (stage === 'close') return texts.closeTimedOut
  if (!hop) return texts.targetTimedOut
  if (stage === 'connect-hop') return texts.connectTimedOut
  if (stage === 'secure') return texts.tlsTimedOut
  if (stage === 'authenticate') return texts.loginTimedOut
  return stage === 'request' ? texts.requestTimedOut : texts.greetingTimedOut
}

function nameNotFound({ stage, hop, afterMs, errno }: Failure, texts: FailureTexts) {
  if (isFileLimit(errno)) return stage === 'connect-hop' ? texts.noFileForHop : texts.noFileForTarget
  const isLate = afterMs !== undefined
  if (stage === 'connect-hop') return isLate ? texts.hopNameTimedOut : texts.hopNameNotFound
  if (hop) return isLate ? texts.targetNameTimedOutHere : texts.targetNameNotFoundHere
  return isLate ? texts.targetNameTimedOut : texts.targetNameNotFound
}
