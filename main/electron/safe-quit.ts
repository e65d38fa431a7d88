import type { App, PowerMonitor } from 'electron'

export interface SafeQuitOptions {
  readonly app: Pick<App, 'on' | 'exit'>
  readonly powerMonitor: Pick<PowerMonitor, 'on'>
  /** Windows may close now, and no new ones may open. */
  readonly onQuitting: () => void
  /** Ends listeners and connections in peace. */
  readonly drain: () => Promise<void>
  /** The most that `drain` may take, in milliseconds; asked when it begins. */
  readonly boundMs: () => number
}

/**
 * Quits by way of draining: the first request ends everything in peace, within a bound; a second one ends at once.
 * When the system shuts down there is no time for peace: every change is saved already.
 */
export function quitSafely({ app, powerMonitor, onQuitting, drain, boundMs }: SafeQuitOptions): void {
  let phase: 'running' | 'draining' | 'shutdown' = 'running'

  powerMonitor.on('shutdown', () => {
    phase = 'shutdown'
  })
  app.on('before-quit', () => {
    if (phase === 'draining') app.exit(0)
    else onQuitting()
  })
  app.on('will-quit', (event) => {
    if (phase !== 'running') return
    phase = 'draining'
    event.preventDefault()
    void withinBound(drain, boundMs()).then(() => {
      app.exit(0)
    })
  })
}

async function withinBound(task: () => Promise<void>, boundMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, boundMs)
  })
  await Promise.race([task().catch(() => undefined), late])
  clearTimeout(timer)
}
