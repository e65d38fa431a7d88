import type { AppUpdater } from 'electron-updater'
import type { UpdateFeed } from './feed.ts'
import { signedProvider } from './signed-provider.ts'

export type Channel = 'stable' | 'beta'

export interface NewerVersion {
  readonly version: string
  readonly notes: string
}

/** Where newer versions come from. Everything rejects where it fails, and with what is not signed or has another hash. */
export interface UpdateSource {
  check(channel: Channel): Promise<NewerVersion | undefined>
  /** Of the version that was found last. */
  download(onPercent: (percent: number) => void): Promise<void>
  install(): void
}

/** electron-updater, told to do nothing by itself. */
export function updateSource(updater: AppUpdater, feed: UpdateFeed): UpdateSource {
  updater.autoDownload = false
  updater.autoInstallOnAppQuit = false
  // One way to download, whose result is compared with the hash in the feed.
  updater.disableDifferentialDownload = true
  updater.logger = null
  updater.setFeedURL({ provider: 'custom', updateProvider: signedProvider(feed) })
  return {
    check: async (channel) => {
      updater.channel = channel === 'beta' ? 'beta' : 'latest'
      // Choosing a channel allows it, and an old version with known holes could be offered by whoever has the feed.
      updater.allowDowngrade = false
      const found = await updater.checkForUpdates()
      if (!found?.isUpdateAvailable) return undefined
      return { version: found.updateInfo.version, notes: notesOf(found.updateInfo.releaseNotes) }
    },
    download: async (onPercent) => {
      const tell = ({ percent }: { percent: number }) => {
        onPercent(Math.floor(percent))
      }
      updater.on('download-progress', tell)
      try {
        await updater.downloadUpdate()
      } finally {
        updater.off('download-progress', tell)
      }
    },
    install: () => {
      updater.quitAndInstall()
    },
  }
}

function notesOf(notes: string | readonly { note: string | null }[] | null | undefined): string {
  if (typeof notes === 'string') return notes
  return (notes ?? []).map(({ note }) => note ?? '').join('\n\n')
}
