import { describe, expect, it, vi } from 'vitest'
import { FailureLog } from '../../../main/engine/failure-log.ts'
import type { Failure } from '../../../shared/errors.ts'
import { makeConfig, makeRule } from '../../support/config.ts'

const [rule] = makeConfig({ rules: [makeRule({ to: 80, route: { kind: 'direct' } })] }).rules
const office = { id: 'office', name: 'Office', address: '10.0.0.5:1080', version: '5' } as const
const refused: Failure = { code: 'hop-unreachable', stage: 'connect-hop', hop: office, errno: 'ECONNREFUSED' }
const reset: Failure = { ...refused, errno: 'ECONNRESET' }

/** A log that was told of failures, and what it wrote at once. */
function logOf(...failures: Failure[]) {
  const lines: string[] = []
  let count = 0
  const log = new FailureLog(({ message }) => lines.push(message))
  const add = (failure: Failure) => {
    count += 1
    const client = `192.0.2.${count}:50000`
    // The reasons to turn a client away name it.
    const named = failure.message === undefined ? {} : { message: `${client}: ${failure.message}` }
    if (rule) log.add({ id: String(count), client, rule }, { ...failure, ...named })
  }
  failures.forEach(add)
  return { log, lines, add }
}

describe('FailureLog', () => {
  it.each<[string, Failure, Failure]>([
    ['error of the system', refused, reset],
    [
      'reply',
      { code: 'hop-refused', reply: { version: 5, code: 1 } },
      { code: 'hop-refused', reply: { version: 5, code: 2 } },
    ],
    [
      'problem with the login',
      { code: 'hop-auth-failed', login: 'missing' },
      { code: 'hop-auth-failed', login: 'refused' },
    ],
    ['reason for not reaching a hop', refused, { ...refused, waitMs: 1000 }],
    ['reason', { code: 'blocked', message: 'not allowed' }, { code: 'blocked', message: 'the limit' }],
  ])('tells of each other %s at once', (_, one, other) => {
    const { log, lines } = logOf(one, other, one)
    expect(lines).toHaveLength(2)
    log.close()
    expect(lines).toHaveLength(3)
  })

  it('counts what has the same cause, whoever the client is, and whatever was tried before', () => {
    const { lines, add } = logOf()
    for (const waitMs of [3000, 2000, 1000]) {
      add({ code: 'blocked', stage: 'accept', message: 'not allowed' })
      add({ ...refused, waitMs, earlier: waitMs > 1000 ? [{ ...reset, waitMs }] : [] })
    }
    expect(lines).toHaveLength(2)
  })

  it('does not say later for how long a hop was still to be left alone', () => {
    const alone = { ...refused, waitMs: 1100, earlier: [{ ...reset, waitMs: 900 }] }
    for (const count of [2, 3]) {
      const { log, lines } = logOf(...Array.from({ length: count }, () => alone))
      expect(lines[0]).toContain('it is left alone for another 1.1 s')
      log.close()
      expect(lines).toHaveLength(2)
      expect(lines[1]).not.toContain('left alone')
    }
  })

  it.each([2, 3])('counts time by a clock that nobody sets (%d failures)', (count) => {
    const { log, lines } = logOf(...Array.from({ length: count }, () => refused))
    const present = Date.now()
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => present - 3_600_000)
    log.close()
    clock.mockRestore()
    expect(lines.at(-1)).toMatch(/(\(|in the last )[\d.]+ ms( ago)?\)$/)
  })

  it('tells what happened at a hop before that is up again', () => {
    const { log, lines, add } = logOf(refused, refused, refused)
    log.flush('other')
    expect(lines).toHaveLength(1)
    log.flush(office.id)
    expect(lines[1]).toContain('(2 more connections in the last')
    add(refused)
    expect(lines).toHaveLength(3)
    log.close()
  })
})
