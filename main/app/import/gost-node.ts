// A node of GOST: [protocol[+transport]://][user:password@][host]:port[,host:port…][/target[,target…]][?name=value…]

export interface Address {
  readonly host: string
  readonly port: number
}

export interface GostNode {
  readonly protocol: string
  /** tls, ws, kcp, …; undefined for plain TCP. */
  readonly transport?: string | undefined
  readonly user?: string | undefined
  readonly password?: string | undefined
  /** More than one in a group of nodes, as version 3 writes them. */
  readonly addresses: readonly Address[]
  readonly targets: readonly Address[]
  readonly options: ReadonlyMap<string, string>
}

/** Undefined where it is no node. */
export function parseGostNode(text: string): GostNode | undefined {
  const match = /^(?:([a-z0-9+.-]+):\/\/)?(?:(.*)@)?([^/?@]*)(?:\/([^?]*))?(?:\?(.*))?$/i.exec(text.trim())
  if (!match) return undefined
  const [, scheme = '', login, hosts = '', path = '', query = ''] = match
  const addresses = hosts.split(',').map(parseAddress)
  const targets = path === '' ? [] : path.split(',').map(parseAddress)
  if (![...addresses, ...targets].every((address) => address !== undefined)) return undefined
  const [user, password] = login === undefined ? [] : splitLogin(login)
  return {
    ...splitScheme(scheme.toLowerCase()),
    user,
    password,
    addresses: addresses.filter((address) => address !== undefined),
    targets: targets.filter((address) => address !== undefined),
    options: new Map(new URLSearchParams(query)),
  }
}

/** `socks5+tls`, and the short forms that have the transport in them: `socks5s`? GOST has only those for HTTP. */
function splitScheme(scheme: string): Pick<GostNode, 'protocol' | 'transport'> {
  const [protocol = '', transport] = scheme.split('+')
  if (protocol === 'https') return { protocol: 'http', transport: transport ?? 'tls' }
  return { protocol, transport: transport === 'tcp' ? undefined : transport }
}

function parseAddress(text: string): Address | undefined {
  const match = /^(\[[^\]]*\]|[^:]*):(\d{1,5})$/.exec(text)
  if (!match) return undefined
  const [, host = '', port = ''] = match
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) }
}

function splitLogin(login: string): [string, string | undefined] {
  const colon = login.indexOf(':')
  if (colon < 0) return [decode(login), undefined]
  return [decode(login.slice(0, colon)), decode(login.slice(colon + 1))]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
