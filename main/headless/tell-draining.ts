import { formatDuration } from '../../shared/format.ts'
import type { Application } from '../app/application.ts'

/** Says how long connections may go on once a stop was asked for, where some are open. Not to be awaited: closing comes first. */
export async function tellDraining(app: Application): Promise<void> {
  const { drainMs } = app.config.settings
  if (drainMs === 0) return
  const { runtime } = await app.handlers['state.get']({})
  const { open } = runtime.totals
  if (open === 0) return
  const what = open === 1 ? '1 connection is open: it' : `${open} connections are open: they`
  app.log.info(`${what} may go on for ${formatDuration(drainMs)}. Ctrl+C again ends at once.`)
}
