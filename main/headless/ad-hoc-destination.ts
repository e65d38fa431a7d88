import { type Endpoint } from '../../shared/model/address.ts'
import { parseEndpoint } from '../../shared/model/parse-address.ts'
import type { PortRuleInput } from '../../shared/model/port-rule.ts'
import { UsageError, type Given, type OptionDefinition } from './command.ts'
import { numberOption } from './duration.ts'

// Where the traffic of `nexthop forward` goes: TARGET, or what is found in the traffic.

export const destinationOptions = {
  ports: {
    type: 'string',
    value: 'N',
    summary: 'listen on N ports from LISTEN on; each leads to its own, from the port of TARGET on',
  },
  sni: {
    type: 'boolean',
    summary: 'go where the client’s TLS server name or HTTP Host says; TARGET is for traffic without one',
  },
  'to-port': {
    type: 'string',
    value: 'PORT',
    summary: 'with --sni: go to this port (443 for TLS, 80 for HTTP)',
  },
  'socks-and-http': {
    type: 'boolean',
    summary: 'be a SOCKS4, 4a and 5 and HTTP proxy, and go where the client asks; for browsers',
  },
  'from-header': {
    type: 'boolean',
    summary: 'go to the destination in the PROXY protocol header with which each connection begins',
  },
  'only-to': {
    type: 'string',
    value: 'NAME',
    multiple: true,
    summary: 'allow only these destinations found in the traffic: a name, *.example.com, an address or CIDR',
  },
  'identify-timeout': {
    type: 'string',
    value: 'TIME',
    summary: 'how long a client may take to say where it wants to go (5s)',
  },
  'receive-header': {
    type: 'boolean',
    summary: 'each connection begins with a PROXY protocol header that tells its client',
  },
  'send-header': {
    type: 'string',
    value: 'v1|v2',
    summary: 'begin each connection to the destination with a PROXY protocol header',
  },
} as const satisfies Record<string, OptionDefinition>

const finders = ['sni', 'socks-and-http', 'from-header'] as const

/** The destination that was asked for. Throws `UsageError` for what contradicts itself. */
export function adHocDestination(given: Given): PortRuleInput['destination'] {
  const chosen = finders.filter((option) => given.flag(option))
  const [finder, second] = chosen
  const targetText = given.operands[1]
  if (second) throw new UsageError(`--${finder} and --${second} exclude each other: keep one`)
  if (!finder) return toTarget(given, targetText)
  if (given.text('ports') !== undefined) {
    throw new UsageError(`--ports needs a TARGET, which --${finder} finds in the traffic`)
  }
  if (finder !== 'sni' && targetText !== undefined) {
    throw new UsageError(`TARGET is of no use with --${finder}, which finds it in the traffic: leave it out`)
  }
  if (finder !== 'sni' && given.text('to-port') !== undefined)
    throw new UsageError('--to-port goes with --sni')
  const allowed = [...given.texts('only-to')]
  if (finder === 'socks-and-http') return { kind: 'proxy', allowed }
  if (finder === 'from-header') return { kind: 'header', allowed }
  const port = numberOption(given, 'to-port')
  return {
    kind: 'sniff',
    allowed,
    ...(port !== undefined && { port }),
    ...(targetText !== undefined && { fallback: target(targetText) }),
  }
}

function toTarget(given: Given, text: string | undefined): PortRuleInput['destination'] {
  if (text === undefined) {
    throw new UsageError(
      'TARGET is missing: say where to, or --sni or --socks-and-http to find it in the traffic',
    )
  }
  for (const option of ['only-to', 'to-port']) {
    if (given.texts(option).length > 0) {
      throw new UsageError(`--${option} is of no use: this destination is not found in the traffic`)
    }
  }
  const count = numberOption(given, 'ports')
  if (count === undefined || count === 1) return { kind: 'fixed', ...target(text) }
  return { kind: 'range', ...target(text), count }
}

function target(text: string): Endpoint {
  const parsed = parseEndpoint(text)
  if (parsed.ok) return parsed.value
  const example = /^\d+$/.test(text) ? `; for this machine itself, localhost:${text}` : ''
  throw new UsageError(`TARGET: ${parsed.message}${example}`)
}
