import type { PortRule } from '../../../shared/model/port-rule.ts'
import type { MenuItem } from '../../lib/Menu.svelte'
import type { App } from '../../state/app.svelte.ts'
import { closeConnectionsOf, duplicateRule, moveRule, removeRules } from './rule-actions.ts'
import { sampleCommands } from './sample-commands.ts'

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
