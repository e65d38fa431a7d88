import { describe, expect, it } from 'vitest'
import { RowWindow } from '../../renderer/lib/row-window.svelte.ts'

// Rows are 56 px high and the page 800 px until they are measured.

describe('the rows of a long table', () => {
  it('are all there where they are few', () => {
    expect(new RowWindow().range(100, undefined, -1)).toEqual({ first: 0, end: 100, above: 0, below: 0 })
  })

  it('leave room for those that are not', () => {
    const { first, end, above, below } = new RowWindow().range(1000, undefined, -1)
    expect(first).toBe(0)
    expect(above).toBe(0)
    expect(end).toBeGreaterThan(15)
    expect(end).toBeLessThan(50)
    expect(below).toBe((1000 - end) * 56)
  })

  it('keep the one that is dragged, and the room of what is open', () => {
    const rows = new RowWindow()
    expect(rows.range(1000, undefined, 300).end).toBe(301)
    const plain = rows.range(1000, undefined, -1)
    expect(rows.range(1000, { index: 900, height: 200 }, -1).below).toBe(plain.below + 200)
    expect(rows.range(1000, { index: 3, height: 200 }, -1).below).toBe(plain.below)
  })
})
