const maxKeys = 10_000

/** Which hop each key was led to last, within a bound: the key that was seen longest ago goes first. */
export class StickyTable {
  readonly #entries = new Map<string, { readonly hopId: string; readonly at: number }>()

  /** The hop that the key was led to less than `forMs` ago. */
  get(key: string, now: number, forMs: number): string | undefined {
    const entry = this.#entries.get(key)
    return entry && now - entry.at < forMs ? entry.hopId : undefined
  }

  set(key: string, hopId: string, now: number): void {
    // A map keeps the order of insertion: what is set anew goes to its end.
    this.#entries.delete(key)
    this.#entries.set(key, { hopId, at: now })
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= maxKeys) return
      this.#entries.delete(oldest)
    }
  }
}
