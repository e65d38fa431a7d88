import { performance } from 'node:perf_hooks'
import { toFailure, type Failure, type Stage } from '../../../shared/errors.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import type { CheckReport, StageRecord } from '../../../shared/runtime.ts'
import type { CheckRequest } from '../api.ts'
import { describeHop } from '../dial/describe-hop.ts'
import { dialHop, type IsOwnListener } from '../dial/dial-hop.ts'
import { said } from '../dial/socks-dialogue.ts'
import { now, Trace } from '../trace.ts'
import { greetOnly, httpLoginAnswer } from './greet-only.ts'
import { isFromWebServer, isHttpProxy } from './is-http-proxy.ts'
import { kindOfHttp, recognisePort, speaksSocks, type Recognised } from './recognise-port.ts'

/**
 * Tries a hop stage by stage, once and without retries: through to the target where there is one, else as far as the
 * login. Where the hop does not answer like the SOCKS version that was asked for, finds out what it is instead.
 * Rejects only with the signal's reason.
 */
export async function checkHop(
  { hop, target }: CheckRequest,
  onProgress: (stages: readonly StageRecord[]) => void,
  signal: AbortSignal,
  isOwnListener: IsOwnListener,
): Promise<CheckReport> {
  const startedAt = performance.now()
  const trace: Trace = new Trace(() => onProgress(trace.stages))
  const silence = watchSilence(hop, trace, signal)
  const options = { trace, signal: AbortSignal.any([signal, silence.broken]), isOwnListener }
  try {
    const socket = target ? (await dialHop(hop, target, options)).socket : await greetOnly(hop, options)
    socket.destroy()
    silence.end()
    const [endedAt, totalMs] = [now(), performance.now() - startedAt]
    const login = await httpLoginAnswer(hop, options)
    if (login) trace.note(said(login))
    trace.end(endedAt)
    return { ok: true, stages: trace.stages, totalMs }
  } catch (error) {
    signal.throwIfAborted()
    // Finding out what the hop is instead is no part of the stage.
    const failedAt = now()
    const early = silence.recognised()
    const failure = early ? notSocks(hop, trace.stage) : toFailure(error)
    const recognised = early ?? (await recognise(hop, failure, signal))
    signal.throwIfAborted()
    const explained = improve(failure, recognised)
    trace.fail(explained, failedAt)
    const worksWith = recognised?.worksWith
    return {
      ok: false,
      stages: trace.stages,
      totalMs: performance.now() - startedAt,
      failure: explained,
      ...(worksWith !== undefined && { worksWith }),
    }
  } finally {
    silence.end()
  }
}

/** How long a hop may be silent before it is asked what it is. */
const silentMs = 700

/**
 * A port of another kind often waits for more than a SOCKS greeting. While the hop is silent, finds out what it is, and
 * breaks off the waiting where that is something else.
 */
function watchSilence(hop: NextHop, trace: Trace, signal: AbortSignal) {
  const controller = new AbortController()
  let recognised: Recognised | undefined
  const ask = async () => {
    if (!isPlainSocks(hop) || !isUnanswered(trace.stage, hop)) return
    recognised = await recognisePort(hop, signal)
    if (recognised) controller.abort(new Error('recognised'))
  }
  const timer = setTimeout(() => void ask(), silentMs)
  return { broken: controller.signal, recognised: () => recognised, end: () => clearTimeout(timer) }
}

/** What a port is in truth can be found out where nothing stands between us and its SOCKS. */
function isPlainSocks({ protocol, tls }: NextHop): boolean {
  return protocol === 'socks' && !tls
}

/** True while the hop has not said a word of SOCKS: SOCKS4 has no greeting. */
function isUnanswered(stage: Stage | undefined, hop: Pick<NextHop, 'version'> | undefined): boolean {
  return stage === 'greet' || (stage === 'request' && hop?.version !== '5')
}

function notSocks(hop: NextHop, stage: Stage): Failure {
  return { code: 'hop-not-socks', stage, hop: describeHop(hop) }
}

async function recognise(
  hop: NextHop,
  failure: Failure,
  signal: AbortSignal,
): Promise<Recognised | undefined> {
  if (hop.tls) return undefined
  if (hop.protocol === 'http') return recogniseInsteadOfHttp(hop, failure, signal)
  if (failure.looksLike === 'http') return { looksLike: await kindOfHttp(hop, signal) }
  return isPuzzling(failure) ? recognisePort(hop, signal) : undefined
}

/** A proxy, too, may answer a request for a destination as a web server does: then it is asked for another one. */
async function recogniseInsteadOfHttp(
  hop: NextHop,
  { code, stage, looksLike, reply }: Failure,
  signal: AbortSignal,
): Promise<Recognised | undefined> {
  if (isFromWebServer(reply)) {
    return (await isHttpProxy(hop, signal, silentMs)) === false ? { looksLike: 'web-server' } : undefined
  }
  const isClosed = code === 'hop-unreachable' && stage !== 'connect-hop'
  const isPuzzling = code === 'hop-not-socks' && (looksLike === 'silence' || looksLike === 'socks5')
  if (!isClosed && !isPuzzling) return undefined
  return (await speaksSocks(hop, '5', signal)) ? { looksLike: 'socks5' } : undefined
}

/** True where the hop accepted the connection, and then did not behave like SOCKS of the version asked for. */
function isPuzzling({ code, stage, looksLike, hop }: Failure): boolean {
  if (code === 'hop-not-socks') return looksLike !== 'ssh'
  return (code === 'hop-unreachable' || code === 'timeout') && isUnanswered(stage, hop)
}

function improve(failure: Failure, recognised: Recognised | undefined): Failure {
  if (!recognised) return failure
  const { errno: _errno, afterMs: _afterMs, ...rest } = failure
  return { ...rest, code: 'hop-not-socks', looksLike: recognised.looksLike }
}
