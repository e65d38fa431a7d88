import { createConfigEditor, type ConfigEditor } from '../app/config-editor.ts'
import { createConfigStore } from '../app/config-store.ts'
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

export interface EditedConfig {
  readonly path: string
  readonly editor: ConfigEditor
  /** There was none before. */
  readonly isNew: boolean
}

/** The config that was named, or the usual one; it need not exist yet. Throws where it has mistakes. */
export function openConfig(given: Given, env: CommandContext['env']): EditedConfig {
  const file = confFile(given.text('config') ?? defaultConfigPath(env))
  const store = createConfigStore({ file, onBroken: 'refuse' })
  const isNew = store.load().kind === 'missing'
  return { path: file.path, isNew, editor: createConfigEditor(store, () => Promise.resolve()) }
}
