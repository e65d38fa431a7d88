import type { Condition } from '../../shared/model/condition.ts'
import type { PortRule } from '../../shared/model/port-rule.ts'
import type { HopView } from '../../shared/runtime.ts'

/** What is asked before something that can not be undone. */
export interface Question {
  readonly title: string
  readonly text: string
  /** The button that does it. */
  readonly action: string
  readonly run: () => void
}

export type DialogRequest =
  | { readonly kind: 'rule'; readonly rule?: PortRule; readonly isCopy?: boolean }
  | {
      readonly kind: 'hop'
      readonly hop?: HopView
      readonly isCopy?: boolean
      /** Fills the form in. */
      readonly url?: string
      readonly onSaved?: (hopId: string) => void
    }
  | { readonly kind: 'remove-hop'; readonly hopId: string }
  | { readonly kind: 'test-hop'; readonly hopId: string }
  | { readonly kind: 'list'; readonly listId?: string }
  | {
      readonly kind: 'condition'
      readonly condition?: Condition
      readonly onSaved: (condition: Condition) => void
    }
  /** Those of all rules. */
  | { readonly kind: 'conditions' }
  | { readonly kind: 'explain'; readonly ruleId: string }
  | { readonly kind: 'confirm'; readonly question: Question }
  | { readonly kind: 'problems' }
  | { readonly kind: 'library' }
  | { readonly kind: 'save-set'; readonly ruleIds: readonly string[] }
  | { readonly kind: 'save-profile' }
  | { readonly kind: 'record'; readonly ruleId?: string }
  | { readonly kind: 'captures' }
  | { readonly kind: 'totals' }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'palette' }

interface OpenDialog {
  readonly key: number
  readonly request: DialogRequest
}

/** The dialogs that are open, the topmost last. */
export class Dialogs {
  open: readonly OpenDialog[] = $state.raw([])
  #next = 1

  show(request: DialogRequest): void {
    if (this.open.some((other) => other.request.kind === request.kind)) return
    this.open = [...this.open, { key: this.#next, request }]
    this.#next += 1
  }

  close(key: number): void {
    this.open = this.open.filter((dialog) => dialog.key !== key)
  }
}
