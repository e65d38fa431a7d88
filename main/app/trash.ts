import { randomUUID } from 'node:crypto'
import { conflict, notFound } from '../../shared/errors.ts'
import type { Config } from '../../shared/model/config.ts'
import type { Removed } from '../../shared/calls/call.ts'
import { say } from '../../shared/told.ts'
import type { ConfigEditor } from './config-editor.ts'
import type { Handlers } from './dispatch.ts'
import { InvalidError } from './invalid-error.ts'

/** Puts what was removed back into a config, which may have changed since. May throw a conflict. */
export type Restore = (config: Config) => Config

export interface Trash {
  put(restore: Restore): Removed
  get(trashId: string): Restore | undefined
  drop(trashId: string): void
}

/** Kept in memory only, with passwords: the latest removals of this run. */
export function createTrash(capacity = 100): Trash {
  const entries = new Map<string, Restore>()
  return {
    put(restore) {
      const trashId = randomUUID()
      entries.set(trashId, restore)
      for (const oldest of entries.keys()) {
        if (entries.size <= capacity) break
        entries.delete(oldest)
      }
      return { trashId }
    },
    get: (trashId) => entries.get(trashId),
    drop: (trashId) => {
      entries.delete(trashId)
    },
  }
}

/** A copy with the part back at its old place, or at the end where the others became fewer. */
export function putBack<T extends { readonly id: string; readonly name: string }>(
  parts: readonly T[],
  part: T,
  index: number,
): T[] {
  if (parts.some(({ id }) => id === part.id))
    throw conflict(say('"{name}" is there already', { name: part.name }))
  return parts.toSpliced(index, 0, part)
}

export function trashHandlers(editor: ConfigEditor, trash: Trash): Pick<Handlers, 'trash.restore'> {
  return {
    'trash.restore': async ({ trashId }) => {
      const restore = trash.get(trashId)
      if (!restore) throw notFound(say('It can no longer be brought back: only the latest removals are kept'))
      try {
        await editor.change((config) => ({ config: restore(config), value: {} }))
      } catch (error) {
        if (!(error instanceof InvalidError)) throw error
        throw conflict(
          say('It can not be brought back, because other things changed since. {mistake}', {
            mistake: error.said,
          }),
        )
      }
      trash.drop(trashId)
      return {}
    },
  }
}
