import uPlot from 'uplot'
import { formatBytes } from '../../shared/format.ts'
import { followTheme } from './follow-theme.ts'
import { resolveColor } from './resolve-color.ts'

// Bars per day. A file of its own, so that uPlot is fetched when a chart is first shown.

/** Fits the widest figure, "999.9 MB". */
const axisWidth = 66

export interface DayPlotOptions {
  readonly width: number
  readonly height: number
  readonly locale: string
  readonly days: readonly string[]
  readonly down: readonly number[]
  readonly up: readonly number[]
}

/** Draws the bars into an element, in its theme. Returns what takes them away. */
export function drawDays(element: HTMLElement, options: DayPlotOptions): () => void {
  const { width, height, locale, days, down, up } = options
  const color = (name: string) => () => resolveColor(element, `var(${name})`)
  const font = `11px ${getComputedStyle(element).fontFamily}`
  const axis = { font, stroke: color('--text-muted'), ticks: { show: false }, gap: 6 }
  const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'numeric' })
  const label = (index: number) => {
    const day = days[index]
    return day === undefined ? '' : date.format(new Date(`${day}T12:00`))
  }
  const bars = (align: 1 | -1) => uPlot.paths.bars?.({ size: [0.4, 40], align, gap: 1 }) ?? (() => null)
  const series = (name: string, align: 1 | -1) => ({
    stroke: color(name),
    fill: color(name),
    width: 0,
    paths: bars(align),
    points: { show: false },
  })
  const plot = new uPlot(
    {
      width,
      height,
      padding: [8, 4, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, range: [-0.6, days.length - 0.4] },
        y: { range: (_plot, _min, max) => [0, Math.max(max * 1.05, 1000)] },
      },
      axes: [
        {
          ...axis,
          size: 22,
          space: 48,
          incrs: [1, 2, 5, 10, 30, 60, 90],
          grid: { show: false },
          values: (_plot, at) => at.map(label),
        },
        {
          ...axis,
          size: axisWidth,
          space: 26,
          grid: { stroke: color('--line'), width: 1 },
          values: (_plot, bytes) => bytes.map(formatBytes),
        },
      ],
      series: [{}, series('--down', -1), series('--up', 1)],
    },
    [days.map((_, index) => index), [...down], [...up]],
    element,
  )
  const stopFollowing = followTheme(() => {
    plot.redraw(false, true)
  })
  return () => {
    stopFollowing()
    plot.destroy()
  }
}
