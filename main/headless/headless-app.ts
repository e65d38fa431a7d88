import { createApplication, type Application } from '../app/application.ts'
import type { ConfigFile } from '../app/config-file.ts'
import { createConfigStore, type ConfigStoreOptions } from '../app/config-store.ts'
import { createLog, type LogSink } from '../app/log.ts'
import { jsonSink, textSink } from '../app/log-sinks.ts'
import { readFirstLine } from '../app/passwords.ts'
import { createEngineThreads } from '../app/threads/engine-threads.ts'
import type { TotalsFile } from '../app/totals/totals-file.ts'
import type { CommandContext } from './command.ts'

export interface HeadlessExtras {
  readonly totalsFile?: TotalsFile
  /** Where the log goes besides stderr. */
  readonly sinks?: readonly LogSink[]
}

/** The application as the commands run it: the engine in its thread, the log on stderr. */
export function createHeadlessApp(
  context: CommandContext,
  file: ConfigFile,
  onBroken: ConfigStoreOptions['onBroken'],
  { totalsFile, sinks = [] }: HeadlessExtras = {},
): Application {
  const { console, env, files, version } = context
  const sink = console.isJson ? jsonSink : textSink
  return createApplication({
    store: createConfigStore({ file, onBroken }),
    createEngine: (host) => createEngineThreads({ ...host, url: files.engineUrl }),
    log: createLog({ sinks: [sink(console.writeLog), ...sinks] }),
    info: {
      version,
      shell: 'headless',
      platform: process.platform,
      nodeVersion: process.versions.node,
      configPath: file.path,
    },
    ...(totalsFile && { totalsFile }),
    passwordSources: { env, firstLine: readFirstLine },
  })
}
