import { performance } from 'node:perf_hooks'
import { toFailure, type Failure } from '../../../shared/errors.ts'
import type { HealthCheck } from '../../../shared/model/health-check.ts'
import type { NextHop } from '../../../shared/model/next-hop.ts'
import { greetOnly } from '../check/greet-only.ts'
import { dialHop, type DialHopOptions } from '../dial/dial-hop.ts'
import { connectHop } from '../dial/open-hop.ts'
import { Trace } from '../trace.ts'

export type ProbeOptions = Pick<DialHopOptions, 'isOwnListener' | 'hopStates'>

/**
 * Asks a hop once how it is, as far as its check wants; each step has the hop's own time-out. What kept it from an answer,
 * or undefined. Rejects only with the signal's reason.
 */
export async function probeHop(
  hop: NextHop,
  check: HealthCheck,
  options: ProbeOptions,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  try {
    const socket = await ask(hop, check, { ...options, trace: new Trace(), signal })
    socket.destroy()
    return undefined
  } catch (error) {
    signal.throwIfAborted()
    return toFailure(error)
  }
}

async function ask(hop: NextHop, { kind, target }: HealthCheck, options: DialHopOptions) {
  if (kind === 'target' && target) return (await dialHop(hop, target, options)).socket
  if (kind === 'handshake') return greetOnly(hop, options)
  const startedAt = performance.now()
  const socket = await connectHop(hop, options.signal)
  options.hopStates?.measured(hop, performance.now() - startedAt, performance.now())
  return socket
}
