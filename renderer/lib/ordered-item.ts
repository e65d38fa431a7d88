/** An entry of a list whose order the user decides. */
export interface OrderedItem {
  readonly id: string
  readonly name: string
}

/** What such a list says of an entry. */
export interface OrderTexts {
  readonly move: (name: string) => string
  readonly moveHint: string
  readonly up: (name: string) => string
  readonly down: (name: string) => string
  readonly takeOff: (name: string) => string
  /** Read out after a move. */
  readonly place: (name: string, place: number, of: number) => string
}
