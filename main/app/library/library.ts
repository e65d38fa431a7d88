import { conflict, notFound } from '../../../shared/errors.ts'
import type { RuleSet } from '../../../shared/library/rule-set.ts'
import type { LibraryEntry } from '../../../shared/calls/library-calls.ts'
import { say } from '../../../shared/told.ts'
import type { ConfigEditor } from '../config-editor.ts'
import type { Handlers } from '../dispatch.ts'
import type { Log } from '../log.ts'
import { undoOf } from '../transfer/transfer.ts'
import type { Trash } from '../trash.ts'
import { InvalidError } from '../invalid-error.ts'
import { applySet } from './apply-set.ts'
import { bundledSets } from './bundled-sets.ts'
import type { LibraryFolder } from './library-folder.ts'
import { makeSet } from './make-set.ts'
import { readSet } from './read-set.ts'

type LibraryCalls = Extract<keyof Handlers, `library.${string}`>

/** Rule sets: those that come with Nexthop, and the user's own. */
export function libraryHandlers(
  editor: ConfigEditor,
  trash: Trash,
  folder: LibraryFolder,
  log: Pick<Log, 'warn'>,
): Pick<Handlers, LibraryCalls> {
  const entries = () => listSets(folder, log)

  function find(id: string): RuleSet {
    const entry = entries().find(({ set }) => set.id === id)
    if (!entry) throw notFound(say('There is no rule set "{id}": it may have been removed', { id }))
    return entry.set
  }

  return {
    'library.list': entries,
    'library.preview': ({ setId, answers }) => applySet(editor.config, find(setId), answers).preview,
    'library.apply': async ({ setId, answers }) => {
      const set = find(setId)
      const restore = await editor.change((config) => ({
        config: applySet(config, set, answers).config,
        value: undoOf(config),
      }))
      return trash.put(restore(editor.config))
    },
    'library.make': ({ name, ruleIds }) => {
      const set = makeSet(editor.config, name, ruleIds)
      return { filename: `${set.id}.json`, text: formatSet(set) }
    },
    'library.save': ({ text }) => {
      const set = readSet(text)
      if (bundledSets().some(({ id }) => id === set.id)) {
        throw conflict(
          say('"{id}" is the id of a rule set of Nexthop: give yours another one', { id: set.id }),
        )
      }
      folder.write(`${set.id}.json`, formatSet(set))
      return { id: set.id }
    },
    'library.remove': ({ id }) => {
      const own = ownSets(folder, log).find(({ set }) => set.id === id)
      if (!own) throw notFound(say('There is no such rule set of yours: it may have been removed already'))
      folder.remove(own.filename)
      return {}
    },
  }
}

function formatSet(set: RuleSet): string {
  return `${JSON.stringify(set, undefined, 2)}\n`
}

export function listSets(folder: LibraryFolder, log: Pick<Log, 'warn'>): LibraryEntry[] {
  const bundled = bundledSets()
  const own = ownSets(folder, log).filter(({ set }) => bundled.every(({ id }) => id !== set.id))
  return [...bundled.map((set) => ({ set, isOwn: false })), ...own.map(({ set }) => ({ set, isOwn: true }))]
}

/** One that can't be used is left out, and told. */
function ownSets(folder: LibraryFolder, log: Pick<Log, 'warn'>) {
  return folder.read().flatMap(({ filename, text }) => {
    try {
      return [{ filename, set: readSet(text) }]
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error
      log.warn(`The rule set ${filename} was left out. ${error.message}`)
      return []
    }
  })
}
