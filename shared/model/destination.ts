import * as v from 'valibot'
import ipaddr from 'ipaddr.js'
import { saying, type Label } from '../told.ts'
import { choiceField, hostField, integerField, networkSchema, portField } from './fields.ts'
import { hostKind, parseHost } from './host.ts'

// Where the traffic of a port rule goes: said by the rule, or found in the traffic itself.

export const maxRangePorts = 1000

/** One entry of a list of destinations: a name, every name below one (`*.example.com`), an address or a network. */
export function destinationEntry(label: Label) {
  return v.pipe(
    v.string(saying('{label} must be text', { label })),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const text = dataset.value.trim()
      const isPattern = text.startsWith('*.')
      const host = parseHost(isPattern ? text.slice(2) : text)
      if (host.ok && host.host.kind === 'name') return isPattern ? `*.${host.host.text}` : host.host.text
      const network = isPattern ? undefined : v.safeParse(networkSchema, text)
      if (network?.success) return network.output
      addIssue({
        message: saying(
          '{label} "{text}" is not a name, a pattern like *.example.com, an address or a network',
          { label, text: dataset.value },
        ),
      })
      return NEVER
    }),
  )
}

/** Empty: any destination. */
const allowedField = v.optional(
  v.pipe(
    v.array(
      destinationEntry('Allowed destination'),
      saying('Allowed destinations must be a list of names, addresses and networks'),
    ),
    v.maxLength(
      1000,
      saying('{label} has too many entries: at most {most}', { label: 'Allowed destinations', most: 1000 }),
    ),
  ),
  [],
)

/** SOCKS4, 4a and 5 count as one. */
const proxyProtocols = ['socks', 'http'] as const

export const destinationSchema = v.variant(
  'kind',
  [
    v.strictObject({
      kind: v.literal('fixed'),
      host: hostField('Destination host'),
      port: portField('Destination port'),
    }),
    /** The first port of the listener leads to the first port here, the second to the second, and so on. */
    v.strictObject({
      kind: v.literal('range'),
      host: hostField('Destination host'),
      port: portField('First destination port'),
      count: integerField('Number of ports', 2, maxRangePorts),
    }),
    /** The server's name in TLS (SNI), or the Host of an HTTP/1 request. */
    v.strictObject({
      kind: v.literal('sniff'),
      /** Absent: 443 for TLS; for HTTP the one in the Host header, else 80. */
      port: v.optional(portField('Destination port')),
      allowed: allowedField,
      /** For traffic without a name, such as other protocols; absent: it is refused. */
      fallback: v.optional(
        v.strictObject({ host: hostField('Default host'), port: portField('Default port') }),
      ),
    }),
    /** What a SOCKS4, 4a or 5 client, or the client of an HTTP proxy, asks for. */
    v.strictObject({
      kind: v.literal('proxy'),
      protocols: v.optional(
        v.pipe(
          v.array(
            choiceField('Proxy protocol', proxyProtocols),
            saying('Proxy protocols must be a list of "socks" and "http"'),
          ),
          v.minLength(1, saying('Proxy protocols is empty: choose "socks", "http" or both')),
          v.maxLength(2, saying('Proxy protocols names one twice')),
        ),
        [...proxyProtocols],
      ),
      allowed: allowedField,
    }),
    /** The destination that a PROXY protocol header tells. */
    v.strictObject({ kind: v.literal('header'), allowed: allowedField }),
  ],
  saying('{label} must be of kind {choices}', {
    label: 'Destination',
    choices: ['fixed', 'range', 'sniff', 'proxy', 'header'],
  }),
)
export type Destination = v.InferOutput<typeof destinationSchema>
export type DestinationKind = Destination['kind']

/** True where nothing needs to be read of the client to know the destination. */
export function isKnownAhead(
  destination: Destination,
): destination is Extract<Destination, { kind: 'fixed' | 'range' }> {
  return destination.kind === 'fixed' || destination.kind === 'range'
}

/** Whether a destination that was found in the traffic is on the list; an empty list allows all. */
export function isAllowedDestination(allowed: readonly string[], host: string): boolean {
  return allowed.length === 0 || destinationTest(allowed)(host)
}

/** Whether one of the entries names a host, made ready for lists that are looked into for every connection. */
export function destinationTest(entries: readonly string[]): (host: string) => boolean {
  const networks = entries
    .filter((entry) => ipaddr.isValidCIDR(entry))
    .map((entry) => ipaddr.parseCIDR(entry))
  const names = entries.map(plainName)
  const exact = new Set(names.filter((name) => !name.startsWith('*.')))
  const suffixes = names.filter((name) => name.startsWith('*.')).map((name) => name.slice(1))
  return (host) => {
    if (hostKind(host) !== 'name') return isInOne(networks, host)
    const name = plainName(host)
    return exact.has(name) || suffixes.some((suffix) => name.endsWith(suffix))
  }
}

/** Names are alike in any case, and the dot at the end of a complete one means nothing here. */
function plainName(name: string): string {
  return name.replace(/\.$/, '').toLowerCase()
}

function isInOne(networks: readonly ReturnType<typeof ipaddr.parseCIDR>[], host: string): boolean {
  const address = ipaddr.process(host)
  return networks.some(([base, bits]) => address.kind() === base.kind() && address.match(base, bits))
}
