import { notFound } from '../../shared/errors.ts'
import type { Config } from '../../shared/model/config.ts'
import { matchesDetail, matchesSummary, traceLine, type TraceFilter } from '../../shared/trace-filter.ts'
import { say } from '../../shared/told.ts'
import type { Engine } from '../engine/api.ts'
import type { Handlers } from './dispatch.ts'

type ConnectionCalls = Extract<keyof Handlers, `connection.${string}`>

export function connectionHandlers(engine: Engine, config: () => Config): Pick<Handlers, ConnectionCalls> {
  async function matchingIds(filter: TraceFilter): Promise<string[]> {
    const summaries = await engine.connections()
    return summaries.filter((summary) => matchesSummary(filter, summary)).map(({ id }) => id)
  }

  return {
    'connection.list': () => engine.connections(),
    'connection.get': async ({ id }) => {
      const connection = await engine.connection(id)
      if (connection) return connection
      throw notFound(say('There is no such connection: it ended, and only the latest ones are kept'))
    },
    'connection.export': async ({ language, ids, ...filter }) => {
      const asked = ids ?? (await matchingIds(filter))
      const found = await engine.details(asked)
      const details = found.filter((it) => matchesSummary(filter, it) && matchesDetail(filter, it))
      const names = new Map(config().rules.map(({ id, name }) => [id, name]))
      const lines = details
        .sort((a, b) => (a.closedAt ?? a.openedAt) - (b.closedAt ?? b.openedAt))
        .map((detail) => `${traceLine(detail, names.get(detail.ruleId), language)}\n`)
      const stamp = new Date().toISOString().replace(/\.\d+/, '').replaceAll(':', '-')
      return { filename: `nexthop-traces-${stamp}.jsonl`, text: lines.join('') }
    },
    'connection.close': async (filter) => ({ closed: await engine.closeConnections(filter) }),
  }
}
