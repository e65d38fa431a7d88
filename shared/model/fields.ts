import * as v from 'valibot'
import ipaddr from 'ipaddr.js'
import { saying, type Label, type Unit } from '../told.ts'
import { parseHost } from './host.ts'

// The field types that the model is made of. Every message names the field, the bound and the remedy.

const idPattern = /^[A-Za-z0-9_-]{1,64}$/

/** Identifies a hop, list or rule; never shown, never changed. */
export const idSchema = v.pipe(
  v.string(saying('{label} must be text', { label: 'Id' })),
  v.regex(idPattern, saying('Id must be 1 to 64 letters, digits, "-" or "_"')),
)

export function nameField(label: Label) {
  return v.pipe(
    v.string(saying('{label} must be text', { label })),
    v.trim(),
    v.minLength(1, saying('{label} is empty: give it a name', { label })),
    v.maxLength(64, saying('{label} is too long: at most {most} characters', { label, most: 64 })),
    v.check(
      // eslint-disable-next-line no-control-regex
      (text) => !/[\x00-\x1f\x7f]/.test(text),
      saying('{label} must not contain control characters', { label }),
    ),
  )
}

export function integerField(label: Label, min: number, max: number, unit?: Unit) {
  const message = unit
    ? saying('{label} must be a whole number from {min} to {max} {unit}', { label, min, max, unit })
    : saying('{label} must be a whole number from {min} to {max}', { label, min, max })
  return v.pipe(v.number(message), v.integer(message), v.minValue(min, message), v.maxValue(max, message))
}

export function portField(label: Label, min = 1) {
  return integerField(label, min, 65535)
}

/** One of a few words. */
export function choiceField<const C extends readonly string[]>(label: Label, choices: C) {
  return v.picklist(choices, saying('{label} must be {choices}', { label, choices }))
}

/** A list, with room for so many entries. */
export function listField<const S extends v.GenericSchema>(label: Label, entry: S, most: number) {
  return v.pipe(
    v.array(entry, saying('{label} must be a list', { label })),
    v.maxLength(most, saying('{label} has too many entries: at most {most}', { label, most })),
  )
}

export function booleanField(label: Label) {
  return v.boolean(saying('{label} must be true or false', { label }))
}

/** A name, IPv4 or IPv6 address; the output is canonical and ASCII. */
export function hostField(label: Label) {
  return v.pipe(
    v.string(saying('{label} must be text', { label })),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const result = parseHost(dataset.value)
      if (result.ok) return result.host.text
      addIssue({ message: saying('{label} {why}', { label, why: result.why }) })
      return NEVER
    }),
  )
}

/** Text that goes into a SOCKS login field: at most 255 bytes as UTF-8 (RFC 1929), no NUL (SOCKS4 ends its user id with one). */
export function loginField(label: Label) {
  return v.pipe(
    v.string(saying('{label} must be text', { label })),
    v.check(
      (text) => utf8Length(text) <= 255,
      saying('{label} is too long: at most {most} bytes as UTF-8', { label, most: 255 }),
    ),
    v.check((text) => !text.includes('\0'), saying('{label} must not contain a NUL character', { label })),
  )
}

/** A network in CIDR form, or one address; the output is canonical. */
export const networkSchema = v.pipe(
  v.string(saying('{label} must be text', { label: 'Network' })),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const network = parseNetwork(dataset.value.trim())
    if (network !== undefined) return network
    addIssue({
      message: saying('Network "{text}" is not an address or a network like 192.168.0.0/16 or fd00::/8', {
        text: dataset.value,
      }),
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
