// The two channels between a window and the app, and what is sent over them.

/** From the window, answered: every call of the contract, and the start and end of subscriptions. */
export const requestChannel = 'nexthop:request'
/** To the window: the number of a subscription, and an event of it. */
export const eventChannel = 'nexthop:event'

export type WindowRequest =
  | { readonly kind: 'call'; readonly name: string; readonly input: unknown }
  | { readonly kind: 'subscribe'; readonly id: number; readonly watch: readonly string[] }
  | { readonly kind: 'unsubscribe'; readonly id: number }
