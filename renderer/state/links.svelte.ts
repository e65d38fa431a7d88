import type { App } from './app.svelte.ts'

/** A link to a next hop that was opened elsewhere opens the dialog that adds one, filled in: the user decides there. */
export function followLinks(app: App): void {
  const { store } = app
  const isOpen = $derived(store.snapshot !== undefined && app.isReady)
  $effect(() => {
    // Read for their changes: the first time there may be a link from before this window.
    void store.linksOffered
    if (isOpen) void take(app)
  })
}

async function take({ client, dialogs }: App): Promise<void> {
  const reply = await client.request('link.take', {})
  if (reply.ok && reply.value.url !== undefined) dialogs.show({ kind: 'hop', url: reply.value.url })
}
