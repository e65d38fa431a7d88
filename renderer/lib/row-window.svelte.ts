import { visibleRows, type VisibleRows } from './visible-rows.ts'

/** Up to here, all rows are in the document: to be found by the browser, and printed. */
const fewRows = 100
const usualHeight = 56

/** A row that is opened, with a part below it that only this one has. */
export interface OpenPart {
  readonly index: number
  readonly height: number
}

/** The rows that are in the document, and the room in px that the others would take above and below. */
export interface WindowRange extends VisibleRows {
  readonly above: number
  readonly below: number
}

/** Which rows of a long table are in the document while the page around it is scrolled. */
export class RowWindow {
  /** How far the first row is above the upper edge of what is seen, in px. */
  #scrolled = $state(0)
  #height = $state(800)
  #rowHeight = $state(usualHeight)

  /** Attach to the `<tbody>`; rows carry `data-row`. */
  readonly follow = (body: HTMLElement): (() => void) => {
    const page = body.closest('main')
    if (!page) return () => undefined
    const look = () => {
      this.#scrolled = page.getBoundingClientRect().top - body.getBoundingClientRect().top
      this.#height = page.clientHeight
    }
    const measure = () => {
      const rows = [...body.querySelectorAll<HTMLElement>('[data-row]')]
      const sum = rows.reduce((height, row) => height + row.getBoundingClientRect().height, 0)
      if (sum > 0) this.#rowHeight = sum / rows.length
      look()
    }
    // Rows are as high as the width of the page lets them be.
    const observer = new ResizeObserver(measure)
    observer.observe(page)
    page.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      page.removeEventListener('scroll', look)
    }
  }

  /** `kept`: the index of a row that must not go, as it is being dragged; -1 for none. */
  range(count: number, open: OpenPart | undefined, kept: number): WindowRange {
    if (count <= fewRows) return { first: 0, end: count, above: 0, below: 0 }
    const seen = visibleRows(
      count,
      this.#rowHeight,
      beyond(this.#scrolled, open, this.#rowHeight),
      this.#height,
    )
    const first = kept < 0 ? seen.first : Math.min(seen.first, kept)
    const end = kept < 0 ? seen.end : Math.max(seen.end, kept + 1)
    const extra = (isThere: boolean) => (isThere ? (open?.height ?? 0) : 0)
    return {
      first,
      end,
      above: first * this.#rowHeight + extra(open !== undefined && open.index < first),
      below: (count - end) * this.#rowHeight + extra(open !== undefined && open.index >= end),
    }
  }
}

/** How far was scrolled, without the part below the open row. */
function beyond(scrolled: number, open: OpenPart | undefined, rowHeight: number): number {
  if (!open) return scrolled
  const top = (open.index + 1) * rowHeight
  return scrolled <= top ? scrolled : Math.max(top, scrolled - open.height)
}
