import { expect, it } from 'vitest'
import { hasAnswered } from '../../../main/engine/dial/has-answered.ts'
import type { Failure } from '../../../shared/errors.ts'

const second = { leg: { number: 2, of: 2 }, stage: 'connect-hop' } as const
const refused = { version: 5, code: 5 } as const

it.each<[string, Failure, boolean]>([
  ['says that the target refused', { code: 'target-refused', stage: 'request', reply: refused }, true],
  ['says nothing', { code: 'timeout', stage: 'greet', afterMs: 100 }, false],
  ['says that it can not reach the next one', { code: 'hop-unreachable', ...second, reply: refused }, true],
  ['breaks off where it should reach the next one', { code: 'hop-unreachable', ...second }, true],
  ['is silent about the next one', { code: 'hop-unreachable', ...second, afterMs: 100 }, false],
  [
    'is not asked, since the name of the next one is not found here',
    { code: 'name-not-found', ...second },
    false,
  ],
  [
    'led to the next one, which is silent',
    { code: 'timeout', ...second, stage: 'greet', afterMs: 100 },
    true,
  ],
])('a first hop that %s', (_what, failure, isAtWork) => {
  expect(hasAnswered(failure)).toBe(isAtWork)
})
