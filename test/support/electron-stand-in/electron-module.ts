import { type EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import type { StandInApp } from './app.ts'
import { StandInWindow } from './browser-window.ts'
import {
  StandInMenu,
  StandInNotification,
  StandInTray,
  standInImages,
  type StandInImage,
} from './desktop-things.ts'
import type { StandInIpcMain } from './ipc-main.ts'
import type { StandInSession } from './session.ts'
import type { Surface } from './surface.ts'
import type { StandInWebContents } from './web-contents.ts'

/** What happened outside of the app's own windows. */
export interface DesktopRecord {
  readonly windows: StandInWindow[]
  readonly trays: StandInTray[]
  readonly notifications: StandInNotification[]
  readonly openedLinks: string[]
  readonly errorBoxes: { readonly title: string; readonly content: string }[]
  clipboard: string
  applicationMenu: object | null | undefined
}

export interface ModuleParts {
  readonly app: StandInApp
  readonly session: StandInSession
  readonly ipcMain: StandInIpcMain
  readonly record: DesktopRecord
  readonly powerMonitor: EventEmitter
  readonly theme: EventEmitter & { shouldUseDarkColorsForSystemIntegratedUI: boolean }
  readonly keychain: 'keyring' | 'basic_text' | 'none'
  readonly workAreas: readonly Electron.Rectangle[]
  readonly createContents: (preloadPath: string | undefined) => StandInWebContents
}

/** The `electron` module as the shell's code imports it. */
export function createElectronModule(parts: ModuleParts) {
  const { app, session, ipcMain, record, powerMonitor, theme, createContents } = parts

  class BrowserWindow extends StandInWindow {
    constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
      super(app, createContents(options.webPreferences?.preload), options)
      record.windows.push(this)
    }
  }
  class Tray extends StandInTray {
    constructor(image: StandInImage) {
      super(image)
      record.trays.push(this)
    }
  }
  class Notification extends StandInNotification {
    static isSupported(): boolean {
      return true
    }
    override show(): void {
      super.show()
      record.notifications.push(this)
    }
  }
  const displays = parts.workAreas.map((workArea) => ({ workArea, bounds: workArea }))

  return {
    app: app satisfies Surface<
      Electron.App,
      | 'isPackaged'
      | 'whenReady'
      | 'isReady'
      | 'enableSandbox'
      | 'getPath'
      | 'setPath'
      | 'getAppPath'
      | 'getVersion'
      | 'getLocale'
      | 'setAppUserModelId'
      | 'requestSingleInstanceLock'
      | 'setLoginItemSettings'
      | 'getLoginItemSettings'
      | 'quit'
      | 'exit'
    >,
    BrowserWindow: BrowserWindow satisfies new (
      options?: Electron.BrowserWindowConstructorOptions,
    ) => Surface<
      Electron.BrowserWindow,
      | 'loadURL'
      | 'show'
      | 'hide'
      | 'focus'
      | 'blur'
      | 'minimize'
      | 'restore'
      | 'maximize'
      | 'getNormalBounds'
      | 'isVisible'
      | 'isFocused'
      | 'isMinimized'
      | 'isMaximized'
      | 'isDestroyed'
      | 'close'
      | 'destroy'
    > & { webContents: Surface<Electron.WebContents, 'send' | 'isDestroyed'> },
    Tray: Tray satisfies new (
      image: StandInImage,
    ) => Surface<Electron.Tray, 'setToolTip' | 'isDestroyed' | 'destroy'>,
    Menu: {
      // The shell gives no ready-made items.
      buildFromTemplate: (template: (Electron.MenuItemConstructorOptions | Electron.MenuItem)[]) =>
        new StandInMenu(template as Electron.MenuItemConstructorOptions[]),
      setApplicationMenu: (menu: object | null) => {
        record.applicationMenu = menu
      },
    } satisfies Surface<typeof Electron.Menu, 'buildFromTemplate'> & Record<'setApplicationMenu', unknown>,
    nativeImage: standInImages,
    nativeTheme: theme satisfies Surface<Electron.NativeTheme, 'shouldUseDarkColorsForSystemIntegratedUI'>,
    Notification: Notification satisfies new (
      options?: Electron.NotificationConstructorOptions,
    ) => Surface<Electron.Notification, 'show' | 'title' | 'body'>,
    clipboard: {
      writeText: async (text: string) => {
        record.clipboard = text
      },
    } satisfies Surface<Electron.Clipboard, 'writeText'>,
    shell: {
      openExternal: async (url: string) => {
        record.openedLinks.push(url)
      },
      openPath: async () => '',
    } satisfies Surface<Electron.Shell, 'openExternal' | 'openPath'>,
    dialog: {
      showErrorBox: (title: string, content: string) => {
        record.errorBoxes.push({ title, content })
      },
    } satisfies Surface<Electron.Dialog, 'showErrorBox'>,
    screen: {
      getPrimaryDisplay: () => displays[0],
      getAllDisplays: () => displays,
    },
    safeStorage: safeStorage(parts.keychain),
    ipcMain: ipcMain satisfies Surface<Electron.IpcMain, 'handle' | 'removeHandler'>,
    powerMonitor,
    protocol: session.protocol satisfies Surface<Electron.Protocol, 'handle' | 'registerSchemesAsPrivileged'>,
    session: {
      defaultSession: session satisfies Surface<
        Electron.Session,
        | 'setPermissionRequestHandler'
        | 'setPermissionCheckHandler'
        | 'setDevicePermissionHandler'
        | 'setDisplayMediaRequestHandler'
      >,
    },
  }
}

/** Every byte is turned over: enough to see that a text is not stored as it is. */
function safeStorage(keychain: ModuleParts['keychain']) {
  const turn = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0xa5))
  return {
    isEncryptionAvailable: () => keychain !== 'none',
    getSelectedStorageBackend: () => (keychain === 'keyring' ? 'gnome_libsecret' : 'basic_text'),
    encryptString: (text: string) => turn(Buffer.from(`v11${text}`)),
    decryptString: (encrypted: Buffer) => {
      const text = turn(encrypted).toString()
      if (!text.startsWith('v11')) throw new Error('Error while decrypting the ciphertext provided')
      return text.slice(3)
    },
  } satisfies Surface<
    Electron.SafeStorage,
    'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
  >
}
