import type { Failure, LooksLike, Stage } from '../../../shared/errors.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import type { Trace } from '../trace.ts'
import { isFromWebServer, isHttpProxy } from './is-http-proxy.ts'
import { kindOfHttp, recognisePort } from './recognise-port.ts'

// What a hop is in place of what was asked for. Inside TLS nothing is recognised.

/** How long a hop may be silent before it is asked what it is. */
const silentMs = 700

/**
 * Finds out once what a hop is instead: after a failure, or while it is silent, since a port of another kind often waits
 * for more than it was sent. `broken` ends that waiting where it is something else.
 */
export function watchHop(hop: NextHop, trace: Trace, signal: AbortSignal) {
  const controller = new AbortController()
  let asked: Promise<LooksLike | undefined> | undefined
  let early: LooksLike | undefined
  const ask = () => (asked ??= recognisePort(hop, signal))
  const onSilence = async () => {
    if (hop.tls || !isUnanswered(trace.stage, hop)) return
    const found = whileSilent(hop, await ask())
    if (!found || !isUnanswered(trace.stage, hop)) return
    early = found
    controller.abort(new Error('recognised'))
  }
  const timer = setTimeout(() => void onSilence(), silentMs)
  return {
    broken: controller.signal,
    /** What it was recognised as while it was silent. */
    early: () => early,
    /** Undefined where a failure is no puzzle, or can't be solved. */
    afterFailure: (failure: Failure) => (hop.tls ? undefined : whatInstead(hop, failure, ask, signal)),
    end: () => {
      clearTimeout(timer)
    },
  }
}

async function whatInstead(
  hop: NextHop,
  failure: Failure,
  ask: () => Promise<LooksLike | undefined>,
  signal: AbortSignal,
): Promise<LooksLike | undefined> {
  if (hop.protocol === 'http' && isFromWebServer(failure.reply)) {
    // A proxy, too, may answer a request for a destination as a web server does: then it is asked for another one.
    return (await isHttpProxy(hop, signal, silentMs)) === false ? 'web-server' : undefined
  }
  if (hop.protocol !== 'http' && failure.looksLike === 'http') return kindOfHttp(hop, signal)
  if (!isPuzzling(failure)) return undefined
  return failure.code === 'timeout' ? whileSilent(hop, await ask()) : ask()
}

/** A web server answers at once: what speaks HTTP and is silent is a proxy on its way to the destination. */
function whileSilent({ protocol }: NextHop, found: LooksLike | undefined): LooksLike | undefined {
  return protocol === 'http' && found === 'web-server' ? undefined : found
}

/** True where the hop accepted the connection, and then did not behave like what it was asked as. */
function isPuzzling({ code, stage, looksLike, hop }: Failure): boolean {
  if (code === 'hop-not-socks') return looksLike !== 'ssh'
  return (code === 'hop-unreachable' || code === 'timeout') && isUnanswered(stage, hop)
}

/** True while the hop has not said a word: only SOCKS5 answers before it has reached the destination. */
function isUnanswered(
  stage: Stage | undefined,
  hop: (Pick<NextHop, 'version'> & { readonly protocol?: string }) | undefined,
): boolean {
  const hasGreeting = hop?.version === '5' && hop.protocol !== 'http'
  return stage === 'greet' || (stage === 'request' && !hasGreeting)
}
