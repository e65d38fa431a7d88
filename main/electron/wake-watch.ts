import type { PowerMonitor } from 'electron'
import { presentAddresses } from '../app/present-addresses.ts'

export interface WakeWatchOptions {
  readonly powerMonitor: Pick<PowerMonitor, 'on' | 'removeListener'>
  /** The machine woke up, or has other addresses than before. */
  readonly onChange: (reason: 'wake' | 'network') => void
  /** Undefined while they are not known. */
  readonly addresses?: () => string | undefined
  /** How often the addresses are looked at: Electron has no event for them. */
  readonly pollMs: number
}

/** Notices what makes listeners and hops worth another try. */
export function watchForWake(options: WakeWatchOptions): { close(): void } {
  const { powerMonitor, onChange, addresses = presentAddresses, pollMs } = options
  let known = addresses()

  const look = () => {
    const present = addresses()
    if (present === undefined || present === known) return
    const isOther = known !== undefined
    known = present
    if (isOther) onChange('network')
  }
  const onResume = () => {
    known = addresses() ?? known
    onChange('wake')
  }
  const timer = setInterval(look, pollMs)
  powerMonitor.on('resume', onResume)
  return {
    close: () => {
      clearInterval(timer)
      powerMonitor.removeListener('resume', onResume)
    },
  }
}
