import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createConsole } from '../../../main/headless/console.ts'
import { createStagePrinter } from '../../../main/headless/stage-printer.ts'
import type { StageRecord } from '../../../shared/runtime.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function printer(areTerminal: boolean) {
  const out: string[] = []
  const streams = { out: (text: string) => void out.push(text), error: () => undefined, areTerminal }
  return { out, ...createStagePrinter(createConsole(streams, false), { connectTimeoutMs: 5000 }) }
}

const connecting: StageRecord = { stage: 'connect-hop', startedAt: 0 }
const connected: StageRecord = { ...connecting, durationMs: 2 }
const greeting: StageRecord = { stage: 'greet', startedAt: 2 }

it('tells a person once what takes long, and for how long it is waited for', () => {
  const { out, show, end } = printer(true)
  show([connecting])
  vi.advanceTimersByTime(900)
  expect(out).toEqual([])
  vi.advanceTimersByTime(200)
  expect(out).toEqual(['connect-hop            no answer yet; waits up to 5 s (Ctrl+C ends it)\n'])
  show([connecting])
  vi.advanceTimersByTime(5000)
  expect(out).toHaveLength(1)
  show([connected, greeting])
  vi.advanceTimersByTime(5000)
  expect(out.slice(1)).toEqual([
    'connect-hop      2 ms  fine\n',
    'greet                  no answer yet; waits up to 10 s (Ctrl+C ends it)\n',
  ])
  end()
})

it('tells nobody of what is soon over, or was ended', () => {
  const { out, show, end } = printer(true)
  show([connecting])
  vi.advanceTimersByTime(900)
  show([connected, greeting])
  vi.advanceTimersByTime(900)
  end()
  vi.advanceTimersByTime(5000)
  expect(out).toEqual(['connect-hop      2 ms  fine\n'])
})

it('tells a program nothing but results', () => {
  const { out, show } = printer(false)
  show([connecting])
  vi.advanceTimersByTime(5000)
  expect(out).toEqual([])
})
