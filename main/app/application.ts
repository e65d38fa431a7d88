import type { Reply } from '../../shared/contract.ts'
import { conflict, toFailure } from '../../shared/errors.ts'
import type { Config } from '../../shared/model/config.ts'
import { problemsOf } from '../../shared/problems.ts'
import type { AppInfo, EngineStatus } from '../../shared/runtime.ts'
import { say } from '../../shared/told.ts'
import type { Engine, EngineEvent } from '../engine/api.ts'
import { backupHandlers, type Backups } from './backups.ts'
import { createCaptureBook, type CaptureBook } from './captures/capture-book.ts'
import { createCaptureFolder } from './captures/capture-folder.ts'
import { captureHandlers } from './captures/capture-handlers.ts'
import { createChecks } from './checks.ts'
import { conditionHandlers } from './conditions.ts'
import { createConfigEditor } from './config-editor.ts'
import type { ConfigStore, LoadReport } from './config-store.ts'
import { connectionHandlers } from './connections.ts'
import { createDemoSwitch, hasDemo, withoutDemo } from './demo/demo-handlers.ts'
import { diagnosticsHandlers } from './diagnostics.ts'
import { dispatch, refuse, type Handlers } from './dispatch.ts'
import { createEngineConfigurer } from './engine-config.ts'
import { forwardEngineEvent } from './engine-events.ts'
import { createEventHub, type EventHub } from './event-hub.ts'
import { watchFileLimit } from './file-limit.ts'
import { createFirstLineReader } from './first-line.ts'
import { createHopLog } from './hop-log.ts'
import { hopHandlers } from './hops.ts'
import { createLinks } from './links.ts'
import { createProblemHelp } from './problem-help.ts'
import { libraryFolder } from './library/library-folder.ts'
import { libraryHandlers } from './library/library.ts'
import { listHandlers } from './lists.ts'
import { describeLoad } from './load-report.ts'
import type { Log } from './log.ts'
import { passwordsOf, type PasswordSources } from './passwords.ts'
import { portHandlers } from './port-handlers.ts'
import { profileHandlers } from './profiles.ts'
import { routingHandlers } from './routing.ts'
import { ruleHandlers } from './rules.ts'
import { settingsHandlers } from './settings.ts'
import { createSnapshot, waitingStatus } from './state.ts'
import { transferHandlers } from './transfer/transfer.ts'
import { memoryTotalsFile, type TotalsFile } from './totals/totals-file.ts'
import { createSavedTraces } from './traces/saved-traces.ts'
import { createTotals } from './totals/totals.ts'
import { createTrash, trashHandlers } from './trash.ts'
import { noUpdater, updateHandlers, type Updater, type UpdaterHost } from './updates.ts'
import { configView } from './views.ts'

/** What an engine is given by the application, in this thread or behind a worker. */
export interface EngineHost {
  readonly onEvent: (event: EngineEvent) => void
  /** Of the thread it runs in; never called for an engine in this thread. */
  readonly onStatus: (status: EngineStatus) => void
  readonly log: Log
}

export type EngineFactory = (host: EngineHost) => Engine

export interface ApplicationOptions {
  readonly store: ConfigStore
  /** Left out where there is no file to go back to. */
  readonly backups?: Backups | undefined
  readonly createEngine: EngineFactory
  /** Closed by whoever made it, after the application. */
  readonly log: Log
  readonly info: AppInfo
  /** Where totals per day outlive a restart; they do not if left out. */
  readonly totalsFile?: TotalsFile
  /** None where the shell is updated by other means. */
  readonly createUpdater?: (host: UpdaterHost) => Updater
  /** Where `passwordFrom` looks; the process environment and the file system if left out. */
  readonly passwordSources?: PasswordSources
}

export interface Application {
  readonly handlers: Handlers
  readonly hub: EventHub
  readonly log: Log
  readonly config: Config
  readonly captures: CaptureBook
  /** The door for every carrier: never rejects. */
  dispatch(name: string, raw: unknown): Promise<Reply<unknown>>
  /**
   * Loads the config and makes the engine follow it; resolves when every rule listens or has failed. Rejects where the
   * config can't be used at all (see `ConfigStore.load`); the application must be closed then, too.
   */
  start(): Promise<LoadReport>
  /**
   * Reads the config file again, for SIGHUP and watched files: true if it held something new. Rejects where it has mistakes
   * or can't be read; everything stays as it was then.
   */
  reload(): Promise<boolean>
  /**
   * Makes the engine try again what it could not do, for when the machine woke up or its network changed: rules that
   * failed listen where they now can. Passwords that are kept elsewhere are read again.
   */
  refresh(): Promise<void>
  /** Takes a link to a next hop that the user opened elsewhere, for a window to ask about; false where it is none. */
  offerLink(url: string): boolean
  /** Has the window offer what helps against a problem, by its key. */
  askForHelp(key: string): void
  /** Ends listeners and connections within the drain time of the settings. */
  close(): Promise<void>
}

/** Builds the application; nothing listens before `start`. */
export function createApplication(options: ApplicationOptions): Application {
  const { store, log, info } = options
  const sources = options.passwordSources ?? { env: process.env, firstLine: createFirstLineReader() }
  let engineStatus: EngineStatus = { state: 'running', restarts: 0 }
  let closing: Promise<void> | undefined
  let stopFileWatch = (): void => undefined

  const hub: EventHub = createEventHub({
    onWatchedChange: (watched) => {
      engine.watch({ traffic: watched.has('traffic'), connections: watched.has('connections') })
    },
    onSubscriberError: (error) => {
      log.error(`A subscriber failed: ${toFailure(error).message}`)
    },
  })
  const hopLog = createHopLog({ log, hops: () => store.config.hops })
  const captures = createCaptureBook({
    engine: () => engine,
    folder: createCaptureFolder(store.path),
    program: `Nexthop ${info.version}`,
    onChange: (all) => {
      hub.publish('capture.changed', { captures: all })
    },
  })
  const engine = options.createEngine({
    onEvent: (event) => {
      if (event.kind === 'totals') totals.add(event.deltas)
      else if (event.kind === 'traces') savedTraces.add(event)
      else forwardEngineEvent(event, hub, log, captures, hopLog)
    },
    onStatus: (status) => {
      engineStatus = status
      hub.publish('engine.statusChanged', status)
      if (status.state !== 'restarting') return
      tellWaiting(store.config, hub)
      captures.engineLost()
    },
    log,
  })
  const savedTraces = createSavedTraces(store.path, log)
  const applyToEngine = createEngineConfigurer(engine, log, sources)
  const editor = createConfigEditor(store, async (config) => {
    prepareLog(config, log)
    savedTraces.adopt(config)
    hub.publish('config.changed', { config: configView(config) })
    await applyToEngine(config)
  })
  const checks = createChecks({ editor, engine, sources, hub, log })
  const trash = createTrash()
  const stopLog = log.onAppended((entries) => {
    hub.publish('log.appended', { entries })
  })

  const totals = createTotals({
    engine,
    file: options.totalsFile ?? memoryTotalsFile(),
    log,
    config: () => store.config,
  })
  const demo = createDemoSwitch(editor)
  const links = createLinks(hub)
  const problemHelp = createProblemHelp(hub)
  const updater =
    options.createUpdater?.({
      settings: () => store.config.settings,
      onStatus: (status) => {
        hub.publish('update.changed', status)
      },
    }) ?? noUpdater
  const state = createSnapshot({
    info,
    hub,
    engine,
    config: () => store.config,
    engineStatus: () => engineStatus,
  })

  const handlers: Handlers = {
    'state.get': state,
    'problem.list': async () => problemsOf(await state()),
    ...hopHandlers(editor, trash, sources),
    ...checks.handlers,
    ...listHandlers(editor, trash),
    ...ruleHandlers(editor, trash),
    ...conditionHandlers(editor, engine),
    ...trashHandlers(editor, trash),
    ...settingsHandlers(editor),
    ...connectionHandlers(engine, () => store.config),
    ...routingHandlers(engine),
    ...captureHandlers(captures, info, log),
    ...portHandlers(editor),
    ...transferHandlers(editor, trash),
    ...backupHandlers(editor, trash, options.backups),
    ...profileHandlers(editor, trash),
    ...libraryHandlers(editor, trash, libraryFolder(info.configPath), log),
    ...diagnosticsHandlers({ state, engine, log }),
    ...totals.handlers,
    ...demo.handlers,
    ...links.handlers,
    ...problemHelp.handlers,
    ...updateHandlers(updater),
    'log.list': () => log.entries(),
  }

  async function start(): Promise<LoadReport> {
    const report = store.load()
    // A demo whose app was killed left its rule behind, which leads nowhere now.
    if (hasDemo(store.config)) store.save(withoutDemo(store.config))
    prepareLog(store.config, log)
    const told = describeLoad(report, store.path)
    if (told) log[told.level](told.message)
    totals.start()
    stopFileWatch = watchFileLimit(log)
    savedTraces.adopt(store.config)
    await applyToEngine(store.config)
    return report
  }

  async function reload(): Promise<boolean> {
    if (closing) throw closed()
    const changed = await editor.reload()
    if (changed) log.info(`The config ${store.path} was read again.`)
    return changed
  }

  function refresh(): Promise<void> {
    return editor.run(() => applyToEngine(store.config))
  }

  async function close(): Promise<void> {
    checks.close()
    updater.close()
    await demo.close()
    // A change that is being saved is finished first.
    await editor.run(async () => undefined)
    await engine.close(store.config.settings.drainMs)
    hopLog.close()
    totals.close()
    await savedTraces.close()
    stopFileWatch()
    stopLog()
  }

  return {
    handlers,
    hub,
    log,
    captures,
    get config() {
      return store.config
    },
    dispatch: async (name, raw) => {
      if (closing) return refuse(closed().failure)
      const reply = await dispatch(handlers, name, raw, (error, call) => {
        log.error(`${call} failed unexpectedly: ${describe(error)}`)
      })
      return withoutSecrets(reply, log)
    },
    start: () => editor.run(start),
    reload,
    refresh,
    offerLink: links.offer,
    askForHelp: problemHelp.ask,
    close: () => (closing ??= close()),
  }
}

function closed() {
  return conflict(say('Nexthop is closing'))
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** The text of an error that nobody foresaw may hold anything; the engine's come as failures with such a text. */
function withoutSecrets(reply: Reply<unknown>, log: Log): Reply<unknown> {
  if (reply.ok || reply.code !== 'internal' || reply.failure.message === undefined) return reply
  return refuse({ ...reply.failure, message: log.redact(reply.failure.message) })
}

function prepareLog(config: Config, log: Log): void {
  log.setLevel(config.settings.logLevel)
  log.learnSecrets(passwordsOf(config))
}

/** While the engine is started again, no rule listens. */
function tellWaiting({ rules, settings }: Config, hub: EventHub): void {
  for (const { id, enabled } of rules) {
    hub.publish('rule.statusChanged', { ruleId: id, status: waitingStatus(enabled, settings.forwarding) })
  }
}
