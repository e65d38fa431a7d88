import { join } from 'node:path'
import { app, safeStorage } from 'electron'
import { createApplication, type Application } from '../app/application.ts'
import { canShowWireshark } from '../app/captures/wireshark.ts'
import { openKeptConfig } from '../app/kept-config.ts'
import { openLogFile } from '../app/log-file.ts'
import { createLog, type Log } from '../app/log.ts'
import { textSink } from '../app/log-sinks.ts'
import { createEngineThreads } from '../app/threads/engine-threads.ts'
import { totalsFile, totalsPath } from '../app/totals/totals-file.ts'
import { electronStoreFile } from './electron-store-file.ts'
import { encryptedFile } from './encrypted-file.ts'
import { openUpdater } from './updates/open-updater.ts'
import { createPasswordCipher, noKeychainMessage } from './password-cipher.ts'

export interface DesktopLog {
  readonly log: Log
  readonly close: () => Promise<void>
}

/** The log in its file, and on stderr for who started the app from a terminal. */
export function openDesktopLog(): DesktopLog {
  const file = openLogFile(join(app.getPath('userData'), 'logs', 'nexthop.log'))
  // A terminal that was closed meanwhile must not end the app.
  const ignore = () => undefined
  process.stderr.on('error', ignore)
  const log = createLog({
    sinks: [
      textSink((line) => {
        file.write(line)
      }),
      textSink((line) => {
        process.stderr.write(line)
      }),
    ],
  })
  return {
    log,
    close: async () => {
      await log.close()
      file.close()
      process.stderr.off('error', ignore)
    },
  }
}

/** The application on the user's config with the engine in its thread. Needs Electron to be ready. */
export function createDesktopApplication(log: Log, engineUrl: URL): Application {
  const cipher = createPasswordCipher(safeStorage, process.platform)
  if (!cipher) log.warn(noKeychainMessage)
  const path = join(app.getPath('userData'), 'config.json')
  const openFile = (filePath: string) =>
    encryptedFile(electronStoreFile(filePath), {
      cipher,
      onUnreadable: (names) => {
        log.error(
          `The system's keychain does not give back the passwords of these next hops: ${names.join(', ')}. ` +
            'Unlock it and start Nexthop again, or enter the passwords anew.',
        )
      },
    })
  return createApplication({
    ...openKeptConfig({ path, openFile, onBroken: 'set-aside', log }),
    createEngine: (host) => createEngineThreads({ ...host, url: engineUrl }),
    createUpdater: (host) => openUpdater(host, app.isPackaged),
    log,
    totalsFile: totalsFile(totalsPath(path)),
    info: {
      version: app.getVersion(),
      shell: 'electron',
      platform: process.platform,
      nodeVersion: process.versions.node,
      configPath: path,
      passwordsKept: cipher ? 'keychain' : 'file',
      opensCaptures: canShowWireshark(),
    },
  })
}
