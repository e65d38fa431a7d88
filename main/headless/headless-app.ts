import { createApplication, type Application } from '../app/application.ts'
import type { ConfigFile } from '../app/config-file.ts'
import { createConfigStore, type ConfigStoreOptions } from '../app/config-store.ts'
import { createLog } from '../app/log.ts'
import { jsonSink, textSink } from '../app/log-sinks.ts'
import { readFirstLine } from '../app/passwords.ts'
import type { TotalsFile } from '../app/totals/totals-file.ts'
import { createWorkerEngine } from '../app/worker-engine.ts'
import type { CommandContext } from './command.ts'

/** The application as the commands run it: the engine in its thread, the log on stderr. */
export function createHeadlessApp(
  context: CommandContext,
  file: ConfigFile,
  onBroken: ConfigStoreOptions['onBroken'],
  totals?: TotalsFile,
): Application {
  const { console, env, files, version } = context
  const sink = console.isJson ? jsonSink : textSink
  return createApplication({
    store: createConfigStore({ file, onBroken }),
    createEngine: (host) => createWorkerEngine({ ...host, url: files.engineUrl }),
    log: createLog({ sinks: [sink(console.writeLog)] }),
    info: {
      version,
      shell: 'headless',
      platform: process.platform,
      nodeVersion: process.versions.node,
      configPath: file.path,
    },
    ...(totals && { totalsFile: totals }),
    passwordSources: { env, firstLine: readFirstLine },
  })
}
