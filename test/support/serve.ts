import { writeFile } from 'node:fs/promises'
import { startCli, type RunningCli } from './cli.ts'
import { makeConfig, makeRule, type RuleFields } from './config.ts'
import { managed } from './managed.ts'
import { makeTempDir } from './temp-dir.ts'

// "nexthop serve" on a config file that tests change.

/** A config whose rules lead straight to their destinations. */
export function configText(...rules: RuleFields[]): string {
  return JSON.stringify(
    makeConfig({
      rules: rules.map((rule) => makeRule({ route: { kind: 'direct' }, ...rule })),
      settings: { drainMs: 0 },
    }),
  )
}

export async function configFile(text: string) {
  const dir = await managed(makeTempDir())
  const path = dir.file('config.json')
  await writeFile(path, text)
  return { dir, path, change: (next: string) => writeFile(path, next) }
}

export async function serve(path: string, ...args: string[]): Promise<RunningCli> {
  return managed(startCli(['serve', '--config', path, '--port', '0', ...args]))
}
