import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import type { MenuItemConstructorOptions, NativeImage, NotificationConstructorOptions } from 'electron'

// What hangs on the desktop: images, menus, the tray, notifications.

export class StandInImage {
  readonly path: string
  isTemplate = false

  constructor(path: string) {
    this.path = path
  }

  isEmpty(): boolean {
    return !existsSync(this.path)
  }

  setTemplateImage(option: boolean): void {
    this.isTemplate = option
  }
}

export class StandInMenu {
  readonly items: readonly MenuItemConstructorOptions[]

  constructor(items: readonly MenuItemConstructorOptions[]) {
    this.items = items
  }

  /** What a person reads: labels, with [x] or [ ] before what can be ticked, and submenus indented. */
  lines(items = this.items, indent = ''): string[] {
    return items.flatMap(({ type, label = '', checked, enabled = true, submenu }) => {
      if (type === 'separator') return [`${indent}---`]
      const mark = type === 'checkbox' ? (checked ? '[x] ' : '[ ] ') : ''
      const line = `${indent}${mark}${label}${enabled ? '' : ' (disabled)'}`
      return Array.isArray(submenu) ? [line, ...this.lines(submenu, `${indent}  `)] : [line]
    })
  }

  /** Chooses the first item, at any depth, whose label holds this text. */
  choose(text: string): void {
    const item = find(this.items, text)
    if (!item) throw new Error(`the menu has no "${text}":\n${this.lines().join('\n')}`)
    if (item.enabled === false) throw new Error(`"${item.label}" can not be chosen`)
    // A native menu ticks the item by itself before it tells.
    if (item.type === 'checkbox') item.checked = !item.checked
    // The shell's items take no arguments.
    ;(item.click as (() => void) | undefined)?.()
  }
}

function find(
  items: readonly MenuItemConstructorOptions[],
  text: string,
): MenuItemConstructorOptions | undefined {
  for (const item of items) {
    if (item.label?.includes(text) && !item.submenu) return item
    const inside = Array.isArray(item.submenu) ? find(item.submenu, text) : undefined
    if (inside) return inside
  }
  return undefined
}

export class StandInTray extends EventEmitter {
  image: StandInImage
  tooltip = ''
  menu = new StandInMenu([])
  /** How often the menu was replaced. */
  fills = 0
  isGone = false

  constructor(image: StandInImage) {
    super()
    this.image = image
  }

  setImage(image: StandInImage): void {
    this.#mustExist()
    this.image = image
  }

  setToolTip(text: string): void {
    this.#mustExist()
    this.tooltip = text
  }

  setContextMenu(menu: StandInMenu): void {
    this.#mustExist()
    this.menu = menu
    this.fills += 1
  }

  isDestroyed(): boolean {
    return this.isGone
  }

  destroy(): void {
    this.isGone = true
  }

  #mustExist(): void {
    if (this.isGone) throw new Error('Tray is destroyed')
  }
}

export class StandInNotification extends EventEmitter {
  readonly title: string
  readonly body: string
  /** What its buttons say. */
  readonly buttons: readonly string[]

  constructor({ title = '', body = '', actions = [] }: NotificationConstructorOptions = {}) {
    super()
    this.title = title
    this.body = body
    this.buttons = actions.map(({ text = '' }) => text)
  }

  show(): void {
    this.emit('show')
  }
}

/** `nativeImage`. */
export const standInImages = {
  createFromPath: (path: string) => new StandInImage(path),
} satisfies Record<string, (path: string) => Pick<NativeImage, 'isEmpty' | 'setTemplateImage'>>
