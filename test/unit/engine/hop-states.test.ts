import { describe, expect, it } from 'vitest'
import { HopStates } from '../../../main/engine/hop-states.ts'
import type { Failure } from '../../../shared/errors.ts'
import type { NextHopInput } from '../../../shared/model/next-hop.ts'
import type { HopHealth } from '../../../shared/runtime.ts'
import { makeConfig, makeHop } from '../../support/config.ts'

const failure: Failure = { code: 'timeout', stage: 'connect-hop' }

function makeStates(fields: Partial<NextHopInput> = {}) {
  const told: HopHealth[] = []
  const states = new HopStates((_hopId, health) => told.push(health))
  const { hops } = makeConfig({ hops: [makeHop({ port: 1080, failureWaitMs: 1000, ...fields })] })
  states.apply(hops)
  const state = () => states.health('hop').state
  return { states, told, hops, state }
}

describe('the health of a hop', () => {
  it('is down after as many failures in a row as the hop says', () => {
    const { states, state } = makeStates({ failureThreshold: 3 })
    states.failed('hop', failure, 1)
    states.failed('hop', failure, 2)
    expect(state()).toBe('unknown')
    states.failed('hop', failure, 3)
    expect(state()).toBe('down')
  })

  it('forgets failures once a connection got through', () => {
    const { states, state } = makeStates({ failureThreshold: 2 })
    states.failed('hop', failure, 1)
    states.succeeded('hop', 2)
    states.failed('hop', failure, 3)
    expect(state()).toBe('up')
  })

  it('waits twice as long after each failure in a row, up to the longest wait', () => {
    const { states } = makeStates({ failureThreshold: 3, maxFailureWaitMs: 5000 })
    states.failed('hop', failure, 0)
    states.failed('hop', failure, 0)
    let at = 0
    const waits = [1, 2, 3, 4, 5].map(() => {
      states.failed('hop', failure, at)
      const health = states.health('hop')
      const wait = health.state === 'down' ? health.retryAt - at : 0
      at += wait
      return wait
    })
    expect(waits).toEqual([1000, 2000, 4000, 5000, 5000])
  })

  it('is down without its password whatever is found out, and afresh once that is there', () => {
    const { states, told, hops, state } = makeStates({ user: 'me' })
    const [hop] = hops
    if (!hop) throw new Error('no hop')
    states.apply([{ ...hop, missingPassword: 'PW is not set' }])
    expect(told.map((health) => health.state)).toEqual(['down'])
    states.succeeded('hop', 1)
    states.checkedUp('hop', 1)
    states.learn('hop', { state: 'up', at: 1 })
    states.failOnPurpose('hop', 1, 1)
    expect(states.health('hop')).toMatchObject({
      state: 'down',
      failure: { code: 'hop-auth-failed', login: 'unavailable', message: 'PW is not set' },
    })
    const locked = states.health('hop')
    states.apply([{ ...hop, password: 'here' }])
    // From a thread that has not got the new config yet.
    states.learn('hop', locked)
    expect(state()).toBe('unknown')
  })

  it('tells at once of a new hop that lacks its password', () => {
    const told: HopHealth[] = []
    const { hops } = makeStates({ user: 'me' })
    new HopStates((_hopId, health) => told.push(health)).apply(
      hops.map((hop) => ({ ...hop, missingPassword: 'PW is not set' })),
    )
    expect(told).toMatchObject([{ state: 'down', failure: { login: 'unavailable' } }])
  })

  it('counts many connections that fail at once as one failure', () => {
    const { states, told } = makeStates()
    for (let count = 0; count < 50; count += 1) states.failed('hop', failure, 10)
    expect(told).toEqual([{ state: 'down', at: 10, retryAt: 1010, failure }])
  })

  it('is down on purpose whatever connections say, until that is over or ended', () => {
    const { states, state } = makeStates()
    expect(states.failOnPurpose('gone', 60_000, 0)).toBe(false)
    expect(states.failOnPurpose('hop', 60_000, 0)).toBe(true)
    states.succeeded('hop', 59_999)
    expect(state()).toBe('down')
    states.failOnPurpose('hop', 0, 59_999)
    expect(state()).toBe('unknown')
    states.failOnPurpose('hop', 60_000, 0)
    states.succeeded('hop', 60_000)
    expect(state()).toBe('up')
  })

  it('knows since when a hop is back', () => {
    const { states, hops } = makeStates()
    const [hop] = hops
    if (!hop) throw new Error('no hop')
    states.succeeded('hop', 5)
    expect(states.standing(hop).recoveredAt).toBeUndefined()
    states.failed('hop', failure, 10)
    states.succeeded('hop', 2000)
    expect(states.standing(hop).recoveredAt).toBe(2000)
  })

  it('counts the connections of a hop, and keeps a sliding mean of its latency', () => {
    const { states } = makeStates()
    states.enter('hop')
    states.enter('hop')
    states.left('hop')
    states.measured('hop', 10, 1)
    states.measured('hop', 20, 2)
    expect(states.runtime()).toEqual([{ hopId: 'hop', health: { state: 'unknown' }, open: 1, latencyMs: 12 }])
  })
})
