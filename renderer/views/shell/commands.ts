import { demoRuleId } from '../../../shared/demo-ids.ts'
import { formatHopUrl } from '../../../shared/model/hop-url.ts'
import { formatListen } from '../../../shared/model/address.ts'
import type { AppSnapshot, ConfigView } from '../../../shared/runtime.ts'
import type { IconName } from '../../lib/icons.ts'
import type { App } from '../../state/app.svelte.ts'
import { viewNames } from '../../state/router.svelte.ts'
import { addressOf, runtimeOf } from '../../state/selectors.ts'
import { laterTexts } from '../../texts/later.ts'

export interface Command {
  readonly key: string
  readonly icon: IconName
  readonly text: string
  /** Particulars, searched too. */
  readonly detail?: string
  readonly run: () => void
}

/** Everything that the palette can do now. */
export function commandsFor(app: App, snapshot: AppSnapshot): readonly Command[] {
  return [...general(app, snapshot), ...ofRules(app, snapshot), ...ofHops(app, snapshot)]
}

function general(app: App, { config }: AppSnapshot): readonly Command[] {
  const { palette, nav } = app.t
  const on = !config.settings.forwarding
  return [
    {
      key: 'forwarding',
      icon: on ? 'play' : 'pause',
      text: on ? palette.forwardingOn : palette.forwardingOff,
      run: () => void app.run('forwarding.set', { on }),
    },
    {
      key: 'add-rule',
      icon: 'plus',
      text: app.t.rules.add,
      run: () => {
        app.dialogs.show({ kind: 'rule' })
      },
    },
    {
      key: 'library',
      icon: 'plus',
      text: app.t.library.open,
      run: () => {
        app.dialogs.show({ kind: 'library' })
      },
    },
    ...config.profiles.map(({ id, name }) => ({
      key: `profile-${id}`,
      icon: 'rules' as const,
      text: app.t.profiles.use(name),
      run: () => void app.run('profile.use', { id }),
    })),
    {
      key: 'add-hop',
      icon: 'plus',
      text: app.t.hops.add,
      run: () => {
        app.dialogs.show({ kind: 'hop' })
      },
    },
    ...(config.hops.length > 0
      ? [
          {
            key: 'add-list',
            icon: 'plus' as const,
            text: app.t.lists.add,
            run: () => {
              app.dialogs.show({ kind: 'list' })
            },
          },
        ]
      : []),
    {
      key: 'conditions',
      icon: 'list',
      text: laterTexts[app.language].conditions.ofAll,
      run: () => {
        app.dialogs.show({ kind: 'conditions' })
      },
    },
    ...viewNames.map((view) => ({
      key: `go-${view}`,
      icon: view,
      text: palette.goTo(nav[view]),
      run: () => {
        app.router.go(view)
      },
    })),
    {
      key: 'problems',
      icon: 'warning',
      text: palette.problems,
      run: () => {
        app.dialogs.show({ kind: 'problems' })
      },
    },
    {
      key: 'record',
      icon: 'record',
      text: app.t.captures.recordTitle,
      run: () => {
        app.dialogs.show({ kind: 'record' })
      },
    },
    {
      key: 'captures',
      icon: 'record',
      text: app.t.captures.show,
      run: () => {
        app.dialogs.show({ kind: 'captures' })
      },
    },
    {
      key: 'totals',
      icon: 'totals',
      text: app.t.totals.title,
      run: () => {
        app.dialogs.show({ kind: 'totals' })
      },
    },
    demo(app, config),
    {
      key: 'shortcuts',
      icon: 'keyboard',
      text: app.t.shortcuts.title,
      run: () => {
        app.dialogs.show({ kind: 'shortcuts' })
      },
    },
  ]
}

function demo(app: App, { rules }: ConfigView): Command {
  const { demo: start, demoStop } = app.t.welcome
  const isRunning = rules.some(({ id }) => id === demoRuleId)
  return {
    key: 'demo',
    icon: isRunning ? 'close' : 'play',
    text: isRunning ? demoStop : start,
    run: () => void app.run(isRunning ? 'demo.stop' : 'demo.start', {}),
  }
}

function ofRules(app: App, snapshot: AppSnapshot): readonly Command[] {
  const { palette } = app.t
  return snapshot.config.rules.flatMap((rule) => [
    {
      key: `switch-${rule.id}`,
      icon: rule.enabled ? 'pause' : 'play',
      text: rule.enabled ? palette.ruleOff(rule.name) : palette.ruleOn(rule.name),
      detail: formatListen(rule.listen),
      run: () => void app.run('rule.enable', { ids: [rule.id], enabled: !rule.enabled }),
    } as const,
    {
      key: `edit-${rule.id}`,
      icon: 'edit',
      text: palette.editRule(rule.name),
      detail: formatListen(rule.listen),
      run: () => {
        app.dialogs.show({ kind: 'rule', rule })
      },
    } as const,
    {
      key: `explain-${rule.id}`,
      icon: 'info',
      text: laterTexts[app.language].conditions.explain.title(rule.name),
      detail: formatListen(rule.listen),
      run: () => {
        app.dialogs.show({ kind: 'explain', ruleId: rule.id })
      },
    } as const,
    {
      key: `copy-${rule.id}`,
      icon: 'copy',
      text: palette.copyAddress(rule.name),
      detail: formatListen(rule.listen),
      run: () => void app.copy(addressOf(rule, runtimeOf(snapshot, rule.id).status)),
    } as const,
  ])
}

function ofHops(app: App, { config }: AppSnapshot): readonly Command[] {
  const { palette } = app.t
  return config.hops.flatMap((hop) => [
    {
      key: `test-${hop.id}`,
      icon: 'test',
      text: palette.testHop(hop.name),
      detail: formatHopUrl(hop),
      run: () => {
        app.dialogs.show({ kind: 'test-hop', hopId: hop.id })
      },
    } as const,
    {
      key: `edit-${hop.id}`,
      icon: 'edit',
      text: palette.editHop(hop.name),
      detail: formatHopUrl(hop),
      run: () => {
        app.dialogs.show({ kind: 'hop', hop })
      },
    } as const,
  ])
}
