import type { Issue } from '../../../shared/model/issues.ts'
import type { SocksVersion } from '../../../shared/model/next-hop.ts'
import type { Answers, HopAnswer, RuleSet } from '../../../shared/library/rule-set.ts'

// The answers to a rule set's questions while they are typed.

export interface HopRow {
  /** '' for a new one. */
  existingId: string
  name: string
  host: string
  port: string
  version: SocksVersion
}

export interface SetDraft {
  /** By question id. */
  texts: Record<string, string>
  hops: Record<string, HopRow[]>
}

export function emptyHopRow(): HopRow {
  return { existingId: '', name: '', host: '', port: '1080', version: '5' }
}

/** Starts with the next hops that are there, since most who add a second set mean those. */
export function emptyDraft({ questions }: RuleSet, hopIds: readonly string[] = []): SetDraft {
  const draft: SetDraft = { texts: {}, hops: {} }
  for (const question of questions) {
    if (question.kind === 'hops') {
      draft.hops[question.id] = Array.from({ length: question.min }, (_, index) => ({
        ...emptyHopRow(),
        existingId: hopIds[index] ?? '',
      }))
    } else {
      const fallback = 'default' in question ? question.default : undefined
      draft.texts[question.id] = fallback === undefined ? '' : String(fallback)
    }
  }
  return draft
}

export function toAnswers({ texts, hops }: SetDraft): Answers {
  return {
    ...texts,
    ...Object.fromEntries(Object.entries(hops).map(([id, rows]) => [id, rows.map(toHopAnswer)])),
  }
}

function toHopAnswer({ existingId, name, host, port, version }: HopRow): HopAnswer {
  if (existingId !== '') return { kind: 'existing', id: existingId }
  // A port that is no number is told as one that is out of bounds.
  const number = /^\d+$/.test(port.trim()) ? Number(port) : -1
  return { kind: 'new', hop: { name: name.trim() === '' ? host : name, host, port: number, version } }
}

/** True while nothing was typed into a field that has to be filled. */
export function isUntouched(set: RuleSet, { texts, hops }: SetDraft): boolean {
  return set.questions.some((question) => {
    if (question.kind === 'hops') {
      return (hops[question.id] ?? []).some(({ existingId, host }) => existingId === '' && host.trim() === '')
    }
    const isOptional = question.kind === 'password' || ('optional' in question && question.optional)
    return !isOptional && (texts[question.id] ?? '').trim() === ''
  })
}

/** The first mistake at a question, or at a place in its answer. */
export function mistakeAt(issues: readonly Issue[], ...path: (string | number)[]): Issue | undefined {
  const wanted = ['answers', ...path]
  return issues.find((issue) => wanted.every((key, index) => issue.path[index] === key))
}
