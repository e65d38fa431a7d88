import type { PortRule } from '../../shared/model/port-rule.ts'
import type { PortReport } from '../../shared/port-report.ts'
import { examinePort } from '../engine/doctor/examine-port.ts'
import { suggestPort } from './port-suggestion.ts'

/** Whether a port is free; else why not, which rule asks for it, and which port near it is free. */
export async function diagnosePort(
  host: string,
  port: number,
  rules: readonly PortRule[] = [],
): Promise<PortReport> {
  const report = await examinePort(host, port)
  const rule = rules.find(({ listen }) => listen.kind === 'tcp' && listen.port === port)
  const owned = rule ? { ...report, ruleId: rule.id } : report
  return report.state === 'free' ? owned : { ...owned, nextFree: await suggestPort(near(port), rules, host) }
}

/** Where one port below 1024 is forbidden, so are its neighbours: 443 becomes 8443. */
function near(port: number): number {
  return port < 1024 ? port + 8000 : port
}
