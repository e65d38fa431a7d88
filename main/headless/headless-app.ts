import { createApplication, type Application, type ApplicationOptions } from '../app/application.ts'
import type { ConfigFile } from '../app/config-file.ts'
import { createConfigStore, type ConfigStoreOptions } from '../app/config-store.ts'
import { openKeptConfig } from '../app/kept-config.ts'
import { createLog, type Log } from '../app/log.ts'
import { jsonSink, textSink } from '../app/log-sinks.ts'
import { readFirstLine } from '../app/passwords.ts'
import { createEngineThreads } from '../app/threads/engine-threads.ts'
import type { CommandContext } from './command.ts'
import { confFile } from './conf-file.ts'

/** The application as the commands run it: the engine in its thread, the log on stderr. */
export function createHeadlessApp(
  context: CommandContext,
  file: ConfigFile,
  onBroken: ConfigStoreOptions['onBroken'],
): Application {
  return build(context, createHeadlessLog(context), { store: createConfigStore({ file, onBroken }) })
}

/** The same on a config that is kept in a file, with backups beside it. */
export function createServedApp(
  context: CommandContext,
  path: string,
  onBroken: ConfigStoreOptions['onBroken'],
): Application {
  const log = createHeadlessLog(context)
  return build(context, log, openKeptConfig({ path, openFile: confFile, onBroken, log }))
}

function createHeadlessLog({ console }: CommandContext): Log {
  const sink = console.isJson ? jsonSink : textSink
  return createLog({ sinks: [sink(console.writeLog)] })
}

function build(
  { env, files, version }: CommandContext,
  log: Log,
  { store, backups }: Pick<ApplicationOptions, 'store' | 'backups'>,
): Application {
  return createApplication({
    store,
    backups,
    createEngine: (host) => createEngineThreads({ ...host, url: files.engineUrl }),
    log,
    info: {
      version,
      shell: 'headless',
      platform: process.platform,
      nodeVersion: process.versions.node,
      configPath: store.path,
    },
    passwordSources: { env, firstLine: readFirstLine },
  })
}
