import type { Updater, UpdaterHost } from '../../app/updates.ts'
import type { UpdateStatus } from '../../../shared/updates.ts'
import type { NewerVersion, UpdateSource } from './update-source.ts'

export interface DesktopUpdaterOptions extends UpdaterHost {
  /** Made when it is first needed. */
  readonly source: () => Promise<UpdateSource>
  /** The app belongs to a package manager: newer versions are told of, and nothing is downloaded. */
  readonly byHand: boolean
  readonly times: { readonly firstMs: number; readonly everyMs: number }
  readonly now?: () => number
}

/** Looks for newer versions in the background, unless that is off, and does the rest when it is asked to. */
export function createDesktopUpdater(options: DesktopUpdaterOptions): Updater {
  const { settings, onStatus, byHand, times, now = Date.now } = options
  let source: Promise<UpdateSource> | undefined
  let status: UpdateStatus = { state: 'idle' }
  let found: NewerVersion | undefined
  let running: Promise<void> | undefined

  const set = (next: UpdateStatus) => {
    status = next
    onStatus(next)
  }
  /** One thing at a time; who comes meanwhile waits for that one. */
  const alone = (run: (from: UpdateSource) => Promise<void>) => {
    running ??= (source ??= options.source())
      .then(run)
      .catch((error: unknown) => {
        set({ state: 'failed', message: error instanceof Error ? error.message : String(error) })
      })
      .finally(() => {
        running = undefined
      })
    return running
  }

  async function check(): Promise<void> {
    if (status.state === 'ready') return
    await alone(async (from) => {
      set({ state: 'checking' })
      const { updates } = settings()
      found = await from.check(updates === 'beta' ? 'beta' : 'stable')
      set(found ? { state: 'available', ...found, byHand } : { state: 'idle', checkedAt: now() })
    })
  }

  async function download(): Promise<void> {
    const wanted = found
    if (!wanted || byHand || status.state === 'ready') return
    await alone(async (from) => {
      const { version } = wanted
      set({ state: 'downloading', version, percent: 0 })
      await from.download((percent) => {
        set({ state: 'downloading', version, percent })
      })
      set({ state: 'ready', ...wanted })
    })
  }

  const inBackground = () => {
    if (settings().updates !== 'off') void check()
  }
  const first = setTimeout(inBackground, times.firstMs)
  const timer = setInterval(inBackground, times.everyMs)
  for (const each of [first, timer]) each.unref()

  return {
    get status() {
      return status
    },
    check,
    download,
    install: () => {
      if (status.state === 'ready')
        void source?.then((from) => {
          from.install()
        })
    },
    close: () => {
      clearTimeout(first)
      clearInterval(timer)
    },
  }
}
