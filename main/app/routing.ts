import { notFound } from '../../shared/errors.ts'
import { say } from '../../shared/told.ts'
import type { Engine } from '../engine/api.ts'
import type { Handlers } from './dispatch.ts'

// What can be asked and told of routes besides the config.

export function routingHandlers(engine: Engine): Pick<Handlers, 'hop.fail'> {
  return {
    'hop.fail': async ({ id, forMs }) => {
      if (await engine.failHop(id, forMs)) return {}
      throw notFound(say('There is no such next hop: it may have been removed'))
    },
  }
}
