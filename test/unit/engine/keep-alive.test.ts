import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { KeepAlive } from '../../../main/engine/keep-alive.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function makeSocket(destroyed = false) {
  const delays: number[] = []
  return { destroyed, delays, setKeepAlive: (_isOn: boolean, delay: number) => void delays.push(delay) }
}

describe('probes of open connections', () => {
  it('begin after half a minute, each with a silence of its own between one minute and two', () => {
    const keepAlive = new KeepAlive()
    const sockets = Array.from({ length: 100 }, () => makeSocket())
    for (const socket of sockets) keepAlive.later(socket)
    vi.advanceTimersByTime(29_000)
    expect(sockets.flatMap(({ delays }) => delays)).toEqual([])
    vi.advanceTimersByTime(6000)
    const delays = sockets.flatMap((socket) => socket.delays)
    expect(delays).toHaveLength(100)
    expect(new Set(delays).size).toBeGreaterThan(90)
    for (const delay of delays) expect(delay).toSatisfy((ms: number) => ms >= 60_000 && ms <= 120_000)
  })

  it('never begin for those that are closed before', () => {
    const keepAlive = new KeepAlive()
    const [left, destroyed] = [makeSocket(), makeSocket(true)]
    const leave = keepAlive.later(left)
    keepAlive.later(destroyed)
    leave()
    vi.advanceTimersByTime(60_000)
    expect([...left.delays, ...destroyed.delays]).toEqual([])
  })

  it('need one timer, and none while all connections are old', () => {
    const keepAlive = new KeepAlive()
    expect(vi.getTimerCount()).toBe(0)
    keepAlive.later(makeSocket(), makeSocket())
    vi.advanceTimersByTime(20_000)
    const late = makeSocket()
    keepAlive.later(late)
    expect(vi.getTimerCount()).toBe(1)
    vi.advanceTimersByTime(20_000)
    expect({ timers: vi.getTimerCount(), late: late.delays }).toEqual({ timers: 1, late: [] })
    vi.advanceTimersByTime(20_000)
    expect({ timers: vi.getTimerCount(), late: late.delays.length }).toEqual({ timers: 0, late: 1 })
  })
})
