import { badRequest, notFound } from '../../shared/errors.ts'
import type { Config } from '../../shared/model/config.ts'
import type { PortRule } from '../../shared/model/port-rule.ts'
import { say } from '../../shared/told.ts'
import type { ConfigEditor, Edit } from './config-editor.ts'
import type { Handlers } from './dispatch.ts'
import { upsert } from './parts.ts'
import { putBack, type Restore, type Trash } from './trash.ts'

// Adding, changing, switching, ordering and removing port rules.

type RuleCalls = 'rule.save' | 'rule.remove' | 'rule.enable' | 'rule.reorder'

export function ruleHandlers(editor: ConfigEditor, trash: Trash): Pick<Handlers, RuleCalls> {
  return {
    'rule.save': ({ rule }) => editor.change((config) => saveRule(config, rule)),
    'rule.remove': async ({ ids }) => trash.put(await editor.change((config) => removeRules(config, ids))),
    'rule.enable': ({ ids, enabled }) => editor.change((config) => enableRules(config, ids, enabled)),
    'rule.reorder': ({ ids }) => editor.change((config) => reorderRules(config, ids)),
  }
}

export function saveRule(config: Config, rule: PortRule): Edit<{ readonly id: string }> {
  return {
    config: { ...config, rules: upsert(config.rules, rule) },
    value: { id: rule.id },
    focus: { section: 'rules', ids: [rule.id], place: (_, rest) => ['rule', ...rest] },
  }
}

export function removeRules(config: Config, ids: readonly string[]): Edit<Restore> {
  requireAll(config, ids)
  const gone = new Set(ids)
  const removed = config.rules.map((rule, index) => ({ rule, index })).filter(({ rule }) => gone.has(rule.id))
  return {
    config: { ...config, rules: config.rules.filter(({ id }) => !gone.has(id)) },
    value: (later) => ({
      ...later,
      rules: removed.reduce((rules, { rule, index }) => putBack(rules, rule, index), later.rules),
    }),
  }
}

export function enableRules(
  config: Config,
  ids: readonly string[],
  enabled: boolean,
): Edit<Record<string, never>> {
  requireAll(config, ids)
  const chosen = new Set(ids)
  return {
    config: {
      ...config,
      rules: config.rules.map((rule) => (chosen.has(rule.id) ? { ...rule, enabled } : rule)),
    },
    value: {},
    focus: { section: 'rules', ids, place: (id) => ['ids', ids.indexOf(id)] },
  }
}

export function reorderRules(config: Config, ids: readonly string[]): Edit<Record<string, never>> {
  requireAll(config, ids)
  const byId = new Map(config.rules.map((rule) => [rule.id, rule]))
  if (new Set(ids).size !== ids.length || ids.length !== byId.size) {
    throw badRequest(say('The new order must name every port rule exactly once: fetch the rules again'))
  }
  return { config: { ...config, rules: ids.flatMap((id) => byId.get(id) ?? []) }, value: {} }
}

function requireAll({ rules }: Config, ids: readonly string[]): void {
  const known = new Set(rules.map(({ id }) => id))
  if (ids.some((id) => !known.has(id))) {
    throw notFound(say('There is no such port rule: it may have been removed already'))
  }
}
