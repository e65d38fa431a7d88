/** The event object that listeners may refuse. */
export class StandInEvent {
  defaultPrevented = false

  preventDefault(): void {
    this.defaultPrevented = true
  }
}

/** With members of its own, as navigation events have. */
export function eventWith<T extends object>(members: T): StandInEvent & T {
  return Object.assign(new StandInEvent(), members)
}
