import { describe, expect, it } from 'vitest'
import { historySeconds, TrafficHistory } from '../../renderer/state/traffic-history.ts'
import { noTotals } from '../../shared/runtime.ts'

function tick(at: number, bytesDown: number, ruleId = 'a') {
  const totals = { ...noTotals, bytesDown }
  return { at, totals, rules: [{ ruleId, totals }] }
}

describe('TrafficHistory', () => {
  it('needs two ticks for a rate', () => {
    const history = new TrafficHistory()
    history.push(tick(1000, 500))
    expect(history.now()).toEqual({ up: 0, down: 0 })
    history.push(tick(3000, 2500))
    expect(history.now()).toEqual({ up: 0, down: 1000 })
    expect(history.now('a')).toEqual({ up: 0, down: 1000 })
    expect(history.now('other')).toEqual({ up: 0, down: 0 })
  })

  it('fills the time before the first traffic of a rule with zeros', () => {
    const history = new TrafficHistory()
    for (const [at, bytes] of [
      [1000, 0],
      [2000, 0],
      [3000, 0],
      [4000, 90],
    ] as const) {
      history.push(tick(at, bytes))
    }
    expect(history.series('a')).toEqual({ times: [2, 3, 4], up: [0, 0, 0], down: [0, 0, 90] })
  })

  it('takes a rule that a tick does not tell of for one that did nothing', () => {
    const history = new TrafficHistory()
    history.know(tick(0, 100).rules)
    history.push({ ...tick(1000, 100), rules: [] })
    history.push(tick(2000, 150))
    history.push({ ...tick(3000, 150), rules: [] })
    history.push(tick(4000, 180))
    expect(history.series('a').down).toEqual([50, 0, 30])
  })

  it('shows no negative rate when counters start again', () => {
    const history = new TrafficHistory()
    history.push(tick(1000, 900))
    history.push(tick(2000, 10))
    expect(history.now().down).toBe(0)
  })

  it('starts anew after a pause, whose bytes belong to no second', () => {
    const history = new TrafficHistory()
    history.push(tick(1000, 0))
    history.push(tick(2000, 10))
    history.push(tick(60_000, 1_000_000))
    expect(history.series().times).toEqual([])
    history.push(tick(61_000, 1_000_100))
    expect(history.now().down).toBe(100)
  })

  it('keeps a bounded time', () => {
    const history = new TrafficHistory()
    for (let second = 0; second < historySeconds + 50; second += 1) history.push(tick(second * 1000, second))
    expect(history.series('a').times).toHaveLength(historySeconds)
    expect(history.series('a').down).toHaveLength(historySeconds)
  })
})
