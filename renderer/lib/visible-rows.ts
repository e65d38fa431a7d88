/** Which rows of a long list are to be in the document: from `first` up to, not including, `end`. */
export interface VisibleRows {
  readonly first: number
  readonly end: number
}

const overscan = 10

/** `scrollTop` and `height` of the scrolling part in px. Starts at even rows, so that small moves change nothing. */
export function visibleRows(
  count: number,
  rowHeight: number,
  scrollTop: number,
  height: number,
): VisibleRows {
  const firstSeen = Math.max(0, Math.floor(scrollTop / rowHeight))
  const first = Math.max(0, Math.min(firstSeen, count) - overscan)
  const end = Math.min(count, firstSeen + Math.ceil(height / rowHeight) + overscan)
  const evenFirst = first - (first % 2)
  return { first: evenFirst, end: Math.max(evenFirst, end) }
}
