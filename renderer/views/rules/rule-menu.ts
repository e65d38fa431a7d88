import type { PortRule } from '../../../shared/model/port-rule.ts'
import type { MenuItem } from '../../lib/Menu.svelte'
import type { App } from '../../state/app.svelte.ts'
import { runningOf } from '../../state/captures.ts'
import { closeConnectionsOf, duplicateRule, moveRule, removeRules } from './rule-actions.ts'
import { sampleCommands } from './sample-commands.ts'

function recordItem(app: App, { id }: PortRule): MenuItem {
  const { recordItem: record, stopItem } = app.t.captures
  const running = runningOf(app.store.captures, id)
  const start = () => {
    app.dialogs.show({ kind: 'record', ruleId: id })
  }
  return running
    ? { label: stopItem, icon: 'record', onselect: () => void app.run('capture.stop', { id: running.id }) }
    : { label: record, icon: 'record', onselect: start }
}

interface Place {
  readonly address: string
  readonly open: number
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly isFiltered: boolean
}

export function ruleMenu(app: App, rule: PortRule, place: Place): readonly (readonly MenuItem[])[] {
  const { rules, common } = app.t
  const [command] = sampleCommands(rule.listen, rule.destination)
  return [
    [
      {
        label: rules.editItem,
        icon: 'edit',
        onselect: () => {
          app.dialogs.show({ kind: 'rule', rule })
        },
      },
      {
        label: rules.explainItem,
        icon: 'info',
        onselect: () => {
          app.dialogs.show({ kind: 'explain', ruleId: rule.id })
        },
      },
      { label: rules.duplicate, icon: 'duplicate', onselect: () => void duplicateRule(app, rule) },
    ],
    [
      { label: rules.copyAddress, icon: 'copy', onselect: () => void app.copy(place.address) },
      ...(command === undefined
        ? []
        : [
            {
              label: rules.copyCommand(command.split(' ')[0] ?? ''),
              icon: 'copy' as const,
              onselect: () => void app.copy(command),
            },
          ]),
    ],
    [
      {
        label: rules.showConnections,
        icon: 'connections',
        onselect: () => {
          app.router.go('connections', rule.id)
        },
      },
      {
        label: rules.closeConnections(place.open),
        icon: 'close',
        disabled: place.open === 0,
        onselect: () => {
          closeConnectionsOf(app, rule.id)
        },
      },
    ],
    [recordItem(app, rule)],
    place.isFiltered
      ? []
      : [
          {
            label: common.moveUp,
            icon: 'up',
            disabled: place.isFirst,
            onselect: () => void moveRule(app, rule.id, -1),
          },
          {
            label: common.moveDown,
            icon: 'down',
            disabled: place.isLast,
            onselect: () => void moveRule(app, rule.id, 1),
          },
        ],
    [{ label: common.remove, icon: 'trash', danger: true, onselect: () => void removeRules(app, [rule]) }],
  ]
}
