import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Backup } from '../../shared/calls/backup-calls.ts'
import { conflict, notFound } from '../../shared/errors.ts'
import type { Config } from '../../shared/model/config.ts'
import { say } from '../../shared/told.ts'
import { formatDocument, readDocument } from './config-document.ts'
import type { ConfigEditor } from './config-editor.ts'
import type { ConfigFile } from './config-file.ts'
import type { Handlers } from './dispatch.ts'
import { undoOf } from './transfer/transfer.ts'
import type { Trash } from './trash.ts'

// Copies of the config beside it, in case that somebody wants to go back further than "Undo" does.

const shortestAgeMs = 3_600_000
const mostKept = 20
const namePattern = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z\.json$/

export interface Backups {
  /** Newest first; those that can't be read are left out. */
  list(): readonly Backup[]
  /** The config of one, or undefined where it is gone or can't be used any more. */
  read(id: string): Config | undefined
  /** Keeps a config that is about to be changed, once per hour. Throws the system's error. */
  keep(config: Config): void
}

export interface BackupsOptions {
  readonly folder: string
  /** Guards passwords as the config's own file does. */
  readonly openFile: (path: string) => ConfigFile
  readonly now?: () => Date
}

export function createBackups({ folder, openFile, now = () => new Date() }: BackupsOptions): Backups {
  const ids = () => namesIn(folder).map((name) => name.replace('.json', ''))
  const pathOf = (id: string) => join(folder, `${id}.json`)

  function read(id: string): Config | undefined {
    const text = openFile(pathOf(id)).read()
    const result = text === undefined ? undefined : readDocument(text)
    return result?.kind === 'valid' ? result.config : undefined
  }

  return {
    read,
    list: () =>
      ids().flatMap((id) => {
        const config = read(id)
        return config ? [{ id, at: timeOf(id), hops: config.hops.length, rules: config.rules.length }] : []
      }),
    keep(config) {
      const [newest, ...older] = ids()
      if (config.hops.length === 0 && config.rules.length === 0) return
      if (newest !== undefined && Math.abs(now().getTime() - timeOf(newest)) < shortestAgeMs) return
      const id = now().toISOString().replace(/\.\d+/, '').replaceAll(':', '-')
      openFile(pathOf(id)).write(formatDocument(config))
      for (const old of older.slice(mostKept - 2)) rmSync(pathOf(old), { force: true })
    },
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => namePattern.test(name))
      .sort()
      .reverse()
  } catch {
    return []
  }
}

function timeOf(id: string): number {
  return Date.parse(`${id}.json`.replace(namePattern, '$1T$2:$3:$4Z'))
}

export function backupHandlers(
  editor: ConfigEditor,
  trash: Trash,
  backups: Backups | undefined,
): Pick<Handlers, 'backup.list' | 'backup.restore'> {
  return {
    'backup.list': () => backups?.list() ?? [],
    'backup.restore': async ({ id }) => {
      const config = backups?.read(id)
      if (!config) throw notFound(say('This backup is gone, or can no longer be read'))
      const restore = await editor.change((present) => {
        if (JSON.stringify(present) === JSON.stringify(config)) {
          throw conflict(say('Nothing to restore: the config is as this backup has it'))
        }
        return { config, value: undoOf(present) }
      })
      return trash.put(restore(editor.config))
    },
  }
}
