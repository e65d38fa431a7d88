import { flushSync } from 'svelte'

/** What an effect reads, one entry for each time that it ran. */
export function followed<T>(read: () => T): { readonly seen: T[]; readonly stop: () => void } {
  const seen: T[] = []
  const value = $derived(read())
  const stop = $effect.root(() => {
    $effect(() => {
      seen.push(value)
    })
  })
  flushSync()
  return { seen, stop }
}
