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
import { toMs, toWholeNumber } from '../../state/numbers.ts'

/** A next-hop list as the form holds it: what was typed, as text. */
export interface ListDraft {
  readonly id: string
  name: string
  mode: ListMode
  hopIds: string[]
  /** By hop id; 1 where nothing is said. */
  weights: Record<string, string>
  backupHopIds: string[]
  returnSeconds: string
  stickyBy: NextHopList['stickyBy']
  stickyMinutes: string
}

const second = 1000
const minute = 60 * second
const defaults = {
  returnSeconds: String(listDefaults.returnAfterMs / second),
  stickyMinutes: String(listDefaults.stickyForMs / minute),
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
    ...defaults,
  }
}

export function toListDraft({ returnAfterMs, stickyForMs, weights, ...list }: NextHopList): ListDraft {
  return {
    ...list,
    hopIds: [...list.hopIds],
    weights: Object.fromEntries(Object.entries(weights).map(([id, weight]) => [id, String(weight)])),
    backupHopIds: [...list.backupHopIds],
    returnSeconds: String(returnAfterMs / second),
    stickyMinutes: String(stickyForMs / minute),
  }
}

/** What is sent to the app; not yet checked. The draft's arrays are Svelte's proxies, which can't be cloned. */
export function toListInput({ returnSeconds, stickyMinutes, weights, ...draft }: ListDraft): NextHopList {
  return {
    ...draft,
    hopIds: [...draft.hopIds],
    weights: Object.fromEntries(Object.entries(weights).map(([id, text]) => [id, toWholeNumber(text)])),
    backupHopIds: [...draft.backupHopIds],
    returnAfterMs: toMs(returnSeconds),
    stickyForMs: toMs(stickyMinutes, minute),
  }
}

/** The draft in another mode. What was mistyped and is not asked for any more is as if it had never been typed. */
export function withMode(
  mode: ListMode,
  wrong: readonly Issue[],
): Partial<Pick<ListDraft, 'mode' | 'weights' | 'returnSeconds' | 'stickyMinutes'>> {
  const isWrong = (field: keyof NextHopList) => wrong.some(({ path }) => path[0] === field)
  return {
    mode,
    ...(isWrong('weights') && { weights: {} }),
    ...(isWrong('returnAfterMs') && { returnSeconds: defaults.returnSeconds }),
    ...(isWrong('stickyForMs') && { stickyMinutes: defaults.stickyMinutes }),
  }
}

/** What changes where a hop is taken off the list. */
export function takeOff(
  draft: ListDraft,
  hopId: string,
): Pick<ListDraft, 'hopIds' | 'weights' | 'backupHopIds'> {
  const { [hopId]: _weight, ...weights } = draft.weights
  const { hopIds, backupHopIds } = withoutHop(toListInput(draft), hopId)
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
    .map((issue) => ({ ...issue, path: issue.path.slice(2) }))
}
