/** Before so many have left, it is not worth moving the others. */
const leastGaps = 256

/** First in, first out. Like Bag, and for the same reason, not a Map. */
export class Fifo<Item> {
  readonly #items: (Item | undefined)[] = []
  #first = 0

  get size(): number {
    return this.#items.length - this.#first
  }

  push(item: Item): void {
    this.#items.push(item)
  }

  /** Takes out the oldest. */
  shift(): Item | undefined {
    if (this.size === 0) return undefined
    const item = this.#items[this.#first]
    this.#items[this.#first] = undefined
    this.#first += 1
    if (this.#first >= leastGaps && this.#first * 2 >= this.#items.length) {
      this.#items.splice(0, this.#first)
      this.#first = 0
    }
    return item
  }

  /** From the oldest to the latest. */
  *[Symbol.iterator](): IterableIterator<Item> {
    for (let index = this.#first; index < this.#items.length; index += 1) yield this.#items[index] as Item
  }
}
