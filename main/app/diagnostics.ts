import type { AppSnapshot } from '../../shared/runtime.ts'
import type { Engine } from '../engine/api.ts'
import type { Handlers } from './dispatch.ts'
import type { Log } from './log.ts'

interface Sources {
  readonly state: () => Promise<AppSnapshot>
  readonly engine: Pick<Engine, 'connections'>
  readonly log: Pick<Log, 'entries'>
}

const mostConnections = 500

/** One file for whoever helps: what is wanted, what is, and what was logged. Made of views, so no password is in it. */
export function diagnosticsHandlers({ state, engine, log }: Sources): Pick<Handlers, 'diagnostics.get'> {
  return {
    'diagnostics.get': async () => {
      const { info, config, runtime, engine: engineStatus } = await state()
      const connections = await engine.connections().catch(() => [])
      const document = {
        madeAt: new Date().toISOString(),
        info,
        engine: engineStatus,
        config,
        runtime,
        connections: connections.slice(0, mostConnections),
        log: log.entries(),
      }
      const stamp = document.madeAt.replace(/\.\d+/, '').replaceAll(':', '-')
      return {
        filename: `nexthop-diagnostics-${stamp}.json`,
        text: `${JSON.stringify(document, undefined, 2)}\n`,
      }
    },
  }
}
