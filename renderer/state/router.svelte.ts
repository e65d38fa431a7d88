export const viewNames = ['rules', 'hops', 'connections', 'log', 'settings'] as const
export type ViewName = (typeof viewNames)[number]

/** Which view is open; the address keeps it, so that reloading and "back" work. */
export class Router {
  view: ViewName = $state('rules')
  /** A rule that the connections view is to show alone. */
  ruleId: string | undefined = $state()

  constructor() {
    this.#read()
    window.addEventListener('hashchange', this.#read)
  }

  go(view: ViewName, ruleId?: string): void {
    location.hash = ruleId === undefined ? `/${view}` : `/${view}/${ruleId}`
  }

  readonly #read = (): void => {
    const [, name, ruleId] = location.hash.split('/')
    this.view = viewNames.find((view) => view === name) ?? 'rules'
    this.ruleId = ruleId === '' ? undefined : ruleId
  }
}
