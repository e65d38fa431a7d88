/** Does one thing after the other. */
export class Turns {
  #last: Promise<void> = Promise.resolve()

  take(work: () => Promise<void>): Promise<void> {
    const done = this.#last.then(work)
    // One that fails must not stand in the way of the next.
    this.#last = done.catch(() => undefined)
    return done
  }
}
