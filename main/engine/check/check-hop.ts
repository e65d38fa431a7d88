import { performance } from 'node:perf_hooks'
import { toFailure, type Failure, type LooksLike, type Stage } from '../../../shared/errors.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import type { CheckReport, StageRecord } from '../../../shared/runtime.ts'
import type { CheckRequest } from '../api.ts'
import { wallNow } from '../clock.ts'
import { describeHop } from '../dial/describe-hop.ts'
import { dialHop, type IsOwnListener } from '../dial/dial-hop.ts'
import { said } from '../dial/socks-dialogue.ts'
import { Trace } from '../trace.ts'
import { trySocks } from './as-socks.ts'
import { greetOnly, httpLoginAnswer } from './greet-only.ts'
import { watchHop } from './what-instead.ts'

/**
 * Tries a hop stage by stage, once and without retries: through to the target where there is one, else as far as the
 * login. Where the hop does not answer like what it was asked as, finds out what it is instead.
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
  const watch = watchHop(hop, trace, signal)
  const options = { trace, signal: AbortSignal.any([signal, watch.broken]), isOwnListener }
  try {
    const socket = target ? (await dialHop(hop, target, options)).socket : await greetOnly(hop, options)
    socket.destroy()
    watch.end()
    const [endedAt, totalMs] = [wallNow(), performance.now() - startedAt]
    const login = await httpLoginAnswer(hop, { ...options, signal })
    if (login) trace.note(said(login))
    trace.end(endedAt)
    return { ok: true, stages: trace.stages, totalMs }
  } catch (error) {
    signal.throwIfAborted()
    // Finding out what the hop is instead is no part of the stage.
    const failedAt = wallNow()
    const early = watch.early()
    const failure = early ? notSocks(hop, trace.stage) : toFailure(error)
    const looksLike = early ?? (await watch.afterFailure(failure))
    signal.throwIfAborted()
    const explained = improve(failure, looksLike)
    trace.fail(explained, failedAt)
    const speaks = await trySocks(hop, explained.looksLike, target, { signal, isOwnListener })
    return {
      ok: false,
      stages: trace.stages,
      totalMs: performance.now() - startedAt,
      failure: explained,
      ...(speaks && { speaks }),
    }
  } finally {
    watch.end()
  }
}

function notSocks(hop: NextHop, stage: Stage): Failure {
  return { code: 'hop-not-socks', stage, hop: describeHop(hop) }
}

function improve(failure: Failure, looksLike: LooksLike | undefined): Failure {
  if (!looksLike) return failure
  const { errno: _errno, afterMs: _afterMs, ...rest } = failure
  return { ...rest, code: 'hop-not-socks', looksLike }
}
