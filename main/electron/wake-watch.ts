import { networkInterfaces } from 'node:os'
import type { PowerMonitor } from 'electron'

export interface WakeWatchOptions {
  readonly powerMonitor: Pick<PowerMonitor, 'on' | 'removeListener'>
  /** The machine woke up, or has other addresses than before. */
  readonly onChange: (reason: 'wake' | 'network') => void
  readonly addresses?: () => string
  /** How often the addresses are looked at: Electron has no event for them. */
  readonly pollMs: number
}

/** Notices what makes listeners and hops worth another try. */
export function watchForWake(options: WakeWatchOptions): { close(): void } {
  const { powerMonitor, onChange, addresses = presentAddresses, pollMs } = options
  let known = addresses()

  const look = () => {
    const present = addresses()
    if (present === known) return
    known = present
    onChange('network')
  }
  const onResume = () => {
    known = addresses()
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

/** The machine's addresses but for loopback, in one text that can be compared. */
function presentAddresses(): string {
  const interfaces = Object.entries(networkInterfaces())
  return interfaces
    .flatMap(([name, list = []]) =>
      list.map(({ address, internal }) => (internal ? '' : `${name} ${address}`)),
    )
    .filter((text) => text !== '')
    .sort()
    .join()
}
