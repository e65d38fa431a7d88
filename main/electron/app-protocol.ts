import { protocol, type Protocol } from 'electron'
import { securityHeaders as headers } from '../app/security-headers.ts'
import { listStaticFiles, type StaticFile } from '../app/static-files.ts'
import { appHost, appScheme } from './app-url.ts'

// The renderer's files under app://nexthop/. Threat: a script that got into the page reads files of the user or talks to
// other hosts. So only files that were listed at the start can be had, whatever the path says, each with a policy that
// allows nothing from elsewhere.

/** Must be called before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Serves a folder under app://nexthop/. Throws where it has no page. */
export function serveApp(handled: Pick<Protocol, 'handle'>, folder: URL): void {
  const files = listStaticFiles(folder)
  if (!files.has('/'))
    throw new Error(`The window's page is missing in ${folder.pathname}: install Nexthop again`)
  handled.handle(appScheme, (request) => answer(request, files))
}

function answer({ url, method }: Request, files: ReadonlyMap<string, StaticFile>): Response {
  const { host, pathname } = new URL(url)
  const file = host === appHost ? files.get(pathname) : undefined
  if (file === undefined) return new Response('Not found', { status: 404, headers })
  if (method !== 'GET') return new Response('Method not allowed', { status: 405, headers })
  return new Response(Uint8Array.from(file.read()), { headers: { ...headers, 'content-type': file.type } })
}
