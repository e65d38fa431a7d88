import type { ExportEngine } from '../../../shared/calls/config-calls.ts'

const formats: Record<'nexthop' | ExportEngine, string> = {
  nexthop: 'Nexthop',
  v2ray: 'V2Ray, Xray',
  haproxy: 'HAProxy',
}
const hints: Record<keyof typeof formats, string> = {
  nexthop: 'All next hops, lists, rules and settings, to be imported by another Nexthop.',
  v2ray: 'The port rules as a configuration of V2Ray or Xray, for a server or a fleet.',
  haproxy: 'The port rules as a configuration of HAProxy, for a server or a fleet.',
}

/** Of the dialog that exports the configuration. */
export const exports = {
  format: 'Format',
  formats,
  hints,
  report: 'What this format can not say',
  looking: 'Looking at what can be exported…',
  complete: 'Everything has a place in this format.',
  leftOut: (count: number) => (count === 1 ? '1 thing is left out' : `${count} things are left out`),
  otherwise: 'What works otherwise there',
  clearPasswords: 'The file then holds the passwords as they are. Keep it where only its server can read it.',
}
