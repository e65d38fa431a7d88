import { performance } from 'node:perf_hooks'
import type { RouteOut } from '../../../shared/runtime.ts'
import { obstacleOf } from './obstacle.ts'
import type { Pool } from './pool.ts'

/** Why no hop of a pool can be used; undefined while one can, be it that it has its limit of connections now. */
export function poolOut({ list, candidates }: Pool): RouteOut | undefined {
  const now = performance.now()
  const kinds = new Set(candidates.map((candidate) => obstacleOf(candidate, now)?.kind))
  const name = (list ?? candidates[0]?.hop)?.name
  if (name === undefined || kinds.has(undefined) || kinds.has('full')) return undefined
  const why = kinds.size > 1 ? 'mixed' : kinds.has('maintenance') ? 'maintenance' : 'down'
  return { route: name, isHop: list === undefined, why }
}
