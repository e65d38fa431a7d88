import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { Bag } from '../../../main/engine/bag.ts'
import { Fifo } from '../../../main/engine/fifo.ts'

describe('a bag', () => {
  it('holds what was added and not removed, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(7))), (steps) => {
        const things = Array.from({ length: 8 }, (_, name) => ({ name, place: -1 }))
        const bag = new Bag<'place', (typeof things)[number]>('place')
        const expected = new Set<(typeof things)[number]>()
        for (const [isAdded, number] of steps) {
          const thing = things[number]
          // To remove what is no member is allowed; to add it twice is not.
          if (!thing || (isAdded && expected.has(thing))) continue
          if (isAdded) {
            bag.add(thing)
            expected.add(thing)
          } else {
            bag.remove(thing)
            expected.delete(thing)
          }
        }
        expect(bag.size).toBe(expected.size)
        expect(new Set(bag)).toEqual(expected)
      }),
    )
  })
})

describe('a fifo', () => {
  it('gives back in the order of what came, however many come and go', () => {
    const fifo = new Fifo<number>()
    let [last, first] = [0, 0]
    for (let round = 0; round < 300; round += 1) {
      for (let count = round % 17; count > 0; count -= 1) fifo.push(last++)
      for (let count = round % 13; count > 0 && first < last; count -= 1) expect(fifo.shift()).toBe(first++)
      expect(fifo.size).toBe(last - first)
      expect([...fifo]).toEqual(Array.from({ length: last - first }, (_, index) => first + index))
    }
    while (first < last) expect(fifo.shift()).toBe(first++)
    expect(fifo.shift()).toBeUndefined()
    expect(fifo.size).toBe(0)
  })
})
