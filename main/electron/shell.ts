import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, dialog } from 'electron'
import { toFailure } from '../../shared/errors.ts'
import { parseArguments } from './arguments.ts'
import { registerAppScheme } from './app-protocol.ts'
import { openDesktopLog } from './desktop-application.ts'
import { runDesktop, type Desktop, type DesktopFiles, type DesktopTimes } from './desktop.ts'
import { claimSingleInstance } from './single-instance.ts'

/** Starts the desktop app, or hands over to the instance that runs already. Resolves when it runs, or ends. */
export async function startShell(files: DesktopFiles, times: DesktopTimes): Promise<void> {
  // Beside the folder of the headless shell, whose config has no encrypted passwords.
  const folder = join(app.getPath('appData'), 'nexthop-desktop')
  // Electron takes no folder that does not exist.
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  app.setPath('userData', folder)
  const launch = parseArguments(process.argv)
  let desktop: Desktop | undefined
  let isWindowWanted = !launch.isHidden
  const early = [...launch.links]
  const openLinks = (links: readonly string[]) => {
    if (desktop) for (const link of links) desktop.openLink(link)
    else early.push(...links)
  }
  // macOS opens links by this event, also the first one.
  app.on('open-url', (event, url) => {
    event.preventDefault()
    openLinks([url])
  })
  const isOnly = claimSingleInstance(app, ({ isHidden, isQuit, links }) => {
    if (isQuit) app.quit()
    else if (links.length > 0) openLinks(links)
    else if (desktop && !isHidden) desktop.showWindow()
    else isWindowWanted ||= !isHidden
  })
  if (!isOnly || launch.isQuit) {
    app.exit(0)
    return
  }
  app.enableSandbox()
  registerAppScheme()
  app.setAppUserModelId('io.github.nexthop')
  await app.whenReady()
  const desktopLog = openDesktopLog()
  try {
    desktop = await runDesktop(desktopLog, files, times)
  } catch (error) {
    const message = toFailure(error).message ?? 'for an unknown reason'
    desktopLog.log.error(`Nexthop could not start: ${message}`)
    await desktopLog.close()
    dialog.showErrorBox('Nexthop could not start', message)
    app.exit(1)
    return
  }
  openLinks(early)
  if (isWindowWanted && !desktop.isHiddenAtLogin) desktop.showWindow()
}
