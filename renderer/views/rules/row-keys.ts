import type { PortRule } from '../../../shared/model/port-rule.ts'
import type { App } from '../../state/app.svelte.ts'
import { duplicateRule, moveRule, removeRules } from './rule-actions.ts'

/** Keys on the rows of the table of rules; attached to its body. */
export function rowKeys(app: App, findRule: (id: string) => PortRule | undefined, mayReorder: () => boolean) {
  return (body: HTMLElement) => {
    const onKey = (event: KeyboardEvent) => {
      const row = (event.target as HTMLElement).closest<HTMLElement>('[data-row]')
      const rule = row?.dataset.row === undefined ? undefined : findRule(row.dataset.row)
      if (!row || !rule || event.ctrlKey || event.metaKey) return
      const action = actionFor(app, event, row, rule, mayReorder())
      if (!action) return
      event.preventDefault()
      event.stopPropagation()
      action()
    }
    body.addEventListener('keydown', onKey)
    return () => {
      body.removeEventListener('keydown', onKey)
    }
  }
}

function actionFor(
  app: App,
  event: KeyboardEvent,
  row: HTMLElement,
  rule: PortRule,
  mayReorder: boolean,
): (() => void) | undefined {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
  const isHandle = (event.target as HTMLElement).dataset.handle !== undefined
  if (by !== undefined && (event.altKey || isHandle)) {
    if (!mayReorder) return undefined
    return () => {
      keepFocus(row, event.target as HTMLElement)
      void moveRule(app, rule.id, by)
    }
  }
  if (event.altKey) return undefined
  if (by !== undefined) {
    return () => {
      focusNeighbour(row, event.target as HTMLElement, by)
    }
  }
  switch (event.key) {
    case 'e':
    case 'E':
      return () => {
        app.dialogs.show({ kind: 'rule', rule })
      }
    case 'd':
    case 'D':
      return () => void duplicateRule(app, rule)
    case 'Delete':
    case 'Backspace':
      return () => {
        focusNeighbour(row, event.target as HTMLElement, row.nextElementSibling ? 1 : -1)
        void removeRules(app, [rule])
      }
    default:
      return undefined
  }
}

/** Puts the focus on the same control of the next or previous row. */
function focusNeighbour(row: HTMLElement, control: HTMLElement, by: number): void {
  const rows = [...(row.parentElement?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
  const next = rows[rows.indexOf(row) + by]
  if (!next) return
  const controls = (of: HTMLElement) => [...of.querySelectorAll<HTMLElement>('button, input')]
  controls(next)[controls(row).indexOf(control)]?.focus()
}

/** A row that is moved in the document loses the focus: gives it back when that happens. */
function keepFocus(row: HTMLElement, control: HTMLElement): void {
  const body = row.parentElement
  if (!body) return
  const moved = new MutationObserver(() => {
    if (control.isConnected) control.focus()
  })
  moved.observe(body, { childList: true })
  setTimeout(() => {
    moved.disconnect()
  }, 1000)
}
