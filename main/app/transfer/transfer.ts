import type { ImportPreview } from '../../../shared/calls/config-calls.ts'
import { conflict } from '../../../shared/errors.ts'
import type { Config } from '../../../shared/model/config.ts'
import type { ConfigEditor } from '../config-editor.ts'
import type { Handlers } from '../dispatch.ts'
import type { Restore, Trash } from '../trash.ts'
import { readExport, writeExport } from './export-document.ts'
import { mergeConfig, type ImportMode } from './merge.ts'
import { unlockPasswords } from './password-box.ts'

type TransferCalls = 'config.export' | 'config.previewImport' | 'config.import'

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
    'config.previewImport': async (input) => {
      const { preview, hasPasswords } = await prepare(editor.config, input)
      return { ...preview, hasPasswords }
    },
    'config.import': async (input) => {
      const imported = await unlocked(input)
      const restore = await editor.change((config) => {
        const merged = mergeConfig(config, imported, input.mode).config
        return { config: merged, value: undoOf(config) }
      })
      return trash.put(restore(editor.config))
    },
  }
}

/** Undoes the replacement of a whole config as long as nothing was changed since. */
export const undoOf =
  (before: Config) =>
  (imported: Config): Restore =>
  (later) => {
    if (JSON.stringify(later) !== JSON.stringify(imported)) {
      throw conflict('This can not be undone any more: other things were changed since')
    }
    return before
  }

async function prepare(
  present: Config,
  input: ImportInput,
): Promise<{ preview: Omit<ImportPreview, 'hasPasswords'>; hasPasswords: boolean }> {
  const { box } = readExport(input.text)
  const { preview } = mergeConfig(present, await unlocked(input), input.mode)
  return { preview, hasPasswords: box !== undefined }
}

/** The imported config; with its passwords where a passphrase was given. */
async function unlocked({ text, passphrase }: ImportInput): Promise<Config> {
  const { config, box } = readExport(text)
  if (!box || passphrase === undefined) return config
  const passwords = await unlockPasswords(box, passphrase)
  const hops = config.hops.map((hop) => {
    const password = passwords[hop.id]
    return password === undefined ? hop : { ...hop, password }
  })
  return { ...config, hops }
}
