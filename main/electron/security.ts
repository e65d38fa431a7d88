import type { Session, WebContents, WindowOpenHandlerResponse } from 'electron'
import { isAppUrl } from './app-url.ts'
import { isAllowedLink } from './external-links.ts'

// Threat: something foreign gets into a window, by a link, a redirect or a bug in the renderer. Then it must not be able
// to load anything, ask for anything, go anywhere, or open anything.

export interface LinkOpener {
  /** Opens an allowed link in the browser. */
  readonly openExternal: (url: string) => void
  /** Something was refused that the app itself never asks for. */
  readonly onRefused: (what: string) => void
}

/** Denies every permission and cancels every request that is not for the app's own files. */
export function hardenSession(
  session: Pick<
    Session,
    | 'setPermissionRequestHandler'
    | 'setPermissionCheckHandler'
    | 'setDevicePermissionHandler'
    | 'setDisplayMediaRequestHandler'
    | 'webRequest'
  >,
  { onRefused }: Pick<LinkOpener, 'onRefused'>,
): void {
  session.setPermissionRequestHandler((_contents, permission, callback) => {
    onRefused(`the permission "${permission}"`)
    callback(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, callback) => {
    callback(null)
  })
  session.webRequest.onBeforeRequest(({ url }, callback) => {
    const isOwn = isAppUrl(url) || isOwnBlob(url) || url.startsWith('devtools://')
    if (!isOwn) onRefused(`a request to ${originOf(url)}`)
    callback({ cancel: !isOwn })
  })
}

/** Keeps a page where it is: no other pages in it, beside it, or instead of it. */
export function hardenContents(
  contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>,
  opener: LinkOpener,
): void {
  const refuseForeign = (event: { readonly url: string; preventDefault(): void }) => {
    if (isAppUrl(event.url)) return
    event.preventDefault()
    follow(event.url, opener)
  }
  contents.on('will-navigate', refuseForeign)
  contents.on('will-redirect', refuseForeign)
  contents.on('will-frame-navigate', (event) => {
    // The main frame is dealt with above; the app has no others.
    if (!event.isMainFrame) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
    opener.onRefused('a webview')
  })
  contents.setWindowOpenHandler(({ url }): WindowOpenHandlerResponse => {
    follow(url, opener)
    return { action: 'deny' }
  })
}

function follow(url: string, { openExternal, onRefused }: LinkOpener): void {
  if (isAllowedLink(url)) openExternal(url)
  else onRefused(`a link to ${originOf(url)}`)
}

/** What the page made itself, such as a log to be saved. */
function isOwnBlob(url: string): boolean {
  return url.startsWith('blob:') && isAppUrl(url.slice('blob:'.length))
}

/** Without path and query, which may hold anything. */
function originOf(url: string): string {
  const parsed = URL.parse(url)
  return parsed ? `${parsed.protocol}//${parsed.host}` : 'an address that is none'
}
