import type { Failure } from '../../shared/errors.ts'
import { formatEndpoint, type Endpoint } from '../../shared/model/address.ts'
import { findPortHolder } from '../engine/port-holder/port-holder.ts'

/** Why a server of ours, other than a port rule, can not listen; with who has its port, where that can be found out. */
export async function bindFailure(error: unknown, endpoint: Endpoint): Promise<Failure> {
  const errno = errnoOf(error)
  const target = formatEndpoint(endpoint)
  switch (errno) {
    case 'EADDRINUSE': {
      const holder = await findPortHolder(endpoint.port)
      return { code: 'port-in-use', target, errno, ...(holder && { holder }) }
    }
    case 'EACCES':
    case 'EPERM':
      return { code: 'port-forbidden', target, errno }
    case 'EADDRNOTAVAIL':
      return { code: 'address-unavailable', target, errno }
    default:
      return { code: 'internal', message: `a web server can not listen on ${target} (${errno})` }
  }
}

export function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
