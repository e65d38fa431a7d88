import { isDeepStrictEqual } from 'node:util'
import { conflict } from '../../shared/errors.ts'
import { formatEndpoint } from '../../shared/model/address.ts'
import { parseHopUrl, type HopAddress } from '../../shared/model/hop-url.ts'
import { pem } from '../../shared/model/hop-tls.ts'
import type { NextHopInput } from '../../shared/model/next-hop.ts'
import { readFirstLine } from '../app/first-line.ts'
import { describeSystemError } from '../app/system-error.ts'
import { UsageError, type CommandContext, type Given, type OptionDefinition } from './command.ts'
import { durationOption, numberOption } from './duration.ts'
import { readText } from './read-input.ts'

// Next hops that are given on the command line instead of in a config.

/** The options of each command that takes hops as URLs. */
export const hopOptions = {
  user: { type: 'string', value: 'NAME', summary: 'the user, where the URL has none' },
  'password-file': {
    type: 'string',
    value: 'FILE',
    summary: 'take the password from the first line of this file, where the URL has none',
  },
  resolve: {
    type: 'string',
    value: 'here|hop',
    summary: 'where the destination’s name is resolved, against what the URL’s scheme says',
  },
  'connect-timeout': {
    type: 'string',
    value: 'TIME',
    summary: 'for the connection to the hop (10s)',
  },
  'ca-file': {
    type: 'string',
    value: 'FILE',
    summary: 'for TLS to the hop: trust the certificates in this PEM file instead of the well-known ones',
  },
  'server-name': {
    type: 'string',
    value: 'NAME',
    summary: 'for TLS to the hop: the name in its certificate, where that is not its host',
  },
  insecure: { type: 'boolean', summary: 'for TLS to the hop: take any certificate' },
  'handshake-timeout': {
    type: 'string',
    value: 'TIME',
    summary: 'for the SOCKS handshake, with the hop’s own connection to the destination (10s)',
  },
} as const satisfies Record<string, OptionDefinition>

export const hopUrlNote =
  'URL is socks4|socks4a|socks5|socks5h|http|https://[user[:password]@]host[:port], with port 1080, 8080 for http and ' +
  '443 for https where none is given. http is an HTTP proxy, https one inside TLS; socks5+tls://, socks5h+tls:// and so on ' +
  'are SOCKS inside TLS. socks4 and socks5 resolve the destination’s name on this machine, socks4a and socks5h at the hop.'

export const passwordNote =
  'A password is better kept out of the URL: set NEXTHOP_PASSWORD, or use --password-file. Nexthop removes its ' +
  'arguments from the process list at once, but your shell’s history, npx, npm run and Windows keep them.'

type Env = CommandContext['env']

/** Hops from URLs and options, to be validated by the model. Throws `UsageError`, and errors of the password file. */
export function hopsFromUrls(urls: readonly string[], given: Given, env: Env): NextHopInput[] {
  const addresses = urls.map(parseUrl)
  const again = addresses.findIndex((address, index) => addresses.findIndex(isSame(address)) < index)
  // Not repeated here: there may be a password in it.
  if (again >= 0) throw new UsageError(`--via number ${again + 1} is the same as one before it: leave it out`)
  requireUse(given, addresses)
  const password = readPassword(given, env)
  const names = new Map<string, number>()
  const hops = addresses.map((address, index) => {
    const text = formatEndpoint(address)
    const count = (names.get(text) ?? 0) + 1
    names.set(text, count)
    const name = count === 1 ? text : `${text} (${count})`
    return toHop({ id: `hop-${index + 1}`, name }, address, given, password)
  })
  return hops
}

const tlsOptionNames = ['insecure', 'ca-file', 'server-name'] as const

/** Refuses options that no hop here can make use of: who gives them relies on them. */
function requireUse(given: Given, addresses: readonly HopAddress[]): void {
  const idle = tlsOptionNames.find((name) => given.flag(name) || given.text(name) !== undefined)
  if (idle !== undefined && !addresses.some(({ tls }) => tls)) {
    throw new UsageError(
      `--${idle} is for TLS to the next hop, and none here has TLS: write https:// or socks5h+tls:// in its URL`,
    )
  }
  const isForPassword = given.text('password-file') !== undefined
  if (isForPassword && !addresses.some((address) => takesPassword(address, given))) {
    throw new UsageError(`--password-file is of no use: ${whyNoPassword(addresses)}`)
  }
}

function takesPassword({ version, user, password }: HopAddress, given: Given): boolean {
  return version === '5' && (user ?? given.text('user')) !== undefined && password === undefined
}

function whyNoPassword(addresses: readonly HopAddress[]): string {
  const takers = addresses.filter(({ version }) => version === '5')
  if (takers.length === 0) return 'no next hop here takes a password: only SOCKS5 and HTTP do'
  return takers.every(({ password }) => password !== undefined)
    ? 'the URL has a password already: leave one of the two out'
    : 'give --user NAME, or put the user into the URL'
}

function parseUrl(url: string): HopAddress {
  const parsed = parseHopUrl(url)
  if (parsed.ok) return parsed.value
  // A comma before another scheme; in a password it would have been encoded.
  if (/,\s*[a-z0-9+]+:\/\//i.test(url)) {
    throw new UsageError(
      'each next hop needs a --via of its own: "--via A --via B" tries one after the other, and with --chain, B is reached ' +
        'through A',
    )
  }
  throw new UsageError(parsed.message)
}

function isSame(address: HopAddress): (other: HopAddress) => boolean {
  return (other) => isDeepStrictEqual(other, address)
}

function toHop(
  identity: { readonly id: string; readonly name: string },
  address: HopAddress,
  given: Given,
  password: string | undefined,
): NextHopInput {
  const user = address.user ?? given.text('user')
  const resolveAt = given.text('resolve')
  if (resolveAt !== undefined && resolveAt !== 'here' && resolveAt !== 'hop') {
    throw new UsageError('--resolve must be here or hop')
  }
  return dropUndefined({
    ...identity,
    ...address,
    tls: address.tls && dropUndefined(tlsOptions(given)),
    user,
    password: takesPassword(address, given) ? password : address.password,
    resolveAt: resolveAt ?? address.resolveAt,
    connectTimeoutMs: durationOption(given, 'connect-timeout'),
    handshakeTimeoutMs: durationOption(given, 'handshake-timeout'),
    retries: numberOption(given, 'retries'),
    failureWaitMs: durationOption(given, 'failure-wait'),
  })
}

function tlsOptions(given: Given) {
  const path = given.text('ca-file')
  return {
    verify: given.flag('insecure') ? false : undefined,
    ca: path === undefined ? undefined : readCa(path),
    serverName: given.text('server-name'),
  }
}

function readCa(path: string): string {
  const text = readNamed('CA', path, readText)
  if (pem.test(text)) return text
  throw conflict(
    `The CA file ${path} holds no certificate as PEM text: it must have -----BEGIN CERTIFICATE----- and so on`,
  )
}

function readNamed(what: string, path: string, read: (path: string) => string): string {
  try {
    return read(path)
  } catch (error) {
    throw conflict(`The ${what} file ${path} can not be read: ${describeSystemError(error)}`)
  }
}

/** The file was named for this run, so it goes before the environment. */
function readPassword(given: Given, env: Env): string | undefined {
  const path = given.text('password-file')
  if (path === undefined) return env['NEXTHOP_PASSWORD'] || undefined
  const password = readNamed('password', path, readFirstLine)
  if (password === '') throw conflict(`The first line of the password file ${path} is empty`)
  return password
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/** Absent fields get the model's defaults; fields that are there but undefined would be mistakes. */
export function dropUndefined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>
}
