import { createApplication, type Application } from '../../main/app/application.ts'
import { memoryConfigFile, type ConfigFile } from '../../main/app/config-file.ts'
import { createConfigStore } from '../../main/app/config-store.ts'
import { createLog, type Log } from '../../main/app/log.ts'
import { createMemoryClient } from '../../main/app/memory-client.ts'
import type { TotalsFile } from '../../main/app/totals/totals-file.ts'
import type { PasswordSources } from '../../main/app/passwords.ts'
import type { AppEvent, Client, Reply } from '../../shared/contract.ts'
import { emptyConfig, type Config } from '../../shared/model/config.ts'
import { FakeEngine } from './fake-engine.ts'

export interface TestApplication {
  readonly app: Application
  readonly client: Client
  readonly engine: FakeEngine
  readonly file: ConfigFile
  readonly log: Log
  /** All general events since the start. */
  readonly events: AppEvent[]
  close(): Promise<void>
}

export interface TestApplicationOptions {
  readonly config?: Config
  readonly file?: ConfigFile
  readonly passwordSources?: PasswordSources
  readonly totalsFile?: TotalsFile
}

export const testInfo = {
  version: '1.2.3',
  shell: 'headless',
  platform: 'linux',
  nodeVersion: '24.0.0',
  configPath: 'memory',
} as const

/** A started application on a config in memory and an engine without sockets. */
export async function startTestApplication(options: TestApplicationOptions = {}): Promise<TestApplication> {
  const { config = emptyConfig, passwordSources, totalsFile } = options
  const file = options.file ?? memoryConfigFile(JSON.stringify(config))
  const log = createLog({ level: 'debug' })
  const engines: FakeEngine[] = []
  const app = createApplication({
    store: createConfigStore({ file, onBroken: 'refuse' }),
    createEngine: ({ onEvent }) => {
      const engine = new FakeEngine(onEvent)
      engines.push(engine)
      return engine
    },
    log,
    info: testInfo,
    ...(passwordSources && { passwordSources }),
    ...(totalsFile && { totalsFile }),
  })
  const [engine] = engines
  if (!engine) throw new Error('the application made no engine')
  const events: AppEvent[] = []
  const client = createMemoryClient(app)
  client.subscribe([], (event) => events.push(event))
  await app.start()
  const close = async () => {
    await app.close()
    await log.close()
  }
  return { app, client, engine, file, log, events, close }
}

/** The mistakes that a refused call names; empty for other replies. */
export function issuesOf(reply: Reply<unknown>) {
  return reply.ok ? [] : (reply.issues ?? [])
}
