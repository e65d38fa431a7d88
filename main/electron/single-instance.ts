import type { App } from 'electron'
import { parseArguments, type LaunchArguments } from './arguments.ts'

/**
 * True where this instance is the one that runs. Otherwise the other one has been told what this one was started for,
 * and this one must end. `onAsked` gets what later instances want.
 */
export function claimSingleInstance(
  app: Pick<App, 'requestSingleInstanceLock' | 'on'>,
  onAsked: (launch: LaunchArguments) => void,
): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', (_event, argv) => {
    onAsked(parseArguments(argv))
  })
  return true
}
