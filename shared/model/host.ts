import ipaddr from 'ipaddr.js'
import { say, type Said } from '../told.ts'

/** What a host field can hold. Addresses are canonical (RFC 5952 for IPv6; mapped ones are IPv4), names are lower-case ASCII (IDNA). */
export interface Host {
  readonly kind: 'ipv4' | 'ipv6' | 'name'
  readonly text: string
}

export type HostResult =
  | { readonly ok: true; readonly host: Host }
  /** The rest of a sentence whose subject is the field. */
  | { readonly ok: false; readonly why: Said }

// Both runtimes have URL, whose host parser is the IDNA implementation; this folder is compiled without either's types.
const { URL } = globalThis as unknown as { URL: new (text: string) => { hostname: string } }

const maxNameLength = 253
const maxLabelLength = 63
const notInNames = /[\s/\\@?#%<>^|"'`,;()[\]{}!$&*+=~]/

/** Parses a host name, IPv4 or IPv6 address (with or without brackets). International names become ASCII. */
export function parseHost(text: string): HostResult {
  const trimmed = text.trim()
  if (trimmed === '') return refuse(say('is empty: give a name or an IP address'))
  if (ipaddr.IPv4.isValidFourPartDecimal(trimmed)) return accept('ipv4', trimmed)
  const unbracketed = /^\[(.*)\]$/.exec(trimmed)?.[1] ?? trimmed
  if (unbracketed.includes(':')) return parseIpv6(unbracketed)
  return parseName(trimmed)
}

function parseIpv6(text: string): HostResult {
  if (!ipaddr.IPv6.isValid(text)) {
    return refuse(
      say('"{text}" is not an IPv6 address: give a name or an address alone; the port has its own place', {
        text,
      }),
    )
  }
  const address = ipaddr.IPv6.parse(text)
  // RFC 4291 section 2.5.5.2: the same peer, and sockets tell it as IPv4, too.
  if (address.isIPv4MappedAddress()) return accept('ipv4', address.toIPv4Address().toString())
  return accept('ipv6', address.toRFC5952String())
}

function parseName(text: string): HostResult {
  const bad = notInNames.exec(text)
  if (bad)
    return refuse(say('"{text}" is not a host name: "{part}" can\'t be part of one', { text, part: bad[0] }))
  // Such a byte would end or garble the name on its way (SOCKS4a ends names with NUL).
  // eslint-disable-next-line no-control-regex
  if (/[\x00-\x1f\x7f]/.test(text)) {
    return refuse(say('holds a control character: give a name or an IP address'))
  }
  const ascii = toAscii(text)
  // Some characters become several: "㈀" has parentheses.
  if (ascii === undefined || notInNames.test(ascii))
    return refuse(say('"{text}" is not a host name', { text }))
  if (/^[\d.]+$/.test(ascii) || /(^|\.)(\d+|0x[\da-f]*)\.?$/.test(ascii)) {
    return refuse(
      say('"{text}" is not a complete IPv4 address: four numbers from 0 to 255 are needed', { text }),
    )
  }
  const labels = ascii.replace(/\.$/, '').split('.')
  if (ascii.length > maxNameLength || labels.some((label) => label.length > maxLabelLength)) {
    return refuse(
      say('is too long: a name has at most {most} letters, {mostBetween} between dots', {
        most: maxNameLength,
        mostBetween: maxLabelLength,
      }),
    )
  }
  if (labels.some((label) => label === '' || label.startsWith('-') || label.endsWith('-'))) {
    return refuse(
      say('"{text}" is not a host name: each part needs a letter or digit at both ends', { text }),
    )
  }
  return accept('name', ascii)
}

function toAscii(text: string): string | undefined {
  // URL would expand "1.2" and "0x7f000001" to addresses; plain ASCII needs no conversion anyway.
  // eslint-disable-next-line no-control-regex
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase()
  try {
    return new URL(`http://${text}/`).hostname
  } catch {
    return undefined
  }
}

function accept(kind: Host['kind'], text: string): HostResult {
  return { ok: true, host: { kind, text } }
}

function refuse(why: Said): HostResult {
  return { ok: false, why }
}

/** The kind of a host that was validated before. */
export function hostKind(host: string): Host['kind'] {
  if (host.includes(':')) return 'ipv6'
  return ipaddr.IPv4.isValidFourPartDecimal(host) ? 'ipv4' : 'name'
}

/** True for addresses and names that only programs of this machine can reach. */
export function isLoopback(host: string): boolean {
  const kind = hostKind(host)
  if (kind === 'name') return /^(localhost|.*\.localhost)\.?$/.test(host)
  return ipaddr.process(host).range() === 'loopback'
}

/** True for 0.0.0.0 and ::, which stand for every address of this machine. */
export function isWildcard(host: string): boolean {
  return hostKind(host) !== 'name' && ipaddr.parse(host).range() === 'unspecified'
}
