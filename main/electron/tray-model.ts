import { formatListen } from '../../shared/model/address.ts'
import type { PortRule } from '../../shared/model/port-rule.ts'
import { findProblems, type Problem } from '../../shared/problems.ts'
import { sourcesOf, type LiveState } from './live-state.ts'
import type { ShellTexts } from './texts.ts'

// What the tray shows, as plain data that can be compared and tested.

export type TrayIcon = 'on' | 'off' | 'problem'

export type TrayAction =
  | { readonly kind: 'open' }
  | { readonly kind: 'quit' }
  | { readonly kind: 'set-forwarding'; readonly on: boolean }
  | { readonly kind: 'enable-rule'; readonly ruleId: string; readonly enabled: boolean }
  | { readonly kind: 'use-profile'; readonly profileId: string }
  | { readonly kind: 'copy'; readonly text: string }

export type TrayItem =
  | { readonly kind: 'separator' }
  | { readonly kind: 'text'; readonly label: string }
  | { readonly kind: 'command'; readonly label: string; readonly action: TrayAction }
  | { readonly kind: 'check'; readonly label: string; readonly checked: boolean; readonly action: TrayAction }
  | { readonly kind: 'menu'; readonly label: string; readonly items: readonly TrayItem[] }

export interface TrayModel {
  readonly icon: TrayIcon
  readonly tooltip: string
  readonly items: readonly TrayItem[]
}

/** A menu that is longer does not fit onto a screen. */
const mostRules = 25

export function describeTray(state: LiveState, texts: ShellTexts): TrayModel {
  const { icon, summary } = summarize(state, texts)
  const { rules, settings } = state.config
  const shown = rules.slice(0, mostRules)
  const rest = rules.length - shown.length
  return {
    icon,
    tooltip: `Nexthop: ${summary}`,
    items: [
      {
        kind: 'check',
        label: texts.forwarding,
        checked: settings.forwarding,
        action: { kind: 'set-forwarding', on: !settings.forwarding },
      },
      { kind: 'separator' },
      ...shown.map((rule) => ruleItem(rule, state, texts)),
      ...(rules.length === 0 ? [{ kind: 'text', label: texts.noRules } as const] : []),
      ...(rest > 0 ? [{ kind: 'command', label: texts.more(rest), action: { kind: 'open' } } as const] : []),
      { kind: 'separator' },
      ...profileMenu(state, texts),
      ...copyMenu(shown, state, texts),
      { kind: 'command', label: texts.open, action: { kind: 'open' } },
      { kind: 'separator' },
      { kind: 'command', label: texts.quit, action: { kind: 'quit' } },
    ],
  }
}

/** While connections end. */
export function describeClosingTray(texts: ShellTexts): TrayModel {
  return {
    icon: 'off',
    tooltip: `Nexthop: ${texts.closing}`,
    items: [
      { kind: 'text', label: texts.closing },
      { kind: 'command', label: texts.quitNow, action: { kind: 'quit' } },
    ],
  }
}

function summarize(state: LiveState, texts: ShellTexts): { icon: TrayIcon; summary: string } {
  const { config, rules } = state
  const [gravest] = findProblems(sourcesOf(state))
  if (gravest) return { icon: 'problem', summary: problemText(gravest, texts) }
  if (!config.settings.forwarding) return { icon: 'off', summary: texts.off }
  const count = config.rules.filter(({ id }) => rules.get(id)?.state === 'listening').length
  return { icon: count > 0 ? 'on' : 'off', summary: texts.listening(count) }
}

function problemText({ kind, name }: Problem, texts: ShellTexts): string {
  switch (kind) {
    case 'engine-down':
      return texts.engineProblem
    case 'rule-failed':
      return texts.ruleProblem(name)
    case 'list-down':
      return texts.listProblem(name)
    case 'goes-direct':
      return texts.goesDirect(name)
    case 'hop-down':
    case 'certificate-expired':
      return texts.hopProblem(name)
  }
}

function ruleItem(
  { id, name, enabled, listen }: PortRule,
  { rules }: LiveState,
  texts: ShellTexts,
): TrayItem {
  const status = rules.get(id)
  const address = status?.state === 'listening' ? status.address : listen
  const place = address.kind === 'tcp' ? String(address.port) : address.path
  const suffix = enabled && status?.state === 'failed' ? ` (${texts.failed})` : ''
  return {
    kind: 'check',
    label: `${place}  ${name}${suffix}`,
    checked: enabled,
    action: { kind: 'enable-rule', ruleId: id, enabled: !enabled },
  }
}

function profileMenu({ config }: LiveState, texts: ShellTexts): TrayItem[] {
  const items = config.profiles.map(({ id, name }): TrayItem => ({
    kind: 'check',
    label: name,
    checked: id === config.activeProfileId,
    action: { kind: 'use-profile', profileId: id },
  }))
  return items.length === 0 ? [] : [{ kind: 'menu', label: texts.profiles, items }]
}

function copyMenu(shown: readonly PortRule[], { rules }: LiveState, texts: ShellTexts): TrayItem[] {
  const items = shown.flatMap(({ id, name }): TrayItem[] => {
    const status = rules.get(id)
    if (status?.state !== 'listening') return []
    const text = formatListen(status.address)
    return [{ kind: 'command', label: `${text}  ${name}`, action: { kind: 'copy', text } }]
  })
  return items.length === 0 ? [] : [{ kind: 'menu', label: texts.copyAddress, items }]
}
