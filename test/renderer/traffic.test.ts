import { describe, expect, it } from 'vitest'
import { historySeconds, TrafficHistory } from '../../renderer/state/traffic-history.ts'
import { noTotals } from '../../shared/runtime.ts'

function tick(at: number, bytesDown: number, ruleId = 'a') {
  const totals = { ...noTotals, bytesDown }
  return { at, totals, rules: [{ ruleId, totals }] }
}

/** One that knows the totals when it begins. */
function begin(bytesDown = 0): TrafficHistory {
  const history = new TrafficHistory()
  history.know(tick(0, bytesDown))
  return history
}

describe('TrafficHistory', () => {
  it('has nothing to compare the first tick with unless it knows the totals', () => {
    const history = new TrafficHistory()
    history.push(tick(1000, 500))
    expect(history.now()).toEqual({ up: 0, down: 0 })
    expect(history.isEmpty).toBe(true)
    history.push(tick(2000, 2500))
    expect(history.now()).toEqual({ up: 0, down: 2000 })
    expect(history.now('a')).toEqual({ up: 0, down: 2000 })
    expect(history.now('other')).toEqual({ up: 0, down: 0 })
  })

  it('begins a second before the first traffic, and fills that of a rule with zeros', () => {
    const history = begin()
    history.push(tick(1000, 0))
    expect(history.isEmpty).toBe(true)
    history.push(tick(4000, 90))
    expect(history.series('a')).toEqual({ times: [3, 4], up: [0, 0], down: [0, 90] })
    history.push(tick(5500, 120, 'b'))
    expect(history.series('b').down).toEqual([0, 0, 0])
    history.push(tick(6500, 130, 'b'))
    expect(history.series('b')).toEqual({ times: [3, 4, 5.5, 6.5], up: [0, 0, 0, 0], down: [0, 0, 0, 10] })
    expect(history.series('a').down).toEqual([0, 90, 0, 0])
    expect(history.series().down).toEqual([0, 90, 20, 10])
  })

  it('takes a second without a tick for one in which nothing passed', () => {
    const history = begin()
    history.push(tick(1000, 50))
    history.fill(2500)
    history.fill(3500)
    expect(history.now()).toEqual({ up: 0, down: 0 })
    history.push(tick(4000, 80))
    expect(history.series()).toEqual({ times: [0, 1, 2, 3, 4], up: [0, 0, 0, 0, 0], down: [0, 50, 0, 0, 30] })
  })

  it('takes a filled second back where a late tick tells of it', () => {
    const history = begin()
    history.push(tick(1000, 50))
    history.fill(2500)
    history.push(tick(2200, 110))
    expect(history.series().times).toEqual([0, 1, 2.2])
    expect(history.now().down).toBeCloseTo(50)
  })

  it('keeps what it has where a tick was on its way for seconds', () => {
    const history = begin()
    history.push(tick(1000, 50))
    for (const now of [2500, 3500, 4500]) history.fill(now)
    history.push(tick(2000, 110))
    history.push(tick(3000, 130))
    expect(history.series()).toEqual({ times: [0, 1, 2, 3], up: [0, 0, 0, 0], down: [0, 50, 60, 20] })
  })

  it('is empty again when the last traffic is past', () => {
    const history = begin()
    history.push(tick(1000, 50))
    for (let second = 2; second <= historySeconds + 1; second += 1) history.fill(second * 1000 + 500)
    expect(history.isEmpty).toBe(false)
    history.fill((historySeconds + 2) * 1000 + 500)
    expect(history.isEmpty).toBe(true)
    history.push(tick(900_000, 75))
    expect(history.series()).toEqual({ times: [899, 900], up: [0, 0], down: [0, 25] })
  })

  it('shows no negative rate when counters start again', () => {
    const history = begin(900)
    history.push(tick(1000, 1000))
    history.push(tick(2000, 10))
    expect(history.now().down).toBe(0)
  })

  it('starts anew after a pause, whose bytes belong to no second', () => {
    const history = begin()
    history.push(tick(1000, 10))
    history.know(tick(0, 1_000_000))
    history.push(tick(60_000, 1_000_100))
    expect(history.series()).toEqual({ times: [59, 60], up: [0, 0], down: [0, 100] })
    history.fill(90_000)
    expect(history.isEmpty).toBe(true)
  })

  it('keeps a bounded time', () => {
    const history = begin()
    for (let second = 1; second < historySeconds + 50; second += 1) history.push(tick(second * 1000, second))
    expect(history.series('a').times).toHaveLength(historySeconds)
    expect(history.series('a').down).toHaveLength(historySeconds)
  })
})
