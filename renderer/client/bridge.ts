import type { Topic } from '../../shared/contract.ts'

/** What the desktop shell's preload puts on `window.nexthop`, and nothing else. */
export interface Bridge {
  request(name: string, input: unknown): Promise<unknown>
  subscribe(
    watch: readonly Topic[],
    onEvent: (event: unknown) => void,
    onConnection?: (state: 'open' | 'lost') => void,
  ): () => void
}

declare global {
  interface Window {
    readonly nexthop?: Bridge
  }
}
