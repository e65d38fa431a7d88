import { homedir } from 'node:os'
import { app } from 'electron'
import type { Application } from '../app/application.ts'
import { createDesktopTray } from './desktop-tray.ts'
import { followState, type LiveState } from './live-state.ts'
import { setLoginItem } from './login-item.ts'
import { noticeFor, type Notice } from './notices.ts'
import { textsFor } from './texts.ts'

export interface DesktopFollower {
  /** Shows what the application has loaded. */
  refresh(): void
  showClosing(): void
  close(): void
}

/** Makes tray, notifications and the start at login follow the application, from wherever a change came. */
export function followOnDesktop(
  application: Application,
  trayImages: URL,
  onOpen: () => void,
  notify: (notice: Notice) => void,
): DesktopFollower {
  const { log } = application
  const settings = () => application.config.settings
  const texts = () => textsFor(settings().language, app.getLocale())
  let state: LiveState = { config: application.config, rules: new Map(), hops: new Map(), engine: 'running' }
  let known = settings()

  const tray = createDesktopTray(
    {
      application,
      images: trayImages,
      texts,
      onOpen,
      onQuit: () => {
        app.quit()
      },
      onFailed: (message) => {
        log.error(message)
        notify({ key: message, title: 'Nexthop', body: message })
      },
    },
    state,
  )
  const stop = followState(application, (next, change) => {
    state = next
    tray.update(state)
    const notice = noticeFor(state, change, texts())
    if (notice) notify(notice)
    if (change.kind === 'config') adoptLogin()
  })

  /** Only when the setting changes: who took the app out of the system's list by hand is not overruled. */
  function adoptLogin(): void {
    const { startAtLogin: atLogin, startHidden: hidden } = settings()
    const isSame = atLogin === known.startAtLogin && (hidden === known.startHidden || !atLogin)
    known = settings()
    if (isSame) return
    try {
      const { platform, env, execPath } = process
      setLoginItem({ atLogin, hidden }, { app, platform, env, home: homedir(), execPath })
    } catch (error) {
      log.error(`The start at login could not be changed: ${String(error)}`)
    }
  }

  return {
    refresh: () => {
      known = settings()
      state = { ...state, config: application.config }
      tray.update(state)
    },
    showClosing: tray.showClosing,
    close: () => {
      stop()
      tray.close()
    },
  }
}
