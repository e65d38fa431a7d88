import type { Failure } from '../../../shared/errors.ts'

/**
 * True for a failure that shows a hop at work: it told what became of the destination, or, as the first one of a chain,
 * led to the hops behind it.
 */
export function hasAnswered({ code, stage, leg, reply, afterMs, errno }: Failure): boolean {
  const isReply = reply !== undefined && isProxys(reply)
  if (leg === undefined || leg.number === 1) {
    return isReply && (code === 'target-refused' || code === 'target-unreachable')
  }
  // Asked for the second hop, the first one may have said nothing at all; names are looked up here.
  if (leg.number === 2 && stage === 'connect-hop') {
    if (code === 'name-not-found') return false
    return reply === undefined ? afterMs === undefined && errno === undefined : isReply
  }
  return true
}

/** A web server has other answers to CONNECT. */
function isProxys({ version, code }: NonNullable<Failure['reply']>): boolean {
  return version !== 'http' || (code >= 502 && code <= 504)
}
