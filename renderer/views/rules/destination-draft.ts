import type { Destination, DestinationKind } from '../../../shared/model/destination.ts'
import type { PortRule, PortRuleInput, ProxyHeaderVersion } from '../../../shared/model/port-rule.ts'
import { toMs, toWholeNumber } from '../../state/numbers.ts'

/** The destination of a rule as its form holds it. What one kind does not use is kept while another is chosen. */
export interface DestinationDraft {
  destinationKind: DestinationKind
  host: string
  port: string
  /** Of a range of ports. */
  count: string
  /** For names in the traffic; '' for the usual port. */
  foundPort: string
  /** One per line, or with commas. */
  allowedDestinations: string
  /** '' for none. */
  fallbackHost: string
  fallbackPort: string
  takesSocks: boolean
  takesHttp: boolean
  identifySeconds: string
  receiveProxyHeader: boolean
  sendProxyHeader: ProxyHeaderVersion
}

export const emptyDestination: DestinationDraft = {
  destinationKind: 'fixed',
  host: '',
  port: '',
  count: '10',
  foundPort: '',
  allowedDestinations: '',
  fallbackHost: '',
  fallbackPort: '',
  takesSocks: true,
  takesHttp: true,
  identifySeconds: '5',
  receiveProxyHeader: false,
  sendProxyHeader: 'off',
}

export function toDestinationDraft(rule: PortRule): DestinationDraft {
  return {
    ...emptyDestination,
    ...fieldsOf(rule.destination),
    destinationKind: rule.destination.kind,
    identifySeconds: String(rule.identifyTimeoutMs / 1000),
    receiveProxyHeader: rule.receiveProxyHeader,
    sendProxyHeader: rule.sendProxyHeader,
  }
}

function fieldsOf(destination: Destination): Partial<DestinationDraft> {
  switch (destination.kind) {
    case 'fixed':
      return { host: destination.host, port: String(destination.port) }
    case 'range':
      return { host: destination.host, port: String(destination.port), count: String(destination.count) }
    case 'sniff':
      return {
        allowedDestinations: destination.allowed.join('\n'),
        foundPort: destination.port === undefined ? '' : String(destination.port),
        fallbackHost: destination.fallback?.host ?? '',
        fallbackPort: destination.fallback ? String(destination.fallback.port) : '',
      }
    case 'proxy':
      return {
        allowedDestinations: destination.allowed.join('\n'),
        takesSocks: destination.protocols.includes('socks'),
        takesHttp: destination.protocols.includes('http'),
      }
    case 'header':
      return { allowedDestinations: destination.allowed.join('\n') }
  }
}

/** What is sent to the app; not yet checked. */
export function toDestinationInput(
  draft: DestinationDraft,
): Pick<PortRuleInput, 'destination' | 'identifyTimeoutMs' | 'receiveProxyHeader' | 'sendProxyHeader'> {
  return {
    destination: destinationOf(draft),
    identifyTimeoutMs: toMs(draft.identifySeconds),
    // A destination in the header can't be had without it.
    receiveProxyHeader: draft.receiveProxyHeader || draft.destinationKind === 'header',
    sendProxyHeader: draft.sendProxyHeader,
  }
}

function destinationOf(draft: DestinationDraft): PortRuleInput['destination'] {
  const kind = draft.destinationKind
  const fixed = { host: draft.host.trim(), port: toWholeNumber(draft.port) }
  const allowed = draft.allowedDestinations.split(/[\s,]+/).filter(Boolean)
  switch (kind) {
    case 'fixed':
      return { kind, ...fixed }
    case 'range':
      return { kind, ...fixed, count: toWholeNumber(draft.count) }
    case 'sniff': {
      const hasFallback = draft.fallbackHost.trim() !== '' || draft.fallbackPort.trim() !== ''
      return {
        kind,
        allowed,
        ...(draft.foundPort.trim() !== '' && { port: toWholeNumber(draft.foundPort) }),
        ...(hasFallback && {
          fallback: { host: draft.fallbackHost.trim(), port: toWholeNumber(draft.fallbackPort) },
        }),
      }
    }
    case 'proxy': {
      const protocols = [
        ...(draft.takesSocks ? ['socks' as const] : []),
        ...(draft.takesHttp ? ['http' as const] : []),
      ]
      return { kind, allowed, protocols }
    }
    case 'header':
      return { kind, allowed }
  }
}
