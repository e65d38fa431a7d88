import { conflict, notFound } from '../../shared/errors.ts'
import type { Config } from '../../shared/model/config.ts'
import type { NextHopList } from '../../shared/model/next-hop-list.ts'
import type { ConfigEditor, Edit } from './config-editor.ts'
import type { Handlers } from './dispatch.ts'
import { describeUsers, upsert } from './parts.ts'
import { putBack, type Restore, type Trash } from './trash.ts'
import { routesOf, usesList } from '../../shared/model/routes-of.ts'
import { say } from '../../shared/told.ts'

// Adding, changing and removing next-hop lists.

export function listHandlers(
  editor: ConfigEditor,
  trash: Trash,
): Pick<Handlers, 'list.save' | 'list.remove'> {
  return {
    'list.save': ({ list }) => editor.change((config) => saveList(config, list)),
    'list.remove': async ({ id }) => trash.put(await editor.change((config) => removeList(config, id))),
  }
}

export function saveList(config: Config, list: NextHopList): Edit<{ readonly id: string }> {
  return {
    config: { ...config, lists: upsert(config.lists, list) },
    value: { id: list.id },
    focus: { section: 'lists', ids: [list.id], place: (_, rest) => ['list', ...rest] },
  }
}

export function removeList(config: Config, id: string): Edit<Restore> {
  const index = config.lists.findIndex((list) => list.id === id)
  const list = config.lists[index]
  if (!list) throw notFound(say('There is no such next-hop list: it may have been removed already'))
  const rules = config.rules.filter((rule) => routesOf(rule).some((route) => usesList(route, id)))
  const isInConditions = config.conditions.some(({ route }) => usesList(route, id))
  const users = describeUsers(rules, [], isInConditions)
  if (users) {
    const isOne = rules.length === 1 && !isInConditions
    throw conflict(
      say(
        isOne
          ? 'The next-hop list "{list}" is in use by the {users}: give it another route first'
          : 'The next-hop list "{list}" is in use by the {users}: give them another route first',
        { list: list.name, users },
      ),
    )
  }
  return {
    config: { ...config, lists: config.lists.toSpliced(index, 1) },
    value: (later) => ({ ...later, lists: putBack(later.lists, list, index) }),
  }
}
