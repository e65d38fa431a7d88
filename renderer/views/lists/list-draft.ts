import * as v from 'valibot'
import { crossCheck } from '../../../shared/model/cross-check.ts'
import { toIssues, type Issue } from '../../../shared/model/issues.ts'
import { nextHopListSchema, type ListMode } from '../../../shared/model/next-hop-list.ts'
import type { ConfigView } from '../../../shared/runtime.ts'

export interface ListDraft {
  readonly id: string
  name: string
  mode: ListMode
  hopIds: string[]
}

/** Every mistake of a draft, by itself and against the rest of the config; paths are those of a list. */
export function checkList(draft: ListDraft, config: ConfigView): readonly Issue[] {
  const parsed = v.safeParse(nextHopListSchema, { ...draft, hopIds: [...draft.hopIds] })
  if (!parsed.success) return toIssues(parsed.issues)
  const lists = [...config.lists.filter(({ id }) => id !== draft.id), parsed.output]
  const index = lists.length - 1
  return crossCheck({ ...config, hops: [...config.hops], lists })
    .filter(({ path }) => path[0] === 'lists' && path[1] === index)
    .map(({ path, message }) => ({ path: path.slice(2), message }))
}
