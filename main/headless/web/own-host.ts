import { hostKind } from '../../../shared/model/host.ts'

export interface OwnHostOptions {
  /** Absent where any will do, as behind a tunnel. */
  readonly port?: number
  /** Besides localhost. */
  readonly allowedNames: readonly string[]
}

/**
 * True where a Host header may be one of this server. A name that an attacker's DNS points at this machine (DNS rebinding)
 * carries that name in Host. An address can't be rebound, so every address is fine.
 */
export function isOwnHost(host: string | undefined, { port, allowedNames }: OwnHostOptions): boolean {
  const match = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::(\d+))?$/i.exec(host ?? '')
  if (!match) return false
  const [, rawName = '', portText = '80'] = match
  const name = rawName.replace(/^\[|\]$/g, '').toLowerCase()
  const isName = hostKind(name) === 'name'
  // Behind a named reverse proxy the port may be another one.
  if (isName && allowedNames.includes(name)) return true
  return (!isName || name === 'localhost') && (port === undefined || Number(portText) === port)
}
