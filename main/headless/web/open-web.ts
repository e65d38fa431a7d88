import { conflict } from '../../../shared/errors.ts'
import { explain } from '../../../shared/texts/explain.ts'
import { bindFailure } from '../../app/bind-failure.ts'
import { explainForCli } from '../cli-advice.ts'
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
    const failure = await bindFailure(error, { host: options.host, port: port ?? usualWebPort })
    if (port === undefined && failure.code === 'port-in-use') {
      const server = await startWebServer({ ...options, port: 0 })
      options.app.log.warn(`${explain(failure).what}: the web UI is on ${server.port} instead.`)
      return server
    }
    throw conflict(explainForCli(failure, '--port'))
  }
}
