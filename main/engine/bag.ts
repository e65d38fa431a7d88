/**
 * Things that come and go by the thousand, in no order. A member knows its place, so that it can leave at once.
 *
 * Not a Set or a Map: these make new tables as they grow and shrink, and V8 links each table to the next. An old table
 * that nobody needs any more then keeps the young ones alive with everything in them, so that the collector of young
 * objects copies each connection twice, and frees none.
 */
export class Bag<Key extends string, Item extends Record<Key, number>> {
  readonly #place: Key
  readonly #items: Item[] = []

  /** @param place where a member keeps its place in this bag */
  constructor(place: Key) {
    this.#place = place
  }

  get size(): number {
    return this.#items.length
  }

  add(item: Item): void {
    this.#put(item, this.#items.length)
  }

  /** Takes out a member; the last one takes its place. What is no member, or not any more, changes nothing. */
  remove(item: Item): void {
    const place = item[this.#place]
    if (this.#items[place] !== item) return
    const last = this.#items.pop()
    if (last && last !== item) this.#put(last, place)
  }

  [Symbol.iterator](): IterableIterator<Item> {
    return this.#items.values()
  }

  #put(item: Item, place: number): void {
    item[this.#place] = place as Item[Key]
    this.#items[place] = item
  }
}
