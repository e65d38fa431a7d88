import type { HopView } from '../../../shared/runtime.ts'
import type { App } from '../../state/app.svelte.ts'
import { newId } from '../../state/new-id.ts'
import { freeName, useOfHop } from '../../state/selectors.ts'

/** Removes a hop at once where nothing uses it; else asks what takes its place. */
export async function askToRemoveHop(app: App, hop: HopView): Promise<void> {
  const config = app.store.snapshot?.config
  const use = config ? useOfHop(config, hop.id) : { rules: [], lists: [] }
  if (use.rules.length + use.lists.length > 0) {
    app.dialogs.show({ kind: 'remove-hop', hopId: hop.id })
    return
  }
  const removed = await app.run('hop.remove', { id: hop.id })
  if (removed) app.offerUndo(app.t.common.removed(hop.name), removed.trashId)
}

/** Opens the form on a copy. Its password stays behind, since we never had it. */
export function duplicateHop(app: App, hop: HopView): void {
  const taken = app.store.snapshot?.config.hops.map(({ name }) => name) ?? []
  const name = freeName(app.t.rules.copyOf(hop.name), taken)
  app.dialogs.show({ kind: 'hop', hop: { ...hop, id: newId(), name, hasPassword: false }, isCopy: true })
}
