import type { PortRule } from '../../../shared/model/port-rule.ts'
import type { App } from '../../state/app.svelte.ts'
import { newId } from '../../state/new-id.ts'
import { moveBy } from '../../state/search.ts'
import { freeName } from '../../state/selectors.ts'
import { closeConnections } from '../connections/connection-actions.ts'

// What can be done to rules, from wherever it is asked for.

export async function removeRules(app: App, rules: readonly PortRule[]): Promise<void> {
  const [first] = rules
  if (!first) return
  const removed = await app.run('rule.remove', { ids: rules.map(({ id }) => id) })
  if (!removed) return
  const text = rules.length === 1 ? app.t.common.removed(first.name) : app.t.rules.removedMany(rules.length)
  app.offerUndo(text, removed.trashId)
}

export async function duplicateRule(app: App, rule: PortRule): Promise<void> {
  const taken = app.store.snapshot?.config.rules.map(({ name }) => name) ?? []
  const name = freeName(app.t.rules.copyOf(rule.name), taken)
  const copy: PortRule = { ...rule, id: newId(), name }
  const near = rule.listen.kind === 'tcp' ? Math.max(1, Math.min(65535, rule.listen.port + 1)) : 9102
  const free = rule.listen.kind === 'tcp' ? await app.run('port.suggest', { near }) : undefined
  const listen = rule.listen.kind === 'tcp' && free ? { ...rule.listen, port: free.port } : rule.listen
  app.dialogs.show({ kind: 'rule', rule: { ...copy, listen }, isCopy: true })
}

export async function enableRules(app: App, ids: readonly string[], enabled: boolean): Promise<void> {
  await app.run('rule.enable', { ids: [...ids], enabled })
}

export async function moveRule(app: App, ruleId: string, by: number): Promise<void> {
  const ids = app.store.snapshot?.config.rules.map(({ id }) => id) ?? []
  await orderRules(app, moveBy(ids, ids.indexOf(ruleId), by))
}

export async function orderRules(app: App, ids: readonly string[]): Promise<void> {
  const before = app.store.snapshot?.config.rules.map(({ id }) => id) ?? []
  if (ids.join() !== before.join()) await app.run('rule.reorder', { ids: [...ids] })
}

export function closeConnectionsOf(app: App, ruleId: string): void {
  const rule = app.store.snapshot?.runtime.rules.find((runtime) => runtime.ruleId === ruleId)
  closeConnections(app, { kind: 'rule', ruleId }, rule?.totals.open ?? 0)
}
