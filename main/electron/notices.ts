import { findProblems, type Problem, type ProblemSources } from '../../shared/problems.ts'
import { explainInFull } from '../../shared/texts/explain.ts'
import { sourcesOf, type Change, type LiveState } from './live-state.ts'
import type { ShellTexts } from './texts.ts'

/** What a notification says; `key` is what it is about. */
export interface Notice {
  readonly key: string
  readonly title: string
  readonly body: string
  /** The words of a button that leads to what helps, where there is such a thing. */
  readonly action?: string
}

/** The notice that a change is worth, if any: the gravest problem that came with it. */
export function noticeFor(state: LiveState, change: Change, texts: ShellTexts): Notice | undefined {
  if (change.kind !== 'rule' && change.kind !== 'hop') return undefined
  const before = new Set(findProblems(sourcesBefore(state, change)).map(({ key }) => key))
  const problem = findProblems(sourcesOf(state)).find(({ key }) => !before.has(key))
  return problem && describe(problem, texts)
}

function sourcesBefore(state: LiveState, change: Extract<Change, { kind: 'rule' | 'hop' }>): ProblemSources {
  const present = sourcesOf(state)
  return change.kind === 'rule'
    ? { ...present, statusOf: (id) => (id === change.ruleId ? change.before : present.statusOf(id)) }
    : { ...present, healthOf: (id) => (id === change.hopId ? change.before : present.healthOf(id)) }
}

function describe(problem: Problem, texts: ShellTexts): Notice | undefined {
  const { key, name, kind, action } = problem
  const help = action === 'none' ? {} : { action: texts.actions[action] }
  switch (kind) {
    case 'rule-failed':
    case 'hop-down':
    case 'certificate-expired': {
      const titles = {
        'rule-failed': texts.ruleFailed,
        'hop-down': texts.hopDown,
        'certificate-expired': texts.certificateExpired,
      }
      return { key, title: titles[kind](name), body: explainInFull(problem.failure, texts.failures), ...help }
    }
    case 'list-down':
      return { key, title: texts.listDown(name), body: texts.listDownText, ...help }
    case 'goes-direct':
      return { key, title: texts.goesDirect(name), body: texts.goesDirectText, ...help }
    case 'engine-down':
      return undefined
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
