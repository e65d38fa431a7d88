import type { App } from '../../state/app.svelte.ts'
import { viewNames } from '../../state/router.svelte.ts'

// Keys that work everywhere. Single letters only where nothing is being typed.

export function isApple(platform: string): boolean {
  return platform === 'darwin'
}

export function paletteKeys(platform: string): string {
  return isApple(platform) ? '⌘K' : 'Ctrl K'
}

export function handleShortcut(app: App, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || !app.store.snapshot) return
  const key = event.key.toLowerCase()
  if ((event.ctrlKey || event.metaKey) && !event.altKey && key === 'k') {
    event.preventDefault()
    app.dialogs.show({ kind: 'palette' })
    return
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (app.dialogs.open.length > 0 || isTyping(event.target)) return
  const action = plainKey(app, key)
  if (!action) return
  event.preventDefault()
  action()
}

function plainKey(app: App, key: string): (() => void) | undefined {
  const view = /^[1-9]$/.test(key) ? viewNames[Number(key) - 1] : undefined
  if (view) {
    return () => {
      app.router.go(view)
    }
  }
  switch (key) {
    case '?':
      return () => {
        app.dialogs.show({ kind: 'shortcuts' })
      }
    case '/':
      return focusSearch
    case 'n':
      return () => {
        app.dialogs.show(app.router.view === 'hops' ? { kind: 'hop' } : { kind: 'rule' })
      }
    case 'h':
      return () => {
        app.dialogs.show({ kind: 'hop' })
      }
    case 'f': {
      const on = !app.store.snapshot?.config.settings.forwarding
      return () => {
        void app.run('forwarding.set', { on })
      }
    }
    default:
      return undefined
  }
}

function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>('main input[type=search]')
  field?.focus()
  field?.select()
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type)
  return (
    target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
  )
}
