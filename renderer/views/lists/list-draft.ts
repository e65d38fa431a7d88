import * as v from 'valibot'
import { crossCheck } from '../../../shared/model/cross-check.ts'
import { toIssues, type Issue } from '../../../shared/model/issues.ts'
import {
  listDefaults,
  nextHopListSchema,
  withoutHop,
  type ListMode,
  type NextHopList,
} from '../../../shared/model/next-hop-list.ts'
import type { ConfigView } from '../../../shared/runtime.ts'

export interface ListDraft {
  readonly id: string
  name: string
  mode: ListMode
  hopIds: string[]
  weights: NextHopList['weights']
  backupHopIds: string[]
  returnAfterMs: number
  stickyBy: NextHopList['stickyBy']
  stickyForMs: number
}

export function emptyList(id: string, hopIds: string[]): ListDraft {
  return {
    id,
    name: '',
    mode: 'failover',
    hopIds,
    weights: {},
    backupHopIds: [],
    stickyBy: 'client',
    ...listDefaults,
  }
}

/** The draft's arrays are Svelte's proxies, which can't be cloned; what is sent is plain. */
export function toListInput(draft: ListDraft): NextHopList {
  return {
    ...draft,
    hopIds: [...draft.hopIds],
    weights: { ...draft.weights },
    backupHopIds: [...draft.backupHopIds],
  }
}

/** What changes where a hop is taken off the list. */
export function takeOff(
  draft: ListDraft,
  hopId: string,
): Pick<ListDraft, 'hopIds' | 'weights' | 'backupHopIds'> {
  const { hopIds, weights, backupHopIds } = withoutHop(toListInput(draft), hopId)
  return { hopIds, weights, backupHopIds }
}

/** Every mistake of a draft, by itself and against the rest of the config; paths are those of a list. */
export function checkList(draft: ListDraft, config: ConfigView): readonly Issue[] {
  const parsed = v.safeParse(nextHopListSchema, toListInput(draft))
  if (!parsed.success) return toIssues(parsed.issues)
  const lists = [...config.lists.filter(({ id }) => id !== draft.id), parsed.output]
  const index = lists.length - 1
  return crossCheck({ ...config, hops: [...config.hops], lists })
    .filter(({ path }) => path[0] === 'lists' && path[1] === index)
    .map(({ path, message }) => ({ path: path.slice(2), message }))
}
