/** A TCP end point; `host` is a validated name or address without brackets. */
export interface Endpoint {
  readonly host: string
  readonly port: number
}

/** Where a port rule listens: a TCP address, or the path of a unix socket (on Windows, a named pipe). */
export type ListenAddress =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string }

export const defaultListenHost = '127.0.0.1'

/** `db.internal:5432`, `[2001:db8::1]:443`. */
export function formatEndpoint({ host, port }: Endpoint): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/** A client, who is told as `192.0.2.7:50000` or `[2001:db8::1]:50000`, without the port; "unix" as it is. */
export function clientWithoutPort(client: string): string {
  return client.replace(/:\d+$/, '')
}

/** The address alone of a client, without brackets. */
export function addressOfClient(client: string): string {
  return clientWithoutPort(client).replace(/^\[(.*)\]$/, '$1')
}

export function formatListen(listen: ListenAddress): string {
  return listen.kind === 'unix' ? `unix:${listen.path}` : formatEndpoint(listen)
}
