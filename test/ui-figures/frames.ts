import type { Page } from '@playwright/test'

export const scrollSeconds = 10

/** Frames while something moved: their times from one to the next, in milliseconds, sorted. */
export interface Frames {
  readonly count: number
  readonly median: number
  readonly p99: number
  readonly longest: number
  readonly perSecond: number
}

/** Scrolls a list up and down for some seconds, as a wheel does, and takes the times of the browser's own frames. */
export async function scrollFrames(page: Page, selector: string, seconds: number): Promise<Frames> {
  const times = await page.evaluate(
    ([name, ms]) =>
      new Promise<number[]>((resolve) => {
        const box = document.querySelector(name)
        if (!box) throw new Error(`there is no ${name}`)
        const found: number[] = []
        let step = 90
        const start = performance.now()
        const frame = (now: number) => {
          found.push(now)
          if (box.scrollTop + box.clientHeight >= box.scrollHeight - 1) step = -Math.abs(step)
          if (box.scrollTop <= 0) step = Math.abs(step)
          box.scrollTop += step
          if (now - start < ms) requestAnimationFrame(frame)
          else resolve(found)
        }
        requestAnimationFrame(frame)
      }),
    [selector, seconds * 1000] as const,
  )
  const gaps = times
    .slice(1)
    .map((time, index) => time - (times[index] ?? time))
    .sort((a, b) => a - b)
  const at = (share: number) => gaps[Math.min(gaps.length - 1, Math.floor(gaps.length * share))] ?? NaN
  const whole = gaps.reduce((sum, gap) => sum + gap, 0)
  return {
    count: gaps.length,
    median: at(0.5),
    p99: at(0.99),
    longest: at(1),
    perSecond: (gaps.length / whole) * 1000,
  }
}

export function describeFrames({ perSecond, median, p99, longest }: Frames): string {
  return (
    `${perSecond.toFixed(1)} frames per second; from one frame to the next ${median.toFixed(1)} ms ` +
    `(median), ${p99.toFixed(1)} ms (99 %), ${longest.toFixed(1)} ms (longest)`
  )
}
