import './thread-pool.ts'
import { fileURLToPath } from 'node:url'
import { defaultTimes } from './desktop.ts'
import { startShell } from './shell.ts'

// The entry of the desktop app. Not awaited: Electron becomes ready only after this module has run.
void startShell(
  {
    engineUrl: new URL('engine-worker.js', import.meta.url),
    preloadPath: fileURLToPath(new URL('../preload/index.cjs', import.meta.url)),
    rendererUrl: new URL('../renderer/', import.meta.url),
    trayImages: new URL('../../assets/tray/', import.meta.url),
  },
  defaultTimes,
)
