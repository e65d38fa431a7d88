import { problemsOf, type Problem } from '../../shared/problems.ts'
import type { AppSnapshot } from '../../shared/runtime.ts'
import type { App } from './app.svelte.ts'
import type { DialogRequest } from './dialogs.svelte.ts'

/** The dialog in which a problem can be done away with. */
export function helpFor(problem: Problem, { config }: Pick<AppSnapshot, 'config'>): DialogRequest {
  switch (problem.kind) {
    case 'rule-failed':
    case 'goes-direct': {
      const rule = config.rules.find(({ id }) => id === problem.ruleId)
      return rule ? { kind: 'rule', rule } : { kind: 'problems' }
    }
    case 'hop-down':
    case 'certificate-expired': {
      const hop = config.hops.find(({ id }) => id === problem.hopId)
      if (!hop) return { kind: 'problems' }
      return problem.action === 'check-hop' ? { kind: 'test-hop', hopId: hop.id } : { kind: 'hop', hop }
    }
    case 'list-down':
      return { kind: 'list', listId: problem.listId }
    case 'engine-down':
      return { kind: 'problems' }
  }
}

/** A notification that was clicked opens what helps. */
export function followProblemHelp(app: App): void {
  const { store } = app
  const isOpen = $derived(store.snapshot !== undefined && app.isReady)
  $effect(() => {
    // Read for their changes: the first time, help may have been asked for before this window was there.
    void store.helpAsked
    if (isOpen) void take(app)
  })
}

async function take({ client, dialogs, store }: App): Promise<void> {
  const reply = await client.request('problem.take', {})
  const { snapshot } = store
  if (!reply.ok || reply.value.key === undefined || !snapshot) return
  const problem = problemsOf(snapshot).find(({ key }) => key === reply.value.key)
  // It may be over by now: then the list says that all is well, or what else is not.
  dialogs.show(problem ? helpFor(problem, snapshot) : { kind: 'problems' })
}
