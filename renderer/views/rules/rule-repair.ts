import type { Failure } from '../../../shared/errors.ts'
import type { PortRule } from '../../../shared/model/port-rule.ts'
import type { App } from '../../state/app.svelte.ts'

// What helps a rule that can not listen.

export async function retryRule(app: App, { id }: PortRule): Promise<void> {
  await app.run('rule.enable', { ids: [id], enabled: false })
  await app.run('rule.enable', { ids: [id], enabled: true })
}

/** True where another port would help. */
export function wantsOtherPort({ listen }: PortRule, { code }: Failure): boolean {
  return listen.kind === 'tcp' && (code === 'port-in-use' || code === 'port-forbidden')
}

/** Moves the rule to the next port that is free; can be undone. */
export async function takeFreePort(app: App, rule: PortRule): Promise<void> {
  if (rule.listen.kind !== 'tcp') return
  const { port: taken } = rule.listen
  // Below 1024, a port may be free and forbidden all the same.
  const free = await app.run('port.suggest', { near: taken < 1024 ? taken + 8000 : taken })
  if (!free) return
  const moved = { ...rule, listen: { ...rule.listen, port: free.port } }
  if (!(await app.run('rule.save', { rule: moved }))) return
  app.toasts.show(app.t.problems.tookPort(rule.name, free.port), {
    action: { label: app.t.common.undo, run: () => void app.run('rule.save', { rule }) },
  })
}
