import { conflict } from '../../shared/errors.ts'
import type { Settings } from '../../shared/model/settings.ts'
import type { UpdateStatus } from '../../shared/updates.ts'
import { say } from '../../shared/told.ts'
import type { Handlers } from './dispatch.ts'

/** Looks for newer versions. Nothing of it rejects: what went wrong is a status. */
export interface Updater {
  readonly status: UpdateStatus
  check(): Promise<void>
  download(): Promise<void>
  install(): void
  close(): void
}

export interface UpdaterHost {
  readonly settings: () => Settings
  readonly onStatus: (status: UpdateStatus) => void
}

/** For shells that are updated by other means. */
export const noUpdater: Updater = {
  status: { state: 'none' },
  check: () => Promise.resolve(),
  download: () => Promise.resolve(),
  install: () => undefined,
  close: () => undefined,
}

type UpdateCalls = 'update.get' | 'update.check' | 'update.download' | 'update.install'

export function updateHandlers(updater: Updater): Pick<Handlers, UpdateCalls> {
  return {
    'update.get': () => updater.status,
    'update.check': async () => {
      await updater.check()
      return updater.status
    },
    'update.download': async () => {
      await updater.download()
      return updater.status
    },
    'update.install': () => {
      if (updater.status.state !== 'ready') throw conflict(say('No update is ready: download it first'))
      updater.install()
      return {}
    },
  }
}
