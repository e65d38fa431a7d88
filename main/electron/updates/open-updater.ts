import { noUpdater, type Updater, type UpdaterHost } from '../../app/updates.ts'
import { createDesktopUpdater } from './desktop-updater.ts'
import { builtInFeed, type UpdateFeed } from './feed.ts'
import type { UpdateSource } from './update-source.ts'

const times = { firstMs: 60_000, everyMs: 24 * 3_600_000 }

/** The updater of this copy of the app; none where it was built without a feed, or runs from sources. */
export function openUpdater(host: UpdaterHost, isPackaged: boolean): Updater {
  const feed = builtInFeed()
  if (!feed || !isPackaged) return noUpdater
  const byHand = isUpdatedByHand(process.platform, process.env)
  return createDesktopUpdater({ ...host, times, byHand, source: () => openSource(feed, byHand) })
}

/** On Linux, only an AppImage is a file of the user's; debs, RPMs and folders are the package manager's, or root's. */
export function isUpdatedByHand(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  return platform === 'linux' && env['APPIMAGE'] === undefined
}

/** Loaded only where it is needed. */
async function openSource(feed: UpdateFeed, byHand: boolean): Promise<UpdateSource> {
  const { default: updaters } = await import('electron-updater')
  const { updateSource } = await import('./update-source.ts')
  const { autoUpdater } = updaters
  // It would look for nothing outside an AppImage.
  if (byHand) autoUpdater.forceDevUpdateConfig = true
  return updateSource(autoUpdater, feed)
}
