import { describe, expect, it } from 'vitest'
import { isLeftAlone } from '../../../main/engine/hop-state.ts'
import { HopStates } from '../../../main/engine/hop-states.ts'
import type { Failure } from '../../../shared/errors.ts'
import type { NextHopInput } from '../../../shared/model/next-hop.ts'
import type { HopHealth } from '../../../shared/runtime.ts'
import { makeConfig, makeHop } from '../../support/config.ts'

const failure: Failure = { code: 'timeout', stage: 'connect-hop' }

function makeStates(fields: Partial<NextHopInput> = {}) {
  const told: HopHealth[] = []
  /** How far the wall clock is ahead of the other. */
  const clock = { ahead: 0 }
  const states = new HopStates(
    (_hopId, health) => told.push(health),
    (at) => at + clock.ahead,
  )
  const { hops } = makeConfig({ hops: [makeHop({ port: 1080, failureWaitMs: 1000, ...fields })] })
  const [hop] = hops
  if (!hop) throw new Error('no hop')
  states.apply(hops)
  const state = () => states.health('hop').state
  return { states, told, hop, state, clock }
}

describe('the health of a hop', () => {
  it('is down after as many failures in a row as the hop says', () => {
    const { states, hop, state } = makeStates({ failureThreshold: 3 })
    states.failed(hop, failure, 1)
    states.failed(hop, failure, 2)
    expect(state()).toBe('unknown')
    states.failed(hop, failure, 3)
    expect(state()).toBe('down')
  })

  it('forgets failures once a connection got through', () => {
    const { states, hop, state } = makeStates({ failureThreshold: 2 })
    states.failed(hop, failure, 1)
    states.succeeded(hop, 2)
    states.failed(hop, failure, 3)
    expect(state()).toBe('up')
  })

  it('waits twice as long after each failure in a row, up to the longest wait', () => {
    const { states, hop } = makeStates({ failureThreshold: 3, maxFailureWaitMs: 5000 })
    states.failed(hop, failure, 0)
    states.failed(hop, failure, 0)
    let at = 0
    const waits = [1, 2, 3, 4, 5].map(() => {
      states.failed(hop, failure, at)
      const health = states.health('hop')
      const wait = health.state === 'down' ? health.until - at : 0
      at += wait
      return wait
    })
    expect(waits).toEqual([1000, 2000, 4000, 5000, 5000])
  })

  it('is down without its password whatever is found out, and afresh once that is there', () => {
    const { states, told, hop, state } = makeStates({ user: 'me' })
    states.apply([{ ...hop, missingPassword: 'PW is not set' }])
    expect(told.map((health) => health.state)).toEqual(['down'])
    states.succeeded(hop, 1)
    states.checkedUp('hop', 1)
    states.learn('hop', { state: 'up', at: 1 }, 1)
    states.failOnPurpose('hop', 1, 1)
    expect(states.health('hop')).toMatchObject({
      state: 'down',
      failure: { code: 'hop-auth-failed', login: 'unavailable', message: 'PW is not set' },
    })
    const [locked] = states.runtime()
    states.apply([{ ...hop, password: 'here' }])
    // From a thread that has not got the new config yet.
    states.learn('hop', locked?.health ?? { state: 'unknown' }, 1)
    expect(state()).toBe('unknown')
  })

  it('tells at once of a new hop that lacks its password', () => {
    const told: HopHealth[] = []
    const { hop } = makeStates({ user: 'me' })
    new HopStates((_hopId, health) => told.push(health)).apply([{ ...hop, missingPassword: 'PW is not set' }])
    expect(told).toMatchObject([{ state: 'down', failure: { login: 'unavailable' } }])
  })

  it('counts many connections that fail at once as one failure', () => {
    const { states, hop, told } = makeStates()
    for (let count = 0; count < 50; count += 1) states.failed(hop, failure, 10)
    expect(told).toEqual([{ state: 'down', at: 10, retryAt: 1010, failure }])
  })

  it('waits as long as it should while the clock is set, and tells when that is over by the new time', () => {
    const { states, told, hop, clock } = makeStates()
    const isOut = (at: number) => isLeftAlone(states.standing(hop).health, at)
    clock.ahead = 50_000
    states.failed(hop, failure, 100)
    expect(told).toMatchObject([{ at: 50_100, retryAt: 51_100 }])
    for (const ahead of [3_650_000, -3_550_000]) {
      clock.ahead = ahead
      expect([isOut(1099), isOut(1100)]).toEqual([true, false])
      expect(states.runtime()).toMatchObject([{ health: { at: 50_100, retryAt: ahead + 1100 } }])
    }
  })

  it('learns from another thread how long it still has to wait, whatever zero its clock has', () => {
    const { states, hop, clock } = makeStates()
    const remaining = (at: number) => {
      const { health } = states.standing(hop)
      return health.state === 'down' ? health.until - at : undefined
    }
    clock.ahead = 50_000
    states.learn('hop', { state: 'down', at: 50_000, retryAt: 51_000, failure }, 200)
    expect(remaining(200)).toBe(800)
    // Told before the clock was set back by an hour.
    states.learn('hop', { state: 'down', at: 3_650_000, retryAt: 3_651_000, failure }, 200)
    expect(remaining(200)).toBe(1000)
    states.learn('hop', { state: 'up', at: 3_650_000 }, 300)
    expect(states.standing(hop).recoveredAt).toBe(300)
  })

  it('is down on purpose whatever connections say, until that is over or ended', () => {
    const { states, hop, state } = makeStates()
    expect(states.failOnPurpose('gone', 60_000, 0)).toBe(false)
    expect(states.failOnPurpose('hop', 60_000, 0)).toBe(true)
    states.succeeded(hop, 59_999)
    expect(state()).toBe('down')
    states.failOnPurpose('hop', 0, 59_999)
    expect(state()).toBe('unknown')
    states.failOnPurpose('hop', 60_000, 0)
    states.succeeded(hop, 60_000)
    expect(state()).toBe('up')
  })

  it('knows since when a hop is back', () => {
    const { states, hop } = makeStates()
    states.succeeded(hop, 5)
    expect(states.standing(hop).recoveredAt).toBeUndefined()
    states.failed(hop, failure, 10)
    states.succeeded(hop, 2000)
    expect(states.standing(hop).recoveredAt).toBe(2000)
  })

  it('goes by nothing that an attempt found out at a proxy whose place another one took meanwhile', () => {
    const { states, hop, state } = makeStates({ failureThreshold: 1 })
    const corrected = { ...hop, port: 1081 }
    states.apply([corrected])
    states.failed(hop, failure, 1)
    states.measured(hop, 10, 1)
    expect(states.runtime()).toEqual([{ hopId: 'hop', health: { state: 'unknown' }, open: 0 }])
    states.failed(corrected, failure, 2)
    states.succeeded(hop, 5000)
    expect(state()).toBe('down')
  })

  it('still counts the connections of a hop that was removed and put back', () => {
    const { states, hop } = makeStates({ maxConnections: 2 })
    const [first, second] = [states.standing(hop), states.standing(hop)]
    expect([first.enter(), second.enter()]).toEqual([true, true])
    states.failed(hop, failure, 1)
    states.apply([])
    expect(states.runtime()).toEqual([])
    states.apply([hop])
    expect(states.runtime()).toEqual([{ hopId: 'hop', health: { state: 'unknown' }, open: 2 }])
    expect(states.standing(hop).enter()).toBe(false)
    first.leave()
    expect(states.standing(hop).enter()).toBe(true)
    states.apply([])
    first.leave()
    second.leave()
    states.apply([hop])
    expect(states.runtime()).toMatchObject([{ open: 0 }])
  })

  it('counts the connections of a hop, and keeps a sliding mean of its latency', () => {
    const { states, hop } = makeStates()
    states.standing(hop).enter()
    states.standing(hop).enter()
    states.standing(hop).leave()
    states.measured(hop, 10, 1)
    states.measured(hop, 20, 2)
    expect(states.runtime()).toEqual([{ hopId: 'hop', health: { state: 'unknown' }, open: 1, latencyMs: 12 }])
  })
})
