import type { NextHopInput, SocksVersion } from '../../../shared/model/next-hop.ts'
import { defined } from './foreign.ts'

/** A proxy as other programs describe one. */
export interface ForeignProxy {
  readonly name: string
  /** In the words of most programs: socks4, socks4a, socks5, http. */
  readonly protocol: string
  readonly host: string
  readonly port: number
  readonly user?: string | undefined
  readonly password?: string | undefined
  /** TLS to the proxy itself. */
  readonly tls?: { readonly serverName?: string | undefined; readonly isUnverified?: boolean } | undefined
}

export type HopResult =
  | { readonly ok: true; readonly hop: Omit<NextHopInput, 'id'> }
  | { readonly ok: false; readonly reason: string }

const versions: Readonly<Record<string, SocksVersion>> = {
  socks4: '4',
  socks4a: '4a',
  socks: '5',
  socks5: '5',
  socks5h: '5',
}

function toTls({ serverName, isUnverified }: NonNullable<ForeignProxy['tls']>, host: string) {
  return defined({
    verify: isUnverified ? false : undefined,
    serverName: serverName === host ? undefined : serverName,
  })
}

/** The next hop for a proxy, or why there is none. Reasons never hold the login. */
export function toHop(proxy: ForeignProxy): HopResult {
  const { name, protocol, host, port, user, tls } = proxy
  const isHttp = protocol === 'http'
  const version = isHttp ? '5' : versions[protocol]
  if (version === undefined) {
    return { ok: false, reason: `it is of the kind "${protocol}", and next hops are SOCKS or HTTP proxies` }
  }
  // SOCKS4 has no password, and the others none without a user.
  const password = version === '5' && user !== undefined ? proxy.password : undefined
  return {
    ok: true,
    hop: defined({
      name,
      host,
      port,
      protocol: isHttp ? ('http' as const) : undefined,
      version: isHttp ? undefined : version,
      tls: tls && toTls(tls, host),
      resolveAt: version === '4' ? ('here' as const) : ('hop' as const),
      user: user === '' ? undefined : user,
      password: password === '' ? undefined : password,
    }),
  }
}
