// ssh(1): the options that forward, those that say how to connect, and what is left.

export interface SshForward {
  readonly listen: { readonly host: string; readonly port: number } | { readonly path: string }
  readonly target: { readonly host: string; readonly port: number }
}

export interface SshCommand {
  /** As it was written, with its user. */
  readonly host: string
  readonly local: readonly SshForward[]
  readonly dynamic: readonly { readonly host: string; readonly port: number }[]
  /** The options that ssh needs to reach the host, for the command that is to be kept running. */
  readonly connection: readonly string[]
  /** What can't be imported, and why. */
  readonly skipped: readonly string[]
}

/** OpenSSH's options that take a value. */
const withValue = 'BbcDEeFIiJLlmOopQRSWw'
const forConnection = 'FiJlpocmbI'

interface Option {
  readonly letter: string
  readonly value: string
}

export function parseSshArguments(args: readonly string[]): SshCommand {
  const { host, options, rest } = split(args)
  const local: SshForward[] = []
  const dynamic: { host: string; port: number }[] = []
  const connection: string[] = []
  const skipped: string[] = []
  const isGateway = options.some(({ letter }) => letter === 'g')
  for (const { letter, value } of options.map(spellOut)) {
    if (letter === 'L') {
      const forward = parseLocal(value)
      if (typeof forward === 'string') skipped.push(`-L ${value}: ${forward}`)
      else local.push(isGateway ? opened(forward) : forward)
    } else if (letter === 'D') {
      const listen = parseDynamic(value)
      if (listen) dynamic.push(listen)
      else skipped.push(`-D ${value}: it has no port`)
    } else if (letter === 'R') {
      skipped.push(`-R ${value}: it listens on the other machine, and Nexthop listens on this one`)
    } else if (letter === 'W' || letter === 'w') {
      skipped.push(`-${letter} ${value}: Nexthop has nothing like it`)
    } else if (forConnection.includes(letter)) {
      connection.push(`-${letter}`, /\s/.test(value) ? `'${value}'` : value)
    }
  }
  if (rest.length > 0) skipped.push('the command for the other machine: Nexthop runs none')
  if (local.length + dynamic.length + skipped.length === 0) skipped.push('it forwards nothing (no -L, no -D)')
  return { host, local, dynamic, connection, skipped }
}

function split(args: readonly string[]) {
  const options: Option[] = []
  let host = ''
  let rest: readonly string[] = []
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? ''
    if (!/^-[A-Za-z0-9]/.test(word)) {
      if (host === '') host = word.replace(/^ssh:\/\//, '')
      else {
        rest = args.slice(index)
        break
      }
      continue
    }
    for (let at = 1; at < word.length; at += 1) {
      const letter = word.charAt(at)
      if (!withValue.includes(letter)) {
        options.push({ letter, value: '' })
        continue
      }
      const attached = word.slice(at + 1)
      if (attached === '') index += 1
      options.push({ letter, value: attached === '' ? (args[index] ?? '') : attached })
      break
    }
  }
  return { host, options, rest }
}

/** `-o LocalForward="8080 db:80"` is -L by another name. */
function spellOut(option: Option): Option {
  if (option.letter !== 'o') return option
  const [, key = '', value = ''] = /^\s*(\w+)\s*[=\s]\s*(.*)$/.exec(option.value) ?? []
  const joined = value.trim().replace(/\s+/, ':')
  switch (key.toLowerCase()) {
    case 'localforward':
      return { letter: 'L', value: joined }
    case 'dynamicforward':
      return { letter: 'D', value: joined }
    case 'remoteforward':
      return { letter: 'R', value: joined }
    default:
      return option
  }
}

/** Fields are separated by ":"; IPv6 addresses stand in brackets. */
function fieldsOf(text: string): string[] {
  return (text.match(/\[[^\]]*\]|[^:]+|(?<=^|:)(?=:)/g) ?? []).map((field) => field.replace(/^\[|\]$/g, ''))
}

function parseLocal(text: string): SshForward | string {
  const fields = fieldsOf(text)
  const [first = ''] = fields
  if (fields.at(-1)?.includes('/')) return 'it leads to a unix socket, and Nexthop to host and port'
  const port = Number(fields.at(-1))
  const host = fields.at(-2) ?? ''
  if (!Number.isInteger(port)) return 'its destination has no port'
  if (first.startsWith('/') && fields.length === 3) return { listen: { path: first }, target: { host, port } }
  const listenPort = Number(fields.at(-3) || NaN)
  if (fields.length < 3 || fields.length > 4 || !Number.isInteger(listenPort)) {
    return 'it is not [address:]port:host:port'
  }
  const bind = fields.length === 4 ? first : '127.0.0.1'
  return { listen: { host: bind, port: listenPort }, target: { host, port } }
}

function parseDynamic(text: string): { host: string; port: number } | undefined {
  const fields = fieldsOf(text)
  const port = Number(fields.at(-1) || NaN)
  if (!Number.isInteger(port) || fields.length > 2) return undefined
  return { host: fields.length === 2 ? (fields[0] ?? '') : '127.0.0.1', port }
}

/** -g lets other machines in, unless an address is named. */
function opened(forward: SshForward): SshForward {
  const { listen } = forward
  return 'host' in listen && listen.host === '127.0.0.1'
    ? { ...forward, listen: { ...listen, host: '' } }
    : forward
}
