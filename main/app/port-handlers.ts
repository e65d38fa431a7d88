import type { ConfigEditor } from './config-editor.ts'
import type { Handlers } from './dispatch.ts'
import { diagnosePort } from './port-doctor.ts'
import { suggestPort } from './port-suggestion.ts'

export function portHandlers(
  editor: Pick<ConfigEditor, 'config'>,
): Pick<Handlers, 'port.suggest' | 'port.examine'> {
  return {
    'port.examine': ({ host, port }) => diagnosePort(host, port, editor.config.rules),
    'port.suggest': async ({ near }) => ({ port: await suggestPort(near, editor.config.rules) }),
  }
}
