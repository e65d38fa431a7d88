import type { NextHopInput } from '../../../shared/model/next-hop.ts'
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

/** The next hop for a proxy, or why there is none. Reasons never hold the login. */
export function toHop(proxy: ForeignProxy): HopResult {
  const { name, protocol, host, port, user, tls } = proxy
  const version = ({ socks4: '4', socks4a: '4a', socks: '5', socks5: '5', socks5h: '5' } as const)[protocol]
  if (version === undefined) {
    return { ok: false, reason: `it is of the kind "${protocol}", and next hops are SOCKS proxies` }
  }
  if (tls) return { ok: false, reason: 'it is reached over TLS, which next hops are not' }
  // SOCKS4 has no password, and SOCKS5 none without a user.
  const password = version === '5' && user !== undefined ? proxy.password : undefined
  return {
    ok: true,
    hop: defined({
      name,
      host,
      port,
      version,
      resolveAt: version === '4' ? ('here' as const) : ('hop' as const),
      user: user === '' ? undefined : user,
      password: password === '' ? undefined : password,
    }),
  }
}
