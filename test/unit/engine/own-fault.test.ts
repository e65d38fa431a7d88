import { expect, it } from 'vitest'
import { isOwnFault } from '../../../main/engine/dial/own-fault.ts'

it.each([
  ['EMFILE', true],
  ['ENFILE', true],
  ['EBUSY', true],
  ['ENETUNREACH', true],
  ['ECONNREFUSED', false],
  ['ETIMEDOUT', false],
  ['ETIMEOUT', false],
])('a connection that fails with %s is our own fault: %s', (errno, isOwn) => {
  expect(isOwnFault({ code: 'hop-unreachable', errno })).toBe(isOwn)
})
