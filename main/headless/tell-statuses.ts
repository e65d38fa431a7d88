import { portCount, formatListenRange } from '../../shared/model/destination-range.ts'
import { formatListen } from '../../shared/model/address.ts'
import type { PortRule } from '../../shared/model/port-rule.ts'
import type { RuleStatus } from '../../shared/runtime.ts'
import { explainInFull } from '../../shared/texts/explain.ts'
import { describeRouteOut } from '../../shared/texts/route-out.ts'
import type { Application } from '../app/application.ts'
import type { Console } from './console.ts'

interface Told {
  readonly line: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Prints where rules listen, and which ones do not and why, whenever that changes. Returns the function that ends it. */
export function tellStatuses(app: Application, console: Console): () => void {
  const rules = new Map<string, PortRule>()
  const lines = new Map<string, string>()
  return app.hub.subscribe([], ({ name, data }) => {
    if (name !== 'rule.statusChanged') return
    const { ruleId, status } = data
    // A rule that was removed is told of as it was.
    const present = app.config.rules.find(({ id }) => id === ruleId)
    const rule = present ?? rules.get(ruleId)
    if (!rule) return
    // One that is on is only on its way to another place.
    if (status.state === 'off' && present?.enabled && app.config.settings.forwarding) return
    rules.set(ruleId, rule)
    const told = describe(rule, status)
    if (!told || told.line === lines.get(ruleId)) return
    lines.set(ruleId, told.line)
    console.result(told.line, { ...told.data, rule: rule.name })
  })
}

function describe(rule: PortRule, status: RuleStatus): Told | undefined {
  if (status.state === 'starting') return undefined
  if (status.state === 'listening') {
    const told = listening(status, rule)
    return { ...told, line: `${told.line}  ${rule.name}` }
  }
  const reason = reasonOf(status)
  const line = `not listening ${formatListenRange(rule.listen, rule.destination)}  ${rule.name}: ${reason}`
  return { line, data: { event: 'not-listening', address: formatListen(rule.listen), reason } }
}

/** Where a rule listens; with all of its ports, which are counted in `ports` where there are several. */
export function listening(
  { address }: Extract<RuleStatus, { readonly state: 'listening' }>,
  { destination }: Pick<PortRule, 'destination'>,
): Told {
  const ports = portCount(destination)
  return {
    line: `listening ${formatListenRange(address, destination)}`,
    data: { event: 'listening', address: formatListen(address), ...(ports > 1 && { ports }) },
  }
}

function reasonOf(status: Exclude<RuleStatus, { readonly state: 'starting' | 'listening' }>): string {
  switch (status.state) {
    case 'failed':
      return explainInFull(status.failure)
    case 'unbound':
      return `${describeRouteOut(status)}.`
    case 'off':
      return 'off.'
  }
}
