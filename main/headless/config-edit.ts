import { existsSync } from 'node:fs'
import { notFound } from '../../shared/errors.ts'
import { createConfigEditor, type ConfigEditor } from '../app/config-editor.ts'
import { openKeptConfig } from '../app/kept-config.ts'
import type { CommandContext, Given, OptionDefinition } from './command.ts'
import { confFile } from './conf-file.ts'
import { defaultConfigPath } from './config-path.ts'

// Commands that change a config file and end. A "nexthop serve" that runs on it reads it again by itself.

export const configOption = {
  config: {
    type: 'string',
    value: 'FILE',
    summary: `the config to change (${defaultConfigPath({}, 'linux', '~')} on Linux)`,
  },
} as const satisfies Record<string, OptionDefinition>

/** For commands that change nothing. */
export const readConfigOption = {
  config: { ...configOption.config, summary: configOption.config.summary.replace('to change', 'to look at') },
} as const satisfies Record<string, OptionDefinition>

export interface EditedConfig {
  readonly path: string
  readonly editor: ConfigEditor
  /** There was none before. */
  readonly isNew: boolean
}

/** The config that was named, or the usual one, with its backups. It need not exist yet. Throws where it has mistakes. */
export function openConfig(given: Given, { env, console }: CommandContext): EditedConfig {
  const { store } = openKeptConfig({
    path: given.text('config') ?? defaultConfigPath(env),
    openFile: confFile,
    onBroken: 'refuse',
    log: { warn: (message) => console.error(message) },
  })
  const isNew = store.load().kind === 'missing'
  return { path: store.path, isNew, editor: createConfigEditor(store, () => Promise.resolve()) }
}

/** The same for commands that only look: a config that is not there has nothing to be seen. */
export function openPresentConfig(given: Given, context: CommandContext): EditedConfig {
  const path = given.text('config') ?? defaultConfigPath(context.env)
  if (!existsSync(path))
    throw notFound(`There is no config ${path}: check its name, or name one with --config FILE`)
  return openConfig(given, context)
}
