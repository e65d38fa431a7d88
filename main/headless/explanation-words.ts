import type {
  ExplainedCondition,
  ExplainedHop,
  ExplainedObstacle,
  ExplainedRoute,
  Refusal,
  RouteExplanation,
} from '../../shared/explanation.ts'
import { formatDuration } from '../../shared/format.ts'
import { formatEndpoint } from '../../shared/model/address.ts'
import type { Matcher } from '../../shared/model/condition.ts'
import { formatClock, weekdays } from '../../shared/model/condition-time.ts'

// An explanation in lines, for people at a terminal.

const refusals: Readonly<Record<Refusal, string>> = {
  'rule-off': 'The rule is switched off, so nothing listens.',
  'forwarding-off': 'Forwarding is switched off, so nothing listens.',
  client: 'The client is not among the allowed clients of the rule: it is turned away before all this.',
  destination: 'The destination is not among those that the rule allows: it is turned away before all this.',
}

const matcherWords: Readonly<Record<Matcher, string>> = {
  client: 'client',
  destination: 'destination',
  port: 'destination port',
  time: 'time of day',
  protocol: 'protocol',
}

const modeWords = {
  failover: 'failover: the first that works',
  'round-robin': 'round robin: each in turn',
  'least-connections': 'least connections first',
  'lowest-latency': 'the quickest first',
  random: 'by lot: this is one draw',
  sticky: 'sticky',
} as const

export function describeExplanation(explanation: RouteExplanation): string[] {
  const { conditions, route, refusal, isCertain, isHealthKnown, lastResortDirect } = explanation
  return [
    `${explanation.ruleName}: ${describeConnection(explanation)}`,
    ...(refusal ? [refusals[refusal]] : []),
    '',
    ...(conditions.length === 0 ? ['No conditions.'] : conditions.map(describeCondition)),
    '',
    `${decision(explanation)}${isCertain ? '' : ', unless an open condition holds'}: ${routeTitle(route)}`,
    ...route.hops.map((hop, index) => `  ${index + 1}. ${describeHop(hop)}`),
    ...route.skipped.map((hop) => `  -  ${describeHop(hop)}: skipped, ${describeObstacle(hop.obstacle)}`),
    ...(usesHops(route) && lastResortDirect ? ['  Where none of them can be used: directly.'] : []),
    ...(usesHops(route) && !isHealthKnown ? ['Whether hops are down or full is not known here.'] : []),
  ]
}

function describeConnection({ connection: { client, target, protocol, time } }: RouteExplanation): string {
  return [
    client === undefined ? 'from any client' : `from ${client}`,
    target ? `to ${formatEndpoint(target)}` : 'to any destination',
    ...(protocol === undefined ? [] : [protocol]),
    `${weekdays[time.day] ?? ''} ${formatClock(time.minute)}`,
  ].join(', ')
}

function title({ of, number, name }: Pick<ExplainedCondition, 'of' | 'number' | 'name'>): string {
  return `Condition ${number}${of === 'all' ? ' of all rules' : ''}${name === undefined ? '' : ` "${name}"`}`
}

function describeCondition(condition: ExplainedCondition): string {
  return `${title(condition)}: ${describeOutcome(condition.outcome)}`
}

function describeOutcome(outcome: ExplainedCondition['outcome']): string {
  switch (outcome.kind) {
    case 'holds':
      return 'holds'
    case 'no':
      return `no, the ${matcherWords[outcome.matcher]} does not match`
    case 'open':
      return `open, it depends on the ${matcherWords[outcome.matcher]}, which was not given`
    case 'off':
      return 'switched off'
    case 'not-asked':
      return 'not asked any more'
  }
}

function decision({ decidedBy }: RouteExplanation): string {
  return decidedBy ? `Route of ${title(decidedBy).replace(/^C/, 'c')}` : 'Route of the rule itself'
}

function routeTitle({ kind, list, hops }: ExplainedRoute): string {
  switch (kind) {
    case 'direct':
      return 'direct, without a next hop'
    case 'block':
      return 'blocked'
    case 'chain':
      return 'a chain, each through the one before'
    case 'hop':
      return hops.length === 0 ? 'none, its next hop can not be used' : 'one next hop'
    case 'list': {
      if (!list) return 'a list that is no more'
      const mode = list.mode === 'sticky' ? `sticky by ${list.stickyBy}` : modeWords[list.mode]
      return `the list "${list.name}", ${mode}`
    }
  }
}

function usesHops({ kind }: ExplainedRoute): boolean {
  return kind !== 'direct' && kind !== 'block'
}

function describeHop({ name, address, kind, isBackup }: ExplainedHop): string {
  return `${name} (${address}, ${kind}${isBackup ? ', backup' : ''})`
}

function describeObstacle(obstacle: ExplainedObstacle | undefined): string {
  switch (obstacle?.kind) {
    case 'maintenance':
      return 'in maintenance'
    case 'full':
      return `it has its limit of ${obstacle.limit} connections`
    case 'no-password':
      return 'its password is not available'
    case 'down':
      if (obstacle.untilChecked) return 'left alone until its health check succeeds'
      return `${obstacle.onPurpose ? 'taken out of use' : 'left alone'} for another ${formatDuration(obstacle.forMs)}`
    case undefined:
      return 'it can not be used'
  }
}
