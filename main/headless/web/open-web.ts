import { NexthopError, type Failure } from '../../../shared/errors.ts'
import { formatEndpoint } from '../../../shared/model/address.ts'
import { startWebServer, type WebServer, type WebServerOptions } from './web-server.ts'

/** Tried first where no port was asked for, so that bookmarks go on to work. */
export const usualWebPort = 7690

/** Starts the web server on a port that was asked for, or on the usual one, or on any. Throws `NexthopError`. */
export async function openWeb(
  options: Omit<WebServerOptions, 'port'> & { readonly port: number | undefined },
): Promise<WebServer> {
  const { port } = options
  try {
    return await startWebServer({ ...options, port: port ?? usualWebPort })
  } catch (error) {
    if (port === undefined && errnoOf(error) === 'EADDRINUSE') return startWebServer({ ...options, port: 0 })
    const target = formatEndpoint({ host: options.host, port: port ?? usualWebPort })
    throw new NexthopError(toBindFailure(errnoOf(error), target))
  }
}

export function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** Why a server of ours can not listen. */
export function toBindFailure(errno: string, target: string): Failure {
  switch (errno) {
    case 'EADDRINUSE':
      return { code: 'port-in-use', target, errno }
    case 'EACCES':
    case 'EPERM':
      return { code: 'port-forbidden', target, errno }
    case 'EADDRNOTAVAIL':
      return { code: 'address-unavailable', target, errno }
    default:
      return { code: 'internal', message: `a web server can not listen on ${target} (${errno})` }
  }
}
