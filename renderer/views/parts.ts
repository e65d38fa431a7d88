import { LazyPart } from '../state/lazy-part.svelte.ts'

// What the page does not need to show its first view. All of it is fetched as soon as there is time, so that nothing
// waits when it is opened, and nothing is missing when the app that serves it is gone.

/** Views, by the names of the router, and what stands in for the rules until the first steps are done. */
export function createViews() {
  return {
    welcome: new LazyPart(() => import('./welcome/WelcomeView.svelte')),
    hops: new LazyPart(() => import('./hops/HopsView.svelte')),
    connections: new LazyPart(() => import('./connections/ConnectionsView.svelte')),
    log: new LazyPart(() => import('./log/LogView.svelte')),
    settings: new LazyPart(() => import('./settings/SettingsView.svelte')),
  }
}

/** Dialogs, by the kind of their request. */
export function createDialogs() {
  return {
    rule: new LazyPart(() => import('./rules/RuleDialog.svelte')),
    hop: new LazyPart(() => import('./hops/HopDialog.svelte')),
    removeHop: new LazyPart(() => import('./hops/RemoveHopDialog.svelte')),
    testHop: new LazyPart(() => import('./hops/TestHopDialog.svelte')),
    list: new LazyPart(() => import('./lists/ListDialog.svelte')),
    condition: new LazyPart(() => import('./conditions/ConditionDialog.svelte')),
    conditions: new LazyPart(() => import('./conditions/ConditionsDialog.svelte')),
    explain: new LazyPart(() => import('./conditions/ExplainDialog.svelte')),
    confirm: new LazyPart(() => import('./shell/ConfirmDialog.svelte')),
    problems: new LazyPart(() => import('./shell/ProblemsDialog.svelte')),
    library: new LazyPart(() => import('./library/LibraryDialog.svelte')),
    saveSet: new LazyPart(() => import('./library/SaveSetDialog.svelte')),
    saveProfile: new LazyPart(() => import('./profiles/SaveProfileDialog.svelte')),
    record: new LazyPart(() => import('./captures/RecordDialog.svelte')),
    captures: new LazyPart(() => import('./captures/CapturesDialog.svelte')),
    totals: new LazyPart(() => import('./totals/TotalsDialog.svelte')),
    palette: new LazyPart(() => import('./shell/CommandPalette.svelte')),
    shortcuts: new LazyPart(() => import('./shell/ShortcutsSheet.svelte')),
  }
}

/** Fetches one after the other when the page has nothing better to do. */
export function fetchWhenIdle(parts: readonly { load(): Promise<void> }[]): void {
  // Safari has no idle callbacks.
  const whenIdle = 'requestIdleCallback' in window ? requestIdleCallback : setTimeout
  whenIdle(() => void fetchAll(parts))
}

async function fetchAll(parts: readonly { load(): Promise<void> }[]): Promise<void> {
  for (const part of parts) await part.load()
}
