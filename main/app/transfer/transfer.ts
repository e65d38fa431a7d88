import type { ExportEngine } from '../../../shared/calls/config-calls.ts'
import { conflict } from '../../../shared/errors.ts'
import type { Config } from '../../../shared/model/config.ts'
import { say } from '../../../shared/told.ts'
import type { ConfigEditor } from '../config-editor.ts'
import { withoutDemo } from '../demo/demo-handlers.ts'
import type { Handlers } from '../dispatch.ts'
import type { EngineExporter } from '../export/engine-config.ts'
import { exportHaproxy } from '../export/haproxy.ts'
import { exportV2ray } from '../export/v2ray.ts'
import type { Restore, Trash } from '../trash.ts'
import { readImport, writeExport, type Imported } from './export-document.ts'
import { mergeConfig, type ImportMode } from './merge.ts'
import { unlockPasswords } from './password-box.ts'

type TransferCalls = 'config.export' | 'config.exportEngine' | 'config.previewImport' | 'config.import'

const exporters: Record<ExportEngine, { readonly filename: string; readonly write: EngineExporter }> = {
  v2ray: { filename: 'nexthop-v2ray.json', write: exportV2ray },
  haproxy: { filename: 'nexthop-haproxy.cfg', write: exportHaproxy },
}

interface ImportInput {
  readonly text: string
  readonly mode: ImportMode
  readonly passphrase?: string | undefined
}

/** Taking the config along: export, a look at what an import would do, import. */
export function transferHandlers(editor: ConfigEditor, trash: Trash): Pick<Handlers, TransferCalls> {
  return {
    'config.export': async ({ passphrase }) => ({
      filename: `nexthop-${new Date().toISOString().slice(0, 10)}.json`,
      text: await writeExport(editor.config, passphrase),
    }),
    'config.exportEngine': ({ engine, withPasswords }) => {
      const { filename, write } = exporters[engine]
      return { filename, ...write(withoutDemo(editor.config), { withPasswords }) }
    },
    'config.previewImport': async (input) => {
      const imported = readImport(input.text)
      const present = editor.config
      const { preview } = mergeConfig(present, await unlocked(imported, present, input), input.mode)
      return {
        ...preview,
        notes: [...(imported.foreign?.notes ?? []), ...preview.notes],
        format: imported.foreign?.format ?? 'nexthop',
        unmapped: imported.foreign?.unmapped ?? [],
        isEmpty: isEmpty(imported.config),
        hasPasswords: imported.box !== undefined,
      }
    },
    'config.import': async (input) => {
      const imported = readImport(input.text)
      const incoming = await unlocked(imported, editor.config, input)
      const restore = await editor.change((config) => {
        const merged = mergeConfig(config, incoming, input.mode).config
        return { config: merged, value: undoOf(config) }
      })
      return trash.put(restore(editor.config))
    },
  }
}

function isEmpty({ hops, lists, rules, conditions }: Config): boolean {
  return [hops, lists, rules, conditions].every(({ length }) => length === 0)
}

/** Undoes the replacement of a whole config as long as nothing was changed since. */
export const undoOf =
  (before: Config) =>
  (imported: Config): Restore =>
  (later) => {
    if (JSON.stringify(later) !== JSON.stringify(imported)) {
      throw conflict(say('This can not be undone any more: other things were changed since'))
    }
    return before
  }

/** The imported config; with its passwords where a passphrase was given. Other programs have none of our settings. */
async function unlocked(
  { config, box, foreign }: Imported,
  present: Config,
  { passphrase }: ImportInput,
): Promise<Config> {
  if (foreign) return { ...config, settings: present.settings }
  if (!box || passphrase === undefined) return config
  const passwords = await unlockPasswords(box, passphrase)
  const hops = config.hops.map((hop) => {
    const password = passwords[hop.id]
    return password === undefined ? hop : { ...hop, password }
  })
  return { ...config, hops }
}
