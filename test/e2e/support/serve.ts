import { readFile, writeFile } from 'node:fs/promises'
import type { Config } from '../../../shared/model/config.ts'
import { startCli, type CliOptions, type RunningCli } from '../../support/cli.ts'
import { makeConfig, type ConfigFields } from '../../support/config.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { until } from '../../support/until.ts'

export interface ServeOptions extends CliOptions {
  readonly config?: ConfigFields
}

/** A running `nexthop serve` on a config and a port of its own. */
export interface ServedNexthop {
  readonly configPath: string
  readonly origin: string
  readonly pid: number
  /** A link that logs in one browser, once. */
  newLink(): Promise<string>
  /** The config as it is on the disk. */
  readConfig(): Promise<Config>
  /** Writes the config as somebody else would. */
  writeConfig(fields: ConfigFields): Promise<void>
  /** All that it wrote to its log. */
  log(): string
  stop(): Promise<void>
  /** Runs it again after `stop`, on the same port. */
  start(): Promise<void>
  close(): Promise<void>
}

export async function startServe({ config = {}, ...options }: ServeOptions = {}): Promise<ServedNexthop> {
  const folder = await makeTempDir()
  const configPath = folder.file('config.json')
  const writeConfig = (fields: ConfigFields) =>
    writeFile(configPath, JSON.stringify(makeConfig(fields), undefined, 2))
  await writeConfig(config)
  let running: RunningCli | undefined
  let port = 0

  const links = () => running?.stdout().match(/http:\S+token=\S+/g) ?? []

  async function start(): Promise<void> {
    running = startCli(['serve', '--config', configPath, '--port', String(port)], options)
    port = Number(await running.says(/web http:\/\/127\.0\.0\.1:(\d+)\//))
  }

  async function stop(): Promise<void> {
    await running?.close()
    running = undefined
  }

  try {
    await start()
  } catch (error) {
    await stop()
    await folder.close()
    throw error
  }
  let linksTaken = 0
  return {
    configPath,
    origin: `http://127.0.0.1:${port}`,
    get pid() {
      return running?.pid ?? 0
    },
    newLink: async () => {
      if (links().length <= linksTaken) running?.signal('SIGUSR2')
      linksTaken = await until('it prints a link', () => links().length > linksTaken && links().length)
      return links().at(-1) ?? ''
    },
    readConfig: async () => JSON.parse(await readFile(configPath, 'utf8')) as Config,
    writeConfig,
    log: () => running?.stderr() ?? '',
    stop: async () => {
      linksTaken = 0
      await stop()
    },
    start,
    close: async () => {
      await stop()
      await folder.close()
    },
  }
}
