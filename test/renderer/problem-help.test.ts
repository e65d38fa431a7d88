import { describe, expect, it } from 'vitest'
import { helpFor } from '../../renderer/state/problem-help.svelte.ts'
import type { Problem } from '../../shared/problems.ts'
import type { HopView } from '../../shared/runtime.ts'
import { makeConfig, makeHop, makeRule } from '../support/config.ts'

const parsed = makeConfig({ hops: [makeHop({ port: 1080 })], rules: [makeRule({ to: 80 })] })
const config = { ...parsed, hops: parsed.hops.map((hop): HopView => ({ ...hop, hasPassword: false })) }
const [rule] = config.rules
const [hop] = config.hops

const common = { key: 'k', name: 'N', failure: { code: 'timeout' }, since: 1 } as const
const cases: readonly (readonly [Problem, object])[] = [
  [
    { ...common, kind: 'rule-failed', action: 'examine-port', ruleId: 'rule' },
    { kind: 'rule', rule },
  ],
  [
    { ...common, kind: 'hop-down', action: 'check-hop', hopId: 'hop' },
    { kind: 'test-hop', hopId: 'hop' },
  ],
  [
    { ...common, kind: 'hop-down', action: 'edit-login', hopId: 'hop' },
    { kind: 'hop', hop },
  ],
  [
    { ...common, kind: 'certificate-expired', action: 'check-hop', hopId: 'hop' },
    { kind: 'test-hop', hopId: 'hop' },
  ],
  [
    { ...common, kind: 'goes-direct', action: 'edit-rule', ruleId: 'rule' },
    { kind: 'rule', rule },
  ],
  [
    { ...common, kind: 'list-down', action: 'edit-list', listId: 'l' },
    { kind: 'list', listId: 'l' },
  ],
  [{ ...common, kind: 'hop-down', action: 'check-hop', hopId: 'gone' }, { kind: 'problems' }],
  [{ ...common, kind: 'engine-down', action: 'none' }, { kind: 'problems' }],
]

describe('what helps against a problem', () => {
  it.each(cases)('%o', (problem, dialog) => {
    expect(helpFor(problem, { config })).toEqual(dialog)
  })
})
