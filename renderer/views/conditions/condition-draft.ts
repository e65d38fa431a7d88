import * as v from 'valibot'
import type { DetectedProtocol } from '../../../shared/model/client-protocol.ts'
import { conditionSchema, type Condition } from '../../../shared/model/condition.ts'
import { weekdays, type Weekday } from '../../../shared/model/condition-time.ts'
import { toIssues, type Issue } from '../../../shared/model/issues.ts'
import { routeKey, toRoute } from '../rules/rule-draft.ts'

/** A condition as the form holds it. Fields with several entries have commas or lines between them. */
export interface ConditionDraft {
  readonly id: string
  readonly enabled: boolean
  name: string
  client: string
  destination: string
  port: string
  protocol: readonly DetectedProtocol[]
  isTimed: boolean
  from: string
  to: string
  days: readonly Weekday[]
  /** As in the form of a rule. */
  route: string
}

export function emptyCondition(id: string): ConditionDraft {
  return {
    id,
    enabled: true,
    name: '',
    client: '',
    destination: '',
    port: '',
    protocol: [],
    isTimed: false,
    from: '08:00',
    to: '18:00',
    days: [],
    route: '',
  }
}

export function toConditionDraft(condition: Condition): ConditionDraft {
  const { id, enabled, name, client, destination, port, protocol, time, route } = condition
  return {
    ...emptyCondition(id),
    enabled,
    name: name ?? '',
    client: client.map((network) => network.replace(/\/(32|128)$/, '')).join(', '),
    destination: destination.join(', '),
    port: port.join(', '),
    protocol: [...protocol],
    isTimed: time !== undefined,
    ...(time && { from: time.from, to: time.to, days: [...time.days] }),
    route: routeKey(route),
  }
}

function entries(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean)
}

export type CheckedCondition =
  | { readonly ok: true; readonly condition: Condition }
  | { readonly ok: false; readonly issues: readonly Issue[] }

/** Checks a draft by itself; what it says together with its rule is found with that. */
export function checkCondition(draft: ConditionDraft, chooseRoute: string): CheckedCondition {
  const { id, enabled, isTimed, from, to } = draft
  const name = draft.name.trim()
  const route = toRoute(draft.route)
  const parsed = v.safeParse(conditionSchema, {
    id,
    enabled,
    ...(name !== '' && { name }),
    client: entries(draft.client),
    destination: entries(draft.destination),
    port: draft.port
      .split(/[,;\n]+/)
      .map((entry) => entry.trim())
      .filter(Boolean),
    protocol: [...draft.protocol],
    ...(isTimed && { time: { from, to, days: weekdays.filter((day) => draft.days.includes(day)) } }),
    route,
  })
  if (parsed.success) return { ok: true, condition: parsed.output }
  const issues = toIssues(parsed.issues).map((issue) =>
    route === undefined && issue.path[0] === 'route' ? { path: ['route'], message: chooseRoute } : issue,
  )
  return { ok: false, issues }
}
