import type { HopView } from '../../../shared/runtime.ts'
import type { MenuItem } from '../../lib/Menu.svelte'
import type { App } from '../../state/app.svelte.ts'
import { newId } from '../../state/new-id.ts'
import { freeName, useOfHop } from '../../state/selectors.ts'
import { laterTexts } from '../../texts/later.ts'

/** Removes a hop at once where nothing uses it; else asks what takes its place. */
export async function askToRemoveHop(app: App, hop: HopView): Promise<void> {
  const config = app.store.snapshot?.config
  const use = config && useOfHop(config, hop.id)
  if (use && use.rules.length + use.lists.length + use.conditions.length > 0) {
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

/** Taking a hop out of use: until further notice, or for a while to see what happens without it. */
export function rehearsals(app: App, hop: HopView, isFailed: boolean): readonly MenuItem[] {
  const texts = laterTexts[app.language].hop
  return [
    hop.maintenance
      ? { label: texts.maintenanceOff, icon: 'play', onselect: () => void maintain(app, hop, false) }
      : { label: texts.maintenanceOn, icon: 'pause', onselect: () => void maintain(app, hop, true) },
    isFailed
      ? { label: texts.workAgain, icon: 'undo', onselect: () => void failFor(app, hop, 0) }
      : { label: texts.fail, icon: 'test', onselect: () => void failFor(app, hop, rehearsalMs) },
  ]
}

const rehearsalMs = 60_000

async function maintain(app: App, hop: HopView, maintenance: boolean): Promise<void> {
  // Without a password: the one that is stored stays.
  const { hasPassword: _hasPassword, ...rest } = hop
  const saved = await app.run('hop.save', { hop: { ...rest, maintenance } })
  const texts = laterTexts[app.language].hop
  if (saved) app.toasts.show(maintenance ? texts.isInMaintenance(hop.name) : texts.isBack(hop.name))
}

async function failFor(app: App, hop: HopView, forMs: number): Promise<void> {
  const done = await app.run('hop.fail', { id: hop.id, forMs })
  const texts = laterTexts[app.language].hop
  if (done) app.toasts.show(forMs > 0 ? texts.failed(hop.name) : texts.isBack(hop.name))
}
