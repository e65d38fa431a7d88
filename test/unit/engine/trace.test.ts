import { afterEach, expect, it, vi } from 'vitest'
import { Trace } from '../../../main/engine/trace.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

it.each([-3_600_000, 3_600_000])('a trace tells the new time once the clock was set by %d ms', (jump) => {
  const before = Date.now()
  vi.spyOn(Date, 'now').mockImplementation(() => before + jump)
  const trace = new Trace()
  trace.begin('accept')
  vi.restoreAllMocks()
  trace.begin('identify')
  trace.end()
  const [accept, identify] = trace.stages
  expect(Math.abs((accept?.startedAt ?? 0) - before - jump)).toBeLessThan(1000)
  expect(Math.abs((identify?.startedAt ?? 0) - before)).toBeLessThan(1000)
  expect(accept?.durationMs).toBeGreaterThanOrEqual(0)
})
