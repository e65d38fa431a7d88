import type { ConfigEditor } from './config-editor.ts'
import type { Handlers } from './dispatch.ts'

/** The settings and the master switch, which is one of them. */
export function settingsHandlers(editor: ConfigEditor): Pick<Handlers, 'settings.save' | 'forwarding.set'> {
  return {
    'settings.save': ({ settings }) =>
      editor.change((config) => ({ config: { ...config, settings }, value: {} })),
    'forwarding.set': ({ on }) =>
      editor.change((config) => ({
        config: { ...config, settings: { ...config.settings, forwarding: on } },
        value: {},
      })),
  }
}
