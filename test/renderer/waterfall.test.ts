import { describe, expect, it } from 'vitest'
import { layOutWaterfall } from '../../renderer/lib/waterfall-layout.ts'
import { failedAfterMs } from '../../renderer/views/connections/connection-text.ts'
import type { StageRecord } from '../../shared/runtime.ts'

const stage = (name: StageRecord['stage'], startedAt: number, durationMs?: number): StageRecord => ({
  stage: name,
  startedAt,
  ...(durationMs !== undefined && { durationMs }),
})

describe('the layout of a waterfall', () => {
  it('puts all bars on one axis, in proportion', () => {
    const { spanMs, bars, stepMs } = layOutWaterfall(
      [stage('route', 1000, 10), stage('connect-hop', 1010, 70), stage('request', 1080, 20)],
      false,
    )
    expect(spanMs).toBe(100)
    expect(stepMs).toBe(50)
    expect(bars.map(({ left, width }) => [left, width].map(Math.round))).toEqual([
      [0, 10],
      [10, 70],
      [80, 20],
    ])
    expect(bars.every(({ isCut }) => !isCut)).toBe(true)
  })

  it('cuts a long relay, so that the way to it can be seen', () => {
    const { spanMs, bars } = layOutWaterfall(
      [stage('connect-hop', 0, 100), stage('relay', 100, 86_400_000), stage('close', 86_400_100, 0)],
      false,
    )
    expect(spanMs).toBe(120)
    expect(bars[1]).toMatchObject({ isCut: true })
    expect((bars[1]?.left ?? 0) + (bars[1]?.width ?? 0)).toBeCloseTo(100)
    expect(bars[2]).toMatchObject({ left: 100, width: 0 })
  })

  it('shows a short relay whole', () => {
    const { spanMs, bars } = layOutWaterfall([stage('request', 0, 100), stage('relay', 100, 200)], false)
    expect(spanMs).toBe(300)
    expect(bars[1]?.isCut).toBe(false)
  })

  it('lets what still runs reach to the end', () => {
    const { bars } = layOutWaterfall([stage('route', 0, 40), stage('greet', 40)], true)
    expect(bars[1]).toMatchObject({ left: 100, isCut: true })
    const { bars: relayed } = layOutWaterfall([stage('greet', 0, 40), stage('relay', 40)], true)
    expect(relayed[1]?.left).toBeCloseTo(83.3, 1)
  })

  it('names the stage that took most of the set-up, never the relay', () => {
    const stages = [stage('route', 0, 1), stage('greet', 1, 50), stage('relay', 51, 9000)]
    expect(layOutWaterfall(stages, false).longest).toBe(1)
    const even = [stage('connect-hop', 0, 10), stage('greet', 10, 10), stage('request', 20, 10)]
    expect(layOutWaterfall(even, false).longest).toBeUndefined()
  })

  it('knows what to do with nothing', () => {
    expect(layOutWaterfall([], true)).toMatchObject({ bars: [], longest: undefined })
    expect(layOutWaterfall([stage('accept', 5, 0)], false).spanMs).toBeGreaterThan(0)
  })
})

describe('when a connection failed', () => {
  const failed = (startedAt: number, durationMs: number): StageRecord => ({
    ...stage('greet', startedAt, durationMs),
    failure: { code: 'timeout', stage: 'greet' },
  })

  it('is the end of the last attempt, not of the first', () => {
    const stages = [stage('accept', 1000, 0), failed(1001, 500), failed(1502, 500), stage('close', 2002, 0)]
    expect(failedAfterMs(stages, 1000)).toBe(1002)
  })

  it('is not known where no stage failed', () => {
    expect(failedAfterMs([stage('accept', 1000, 0)], 1000)).toBeUndefined()
  })
})
