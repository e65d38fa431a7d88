import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHopLog, warnEveryMs } from '../../../main/app/hop-log.ts'
import { createLog } from '../../../main/app/log.ts'
import type { HopHealth } from '../../../shared/runtime.ts'
import { makeConfig, makeHop } from '../../support/config.ts'

const up: HopHealth = { state: 'up', at: 0 }
const down: HopHealth = {
  state: 'down',
  at: 0,
  retryAt: 0,
  failure: { code: 'hop-unreachable', errno: 'ECONNREFUSED' },
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function prepare() {
  const log = createLog()
  const config = makeConfig({ hops: [makeHop({ id: 'a', name: 'Office', port: 1 })] })
  const hopLog = createHopLog({ log, hops: () => config.hops })
  return {
    change: (health: HopHealth, hopId = 'a') => hopLog.changed(hopId, health),
    told: () => log.entries().map(({ level, message }) => `${level} ${message.replace(/(down)\. .*/, '$1')}`),
    close: () => hopLog.close(),
  }
}

const warned = 'warn The next hop "Office" is down'
const back = 'info The next hop "Office" is up again.'

describe('hops in the log', () => {
  it('are told when they go down and when they are back, once each', () => {
    const { change, told } = prepare()
    change(up)
    for (let times = 0; times < 3; times += 1) change(down)
    expect(told()).toEqual([warned])
    change(up)
    change(up)
    expect(told()).toEqual([warned, back])
  })

  it('are warned of no more often than every so often, however they come and go', () => {
    const { change, told, close } = prepare()
    for (let times = 0; times < 50; times += 1) {
      change(down)
      change(up)
    }
    expect(told()).toEqual([warned, back])
    change(down)
    vi.advanceTimersByTime(warnEveryMs - 1)
    expect(told()).toEqual([warned, back])
    vi.advanceTimersByTime(1)
    expect(told()).toEqual([warned, back, warned])
    close()
  })

  it('are not told of where someone took them out by hand, that was told before, or they are gone', () => {
    const { change, told } = prepare()
    if (down.state === 'down') {
      change({ ...down, failure: { code: 'hop-auth-failed', login: 'unavailable' } })
    }
    if (down.state === 'down') change({ ...down, failure: { ...down.failure, onPurpose: true } })
    change(down, 'gone')
    change({ state: 'unknown' })
    expect(told()).toEqual([])
  })
})
