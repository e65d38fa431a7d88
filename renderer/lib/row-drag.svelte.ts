/** Dragging a row of a table, or an entry of a list, by its handle to another place. */
export class RowDrag {
  /** The row that is dragged. */
  id: string | undefined = $state()
  /** The row before which it would land; "end" for the last place. */
  before: string | undefined = $state()
  readonly #onDrop: (id: string, before: string) => void

  constructor(onDrop: (id: string, before: string) => void) {
    this.#onDrop = onDrop
  }

  /** Call on pointerdown of the handle; rows carry their id as `data-row`. */
  start(event: PointerEvent, id: string): void {
    const handle = event.currentTarget
    if (event.button !== 0 || !(handle instanceof HTMLElement)) return
    const body = handle.closest('tbody, ol')
    if (!body) return
    const ended = new AbortController()
    const { signal } = ended
    this.id = id
    handle.setPointerCapture(event.pointerId)
    handle.addEventListener(
      'pointermove',
      ({ clientY }) => {
        // Rows come and go while a long table is scrolled.
        this.before = placeAt([...body.querySelectorAll<HTMLElement>('[data-row]')], clientY)
      },
      { signal },
    )
    const finish = (isDropped: boolean) => {
      ended.abort()
      if (isDropped && this.before !== undefined && this.before !== id) this.#onDrop(id, this.before)
      this.id = undefined
      this.before = undefined
    }
    handle.addEventListener(
      'pointerup',
      () => {
        finish(true)
      },
      { signal },
    )
    handle.addEventListener(
      'pointercancel',
      () => {
        finish(false)
      },
      { signal },
    )
    window.addEventListener(
      'keydown',
      (key) => {
        if (key.key === 'Escape') finish(false)
      },
      { signal },
    )
  }
}

function placeAt(rows: readonly HTMLElement[], y: number): string {
  for (const row of rows) {
    const { top, height } = row.getBoundingClientRect()
    if (y < top + height / 2) return row.dataset.row ?? 'end'
  }
  return 'end'
}

/** The ids with one of them moved before another, or to the end. */
export function movedBefore(ids: readonly string[], id: string, before: string): readonly string[] {
  const rest = ids.filter((other) => other !== id)
  const index = rest.indexOf(before)
  return index < 0 ? [...rest, id] : [...rest.slice(0, index), id, ...rest.slice(index)]
}
