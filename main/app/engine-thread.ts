import { Worker } from 'node:worker_threads'
import { NexthopError } from '../../shared/errors.ts'
import type { HopHealth, StageRecord } from '../../shared/runtime.ts'
import type { EngineEvent, WatchOptions } from '../engine/api.ts'
import type {
  EngineCallMessage,
  EngineCallName,
  EngineCalls,
  FromEngineThread,
  ToEngineThread,
} from '../engine/worker-protocol.ts'

/** One worker thread with an engine in it, from its start to its end. It is not started again: see worker-engine.ts. */
export interface EngineThread {
  /** Rejects with the engine's failure, or when the thread ends before the answer. */
  call<N extends EngineCallName>(
    name: N,
    input: EngineCalls[N]['input'],
    options?: CallOptions,
  ): Promise<EngineCalls[N]['output']>
  watch(options: WatchOptions): void
  learnHopHealth(hopId: string, health: HopHealth): void
  /** How much of the time since the last look it was busy, from 0 to 1. */
  utilization(): number
  /** Ends the thread at once; `onEnd` is called before it resolves. */
  terminate(): Promise<void>
}

export interface CallOptions {
  readonly onProgress?: (stages: readonly StageRecord[]) => void
  readonly signal?: AbortSignal
}

export interface EngineThreadOptions {
  /** Of the script that calls `serveEngine`. */
  readonly url: URL
  readonly onEvent: (event: EngineEvent) => void
  /** Called once, when the thread is no more; `reason` says why as far as it is known. */
  readonly onEnd: (reason: string) => void
}

interface PendingCall {
  readonly settle: (message: Extract<FromEngineThread, { kind: 'result' | 'failure' }>) => void
  readonly fail: (error: NexthopError) => void
  readonly onProgress: ((stages: readonly StageRecord[]) => void) | undefined
}

export function startEngineThread({ url, onEvent, onEnd }: EngineThreadOptions): EngineThread {
  const worker = new Worker(url, { name: 'nexthop-engine' })
  const pending = new Map<number, PendingCall>()
  let lastCallId = 0
  let reason: string | undefined
  let hasEnded = false
  let lastUtilization = worker.performance.eventLoopUtilization()

  const send = (message: ToEngineThread) => {
    worker.postMessage(message)
  }

  worker.on('message', (message: FromEngineThread) => {
    if (message.kind === 'event') onEvent(message.event)
    else if (message.kind === 'progress') pending.get(message.callId)?.onProgress?.(message.stages)
    else pending.get(message.callId)?.settle(message)
  })
  worker.on('error', (error: unknown) => {
    reason ??= error instanceof Error ? error.message : String(error)
  })
  worker.on('messageerror', () => {
    reason ??= 'it sent a message that could not be read'
    void worker.terminate()
  })
  worker.on('exit', (code) => {
    hasEnded = true
    for (const call of [...pending.values()]) call.fail(engineStopped())
    onEnd(reason ?? `exit code ${code}`)
  })

  return {
    call: <N extends EngineCallName>(name: N, input: EngineCalls[N]['input'], options: CallOptions = {}) =>
      new Promise<EngineCalls[N]['output']>((resolve, reject) => {
        if (hasEnded) {
          reject(engineStopped())
          return
        }
        lastCallId += 1
        const callId = lastCallId
        const { onProgress, signal } = options
        const abort = () => {
          send({ kind: 'abort', callId })
        }
        const finish = () => {
          pending.delete(callId)
          signal?.removeEventListener('abort', abort)
        }
        pending.set(callId, {
          onProgress,
          settle: (message) => {
            finish()
            if (message.kind === 'failure') reject(new NexthopError(message.failure))
            // The protocol's table says that this is what the call with that name brings.
            else resolve(message.value as EngineCalls[N]['output'])
          },
          fail: (error) => {
            finish()
            reject(error)
          },
        })
        try {
          // A name and its input belong together by the signature, which a union can't show.
          send({ kind: 'call', callId, name, input } as EngineCallMessage)
        } catch (error) {
          finish()
          reject(error instanceof Error ? error : new Error(String(error)))
          return
        }
        if (signal?.aborted) abort()
        else signal?.addEventListener('abort', abort, { once: true })
      }),
    watch: (options) => {
      if (!hasEnded) send({ kind: 'watch', options })
    },
    learnHopHealth: (hopId, health) => {
      if (!hasEnded) send({ kind: 'hop-health', hopId, health })
    },
    utilization: () => {
      const now = worker.performance.eventLoopUtilization()
      const { utilization } = worker.performance.eventLoopUtilization(now, lastUtilization)
      lastUtilization = now
      return utilization
    },
    terminate: async () => {
      await worker.terminate()
    },
  }
}

/** What callers are told while there is no engine thread. */
export function engineStopped(): NexthopError {
  return new NexthopError({
    code: 'internal',
    message: 'the engine stopped unexpectedly and is being started again',
  })
}
