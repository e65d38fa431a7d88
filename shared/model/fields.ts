import * as v from 'valibot'
import ipaddr from 'ipaddr.js'
import { parseHost } from './host.ts'

// The field types that the model is made of. Every message names the field, the bound and the remedy.

const idPattern = /^[A-Za-z0-9_-]{1,64}$/

/** Identifies a hop, list or rule; never shown, never changed. */
export const idSchema = v.pipe(
  v.string('Id must be text'),
  v.regex(idPattern, 'Id must be 1 to 64 letters, digits, "-" or "_"'),
)

export function nameField(label: string) {
  return v.pipe(
    v.string(`${label} must be text`),
    v.trim(),
    v.minLength(1, `${label} is empty: give it a name`),
    v.maxLength(64, `${label} is too long: at most 64 characters`),
    // eslint-disable-next-line no-control-regex
    v.check((text) => !/[\x00-\x1f\x7f]/.test(text), `${label} must not contain control characters`),
  )
}

export function integerField(label: string, min: number, max: number, unit = '') {
  const message = `${label} must be a whole number from ${min} to ${max}${unit && ` ${unit}`}`
  return v.pipe(v.number(message), v.integer(message), v.minValue(min, message), v.maxValue(max, message))
}

export function portField(label: string, min = 1) {
  return integerField(label, min, 65535)
}

export function booleanField(label: string) {
  return v.boolean(`${label} must be true or false`)
}

/** A name, IPv4 or IPv6 address; the output is canonical and ASCII. */
export function hostField(label: string) {
  return v.pipe(
    v.string(`${label} must be text`),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const result = parseHost(dataset.value)
      if (result.ok) return result.host.text
      addIssue({ message: `${label} ${result.message}` })
      return NEVER
    }),
  )
}

/** Text that goes into a SOCKS login field: at most 255 bytes as UTF-8 (RFC 1929), no NUL (SOCKS4 ends its user id with one). */
export function loginField(label: string) {
  return v.pipe(
    v.string(`${label} must be text`),
    v.check((text) => utf8Length(text) <= 255, `${label} is too long: at most 255 bytes as UTF-8`),
    v.check((text) => !text.includes('\0'), `${label} must not contain a NUL character`),
  )
}

/** A network in CIDR form, or one address; the output is canonical. */
export const networkSchema = v.pipe(
  v.string('Network must be text'),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const network = parseNetwork(dataset.value.trim())
    if (network !== undefined) return network
    addIssue({
      message: `Network "${dataset.value}" is not an address or a network like 192.168.0.0/16 or fd00::/8`,
    })
    return NEVER
  }),
)

function parseNetwork(text: string): string | undefined {
  const isFull = (part: string) => part.includes(':') || ipaddr.IPv4.isValidFourPartDecimal(part)
  const [address = '', prefix] = text.split('/')
  if (!isFull(address) || !ipaddr.isValid(address)) return undefined
  const bits = ipaddr.parse(address).kind() === 'ipv4' ? 32 : 128
  if (prefix === undefined) return `${ipaddr.parse(address).toString()}/${bits}`
  if (!ipaddr.isValidCIDR(text)) return undefined
  const network =
    bits === 32 ? ipaddr.IPv4.networkAddressFromCIDR(text) : ipaddr.IPv6.networkAddressFromCIDR(text)
  return `${network.toString()}/${Number(prefix)}`
}

/** Bytes of a text as UTF-8, without the encoders that differ between runtimes. */
export function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}
