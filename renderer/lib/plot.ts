import uPlot from 'uplot'
import { formatRate } from '../../shared/format.ts'
import { historySeconds, type Series } from '../state/traffic-history.ts'
import { followTheme } from './follow-theme.ts'
import { resolveColor } from './resolve-color.ts'

// The traffic plot. A file of its own, so that uPlot is fetched when a chart is first shown.

/** Bytes per second that fill the plot at least, so that a trickle looks like one. */
const smallestTop = 2000
/** Fits the widest rate, "999.9 MB/s". */
const axisWidth = 76
/** What a time needs at the right edge, for it is centred under its place. */
const halfOfTime = 18
const gridTicks = { show: false }
const minutes = [1, 2, 5, 10].map((count) => count * 60)

interface PlotSize {
  readonly width: number
  readonly height: number
}

interface PlotOptions extends PlotSize {
  readonly locale: string
  readonly series: Series
  /** The index of the point under the pointer, or undefined where there is none. */
  readonly onhover: (index: number | undefined) => void
}

/** One plot in an element. It draws in the element's theme, and follows it. */
export class Plot {
  readonly #plot: uPlot
  readonly #stopFollowing: () => void

  constructor(element: HTMLElement, { width, height, locale, series, onhover }: PlotOptions) {
    const color = (name: string) => () => resolveColor(element, `var(${name})`)
    const font = `11px ${getComputedStyle(element).fontFamily}`
    const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    const axis = { font, stroke: color('--text-muted'), ticks: gridTicks, gap: 6 }
    const line = { width: 1.5, points: { show: false } }
    this.#plot = new uPlot(
      {
        width,
        height,
        padding: [8, halfOfTime, 0, 0],
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
        scales: {
          x: { range: (plot) => timeRange(plot.data[0]) },
          y: { range: (_plot, _min, max) => [0, Math.max(max * 1.05, smallestTop)] },
        },
        axes: [
          {
            ...axis,
            size: 22,
            space: 64,
            incrs: minutes,
            grid: { show: false },
            // Without a point there is no time to show, and nobody draws it anew.
            values: (plot, times) =>
              plot.data[0].length === 0 ? [] : times.map((time) => clock.format(time * 1000)),
          },
          {
            ...axis,
            size: axisWidth,
            space: 26,
            grid: { stroke: color('--line'), width: 1 },
            values: (_plot, rates) => rates.map(formatRate),
          },
        ],
        series: [
          {},
          {
            ...line,
            stroke: color('--down'),
            fill: () => resolveColor(element, 'color-mix(in srgb, var(--down) 12%, transparent)'),
          },
          { ...line, stroke: color('--up') },
        ],
        hooks: {
          setCursor: [
            ({ cursor }) => {
              onhover(cursor.idx ?? undefined)
            },
          ],
        },
      },
      toData(series),
      element,
    )
    this.#stopFollowing = followTheme(() => {
      this.#plot.redraw(false, true)
    })
  }

  setSeries(series: Series): void {
    this.#plot.setData(toData(series))
  }

  setSize(size: PlotSize): void {
    if (size.width > 0) this.#plot.setSize(size)
  }

  close(): void {
    this.#stopFollowing()
    this.#plot.destroy()
  }
}

function toData({ times, down, up }: Series): uPlot.AlignedData {
  return [[...times], [...down], [...up]]
}

/** The last minutes up to the newest point, also while there are only a few. */
function timeRange(times: ArrayLike<number>): [number, number] {
  const end = times[times.length - 1] ?? Date.now() / 1000
  return [end - historySeconds, end]
}
