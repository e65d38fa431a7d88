import { explainInFull } from '../../shared/texts/explain.ts'
import type { Change, LiveState } from './live-state.ts'
import { hopsInUse } from './recovery.ts'
import type { ShellTexts } from './texts.ts'

/** What a notification says; `key` is what it is about. */
export interface Notice {
  readonly key: string
  readonly title: string
  readonly body: string
}

/** The notice that a change is worth, if any: a rule that is on and failed, a hop in use that went down. */
export function noticeFor(state: LiveState, change: Change, texts: ShellTexts): Notice | undefined {
  if (change.kind === 'rule') return ruleNotice(state, change, texts)
  if (change.kind === 'hop') return hopNotice(state, change, texts)
  return undefined
}

function ruleNotice(
  { config, rules }: LiveState,
  { ruleId, before }: Extract<Change, { kind: 'rule' }>,
  texts: ShellTexts,
): Notice | undefined {
  const status = rules.get(ruleId)
  const rule = config.rules.find(({ id }) => id === ruleId)
  if (status?.state !== 'failed' || before?.state === 'failed' || !rule) return undefined
  return {
    key: `rule ${ruleId}`,
    title: texts.ruleFailed(rule.name),
    body: explainInFull(status.failure, texts.failures),
  }
}

function hopNotice(
  state: LiveState,
  { hopId, before }: Extract<Change, { kind: 'hop' }>,
  texts: ShellTexts,
): Notice | undefined {
  const health = state.hops.get(hopId)
  const hop = hopsInUse(state.config).find(({ id }) => id === hopId)
  if (health?.state !== 'down' || before?.state === 'down' || !hop) return undefined
  return {
    key: `hop ${hopId}`,
    title: texts.hopDown(hop.name),
    body: explainInFull(health.failure, texts.failures),
  }
}

export interface NoticeLimits {
  /** The same thing is not told again within this time. */
  readonly repeatMs: number
  /** So many are told within `burstMs`; the window has the rest. */
  readonly burst: number
  readonly burstMs: number
}

export const defaultNoticeLimits: NoticeLimits = { repeatMs: 600_000, burst: 4, burstMs: 60_000 }

/** Keeps notifications from becoming noise. The function is asked before each one, and true means that it is told. */
export function createNoticeFilter(
  { repeatMs, burst, burstMs }: NoticeLimits = defaultNoticeLimits,
  now: () => number = Date.now,
): (key: string) => boolean {
  const toldAt = new Map<string, number>()
  return (key) => {
    const at = now()
    for (const [other, time] of toldAt) if (at - time >= Math.max(repeatMs, burstMs)) toldAt.delete(other)
    const last = toldAt.get(key)
    if (last !== undefined && at - last < repeatMs) return false
    const lately = [...toldAt.values()].filter((time) => at - time < burstMs).length
    if (lately >= burst) return false
    toldAt.set(key, at)
    return true
  }
}
