import { fileURLToPath } from 'node:url'
import {
  Menu,
  Tray,
  nativeImage,
  nativeTheme,
  type MenuItemConstructorOptions,
  type NativeImage,
} from 'electron'
import type { TrayAction, TrayIcon, TrayItem, TrayModel } from './tray-model.ts'

export interface AppTrayOptions {
  /** The folder of the images. */
  readonly images: URL
  readonly platform: NodeJS.Platform
  /** Resolves when the action is done, or could not be done. */
  readonly onAction: (action: TrayAction) => Promise<void>
}

export interface AppTray {
  /** Takes over a model; what did not change is left alone, so that an open menu stays open. */
  show(model: TrayModel): void
  close(): void
}

export function createTray({ images, platform, onAction }: AppTrayOptions, first: TrayModel): AppTray {
  let shown = first
  let isClosed = false
  const tray = new Tray(loadImage(first.icon))
  tray.on('click', () => {
    // With a menu of its own, a click on macOS opens that.
    if (platform !== 'darwin') void onAction({ kind: 'open' })
  })
  const onTheme = () => {
    tray.setImage(loadImage(shown.icon))
  }
  nativeTheme.on('updated', onTheme)
  fill()

  function loadImage(icon: TrayIcon): NativeImage {
    const image = nativeImage.createFromPath(fileURLToPath(new URL(imageName(icon, platform), images)))
    if (platform === 'darwin') image.setTemplateImage(true)
    return image
  }

  function fill(): void {
    if (isClosed) return
    tray.setToolTip(shown.tooltip)
    tray.setContextMenu(Menu.buildFromTemplate(shown.items.map(toTemplate)))
  }

  function toTemplate(item: TrayItem): MenuItemConstructorOptions {
    switch (item.kind) {
      case 'separator':
        return { type: 'separator' }
      case 'text':
        return { label: escapeLabel(item.label), enabled: false }
      case 'menu':
        return { label: escapeLabel(item.label), submenu: item.items.map(toTemplate) }
      case 'command':
        return { label: escapeLabel(item.label), click: () => void onAction(item.action) }
      case 'check':
        return {
          type: 'checkbox',
          label: escapeLabel(item.label),
          checked: item.checked,
          // The system has ticked the item by itself: it is drawn anew as it really is.
          click: () => void onAction(item.action).finally(fill),
        }
    }
  }

  return {
    show(model) {
      const previous = shown
      shown = model
      if (previous.icon !== model.icon) tray.setImage(loadImage(model.icon))
      if (JSON.stringify(previous) !== JSON.stringify(model)) fill()
    },
    close: () => {
      isClosed = true
      nativeTheme.removeListener('updated', onTheme)
      tray.destroy()
    },
  }
}

/**
 * macOS colours template images itself; elsewhere the image must fit the bar that it stands on. Windows picks the size
 * for the screen's scale out of an icon file.
 */
export function imageName(icon: TrayIcon, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return `${icon}Template.png`
  const bar = nativeTheme.shouldUseDarkColorsForSystemIntegratedUI ? 'dark' : 'light'
  return `${icon}-${bar}.${platform === 'win32' ? 'ico' : 'png'}`
}

/** An ampersand alone would underline the next letter. */
function escapeLabel(label: string): string {
  return label.replaceAll('&', '&&')
}
