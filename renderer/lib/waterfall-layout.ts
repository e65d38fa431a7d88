import type { StageRecord } from '../../shared/runtime.ts'

// Where the bars of a waterfall are on their common axis: numbers only, so that they can be tested.

export interface WaterfallBar {
  /** After the first stage began, in ms. */
  readonly offsetMs: number
  /** In percent of the axis. */
  readonly left: number
  readonly width: number
  /** It goes on beyond the end of the axis. */
  readonly isCut: boolean
}

export interface WaterfallLayout {
  readonly spanMs: number
  /** Between two lines of the grid. */
  readonly stepMs: number
  readonly bars: readonly WaterfallBar[]
  /** The stage that took longest before bytes could flow, where it took a good part of the time. */
  readonly longest: number | undefined
}

/** A relay that is longer than so many times the way to it would leave nothing to see of that way. */
const mostRelayToSetup = 4
/** What the axis leaves for a relay that is cut. */
const roomAfterSetup = 1.2
const leastSpanMs = 0.5
const mostSteps = 4
/** What took less is no reason to wait. */
const leastTellingMs = 20

export function layOutWaterfall(stages: readonly StageRecord[], isRunning: boolean): WaterfallLayout {
  const start = Math.min(...stages.map(({ startedAt }) => startedAt))
  const offsets = stages.map(({ startedAt }) => startedAt - start)
  const ends = stages.map(({ durationMs }, index) => (offsets[index] ?? 0) + (durationMs ?? 0))
  const setupEnd = Math.max(0, ...ends.filter((_, index) => isSetup(stages, index)))
  const end = Math.max(0, ...ends.filter((_, index) => stages[index]?.stage !== 'close'))
  const hasRelay = stages.some(({ stage }) => stage === 'relay')
  const isLong = isRunning || end > setupEnd * mostRelayToSetup
  const spanMs = Math.max(leastSpanMs, hasRelay && isLong ? setupEnd * roomAfterSetup : end)
  const bars = stages.map(({ durationMs }, index): WaterfallBar => {
    const offsetMs = offsets[index] ?? 0
    const endMs = durationMs === undefined && isRunning ? Infinity : (ends[index] ?? 0)
    const left = Math.min(1, offsetMs / spanMs)
    return {
      offsetMs,
      left: left * 100,
      width: (Math.min(1, endMs / spanMs) - left) * 100,
      isCut: endMs > spanMs,
    }
  })
  return { spanMs, stepMs: stepFor(spanMs), bars, longest: longestOf(stages) }
}

/** The relay may last for days, and how long the end took says nothing of the way there. */
function isSetup(stages: readonly StageRecord[], index: number): boolean {
  const stage = stages[index]?.stage
  return stage !== 'relay' && stage !== 'close'
}

function longestOf(stages: readonly StageRecord[]): number | undefined {
  const times = stages.map(({ durationMs = 0 }, index) => (isSetup(stages, index) ? durationMs : 0))
  const total = times.reduce((sum, time) => sum + time, 0)
  const longest = Math.max(0, ...times)
  return longest >= leastTellingMs && longest >= total / 2 ? times.indexOf(longest) : undefined
}

/** 1, 2 or 5 times a power of ten, so that there are four steps at most. */
function stepFor(spanMs: number): number {
  const rough = spanMs / mostSteps
  const power = 10 ** Math.floor(Math.log10(rough))
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10)
}
