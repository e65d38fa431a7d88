import { notFound } from '../../shared/errors.ts'
import type { Engine } from '../engine/api.ts'
import type { Handlers } from './dispatch.ts'

type ConnectionCalls = 'connection.list' | 'connection.get' | 'connection.close'

export function connectionHandlers(engine: Engine): Pick<Handlers, ConnectionCalls> {
  return {
    'connection.list': () => engine.connections(),
    'connection.get': async ({ id }) => {
      const connection = await engine.connection(id)
      if (connection) return connection
      throw notFound('There is no such connection: it ended, and only the latest ones are kept')
    },
    'connection.close': async (filter) => ({ closed: await engine.closeConnections(filter) }),
  }
}
