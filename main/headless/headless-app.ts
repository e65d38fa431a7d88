import { createApplication, type Application, type ApplicationOptions } from '../app/application.ts'
import type { ConfigFile } from '../app/config-file.ts'
import { createConfigStore, type ConfigStoreOptions } from '../app/config-store.ts'
import { openKeptConfig } from '../app/kept-config.ts'
import { createFirstLineReader } from '../app/first-line.ts'
import { createLog, type Log, type LogSink } from '../app/log.ts'
import { jsonSink, textSink } from '../app/log-sinks.ts'
import { createEngineThreads } from '../app/threads/engine-threads.ts'
import { totalsFile, totalsPath } from '../app/totals/totals-file.ts'
import type { CommandContext } from './command.ts'
import { confFile } from './conf-file.ts'

/** The application as the commands run it: the engine in its thread, the log on stderr. */
export function createHeadlessApp(
  context: CommandContext,
  file: ConfigFile,
  onBroken: ConfigStoreOptions['onBroken'],
): Application {
  return build(context, createHeadlessLog(context), {
    store: createConfigStore({ file, onBroken }),
  })
}

export interface ServedOptions {
  readonly onBroken: ConfigStoreOptions['onBroken']
  /** Where the log goes, too. */
  readonly sinks?: readonly LogSink[]
  readonly opensCaptures?: boolean
  /** Where the program is to end already. */
  readonly signal: AbortSignal
}

/** The same on a config that is kept in a file, with backups and totals beside it. */
export function createServedApp(
  context: CommandContext,
  path: string,
  { onBroken, sinks = [], opensCaptures = false, signal }: ServedOptions,
): Application {
  const log = createHeadlessLog(context, sinks)
  const parts = {
    ...openKeptConfig({ path, openFile: confFile, onBroken, log }),
    totalsFile: totalsFile(totalsPath(path)),
  }
  return build(context, log, parts, { opensCaptures }, signal)
}

function createHeadlessLog({ console }: CommandContext, sinks: readonly LogSink[] = []): Log {
  const write = (console.isJson ? jsonSink : textSink)(console.writeLog)
  return createLog({ sinks: [console.isTerminal ? withoutStatuses(write) : write, ...sinks] })
}

/** For a terminal, where the command itself tells them on stdout. */
function withoutStatuses(sink: LogSink): LogSink {
  return (entry) => {
    if (!entry.isStatus) sink(entry)
  }
}

function build(
  { env, files, version }: CommandContext,
  log: Log,
  parts: Pick<ApplicationOptions, 'store' | 'backups' | 'totalsFile'>,
  able: Pick<ApplicationOptions['info'], 'opensCaptures'> = {},
  signal?: AbortSignal,
): Application {
  return createApplication({
    ...parts,
    createEngine: (host) => createEngineThreads({ ...host, url: files.engineUrl }),
    log,
    info: {
      version,
      shell: 'headless',
      platform: process.platform,
      nodeVersion: process.versions.node,
      configPath: parts.store.path,
      ...able,
    },
    passwordSources: { env, firstLine: createFirstLineReader({ signal }) },
  })
}
