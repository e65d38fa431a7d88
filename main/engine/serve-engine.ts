import type { MessagePort } from 'node:worker_threads'
import { toFailure } from '../../shared/errors.ts'
import type { Engine, EngineEvent } from './api.ts'
import { limitEvents } from './event-limit.ts'
import type { EngineCallMessage, FromEngineThread, ToEngineThread } from './worker-protocol.ts'

/** Lets an engine answer the messages that come through a port. The port is closed after the engine. */
export function serveEngine(
  port: MessagePort,
  createEngine: (options: { onEvent: (event: EngineEvent) => void }) => Engine,
): void {
  const send = (message: FromEngineThread) => {
    port.postMessage(message)
  }
  const aborts = new Map<number, AbortController>()
  const engine = createEngine({
    onEvent: limitEvents((event) => {
      send({ kind: 'event', event })
    }),
  })

  async function carryOut(call: EngineCallMessage): Promise<unknown> {
    switch (call.name) {
      case 'apply':
        return engine.apply(call.input)
      case 'snapshot':
        return engine.snapshot()
      case 'connections':
        return engine.connections()
      case 'connection':
        return engine.connection(call.input)
      case 'details':
        return engine.details(call.input)
      case 'closeConnections':
        return engine.closeConnections(call.input)
      case 'failHop':
        return engine.failHop(call.input.hopId, call.input.forMs)
      case 'explain':
        return engine.explain(call.input)
      case 'takeTotals':
        return engine.takeTotals()
      case 'check':
        return check(call)
      case 'startCapture':
        return engine.startCapture(call.input)
      case 'stopCapture':
        return engine.stopCapture(call.input)
      case 'close':
        return engine.close(call.input)
    }
  }

  async function check({ callId, input }: Extract<EngineCallMessage, { name: 'check' }>): Promise<unknown> {
    const controller = new AbortController()
    aborts.set(callId, controller)
    try {
      return await engine.check(
        input,
        (stages) => {
          send({ kind: 'progress', callId, stages })
        },
        controller.signal,
      )
    } finally {
      aborts.delete(callId)
    }
  }

  async function answer(call: EngineCallMessage): Promise<void> {
    const { callId } = call
    try {
      send({ kind: 'result', callId, value: await carryOut(call) })
    } catch (error) {
      send({ kind: 'failure', callId, failure: toFailure(error) })
    }
    if (call.name === 'close') port.close()
  }

  port.on('message', (message: ToEngineThread) => {
    switch (message.kind) {
      case 'call':
        void answer(message)
        break
      case 'abort':
        aborts.get(message.callId)?.abort()
        break
      case 'watch':
        engine.watch(message.options)
        break
      case 'hop-health':
        engine.learnHopHealth(message.hopId, message.health)
        break
    }
  })
}
