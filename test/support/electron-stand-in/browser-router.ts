import type { BrowserContext, Request as PageRequest, Route } from '@playwright/test'
import type { StandInSession } from './session.ts'
import { toAppUrl } from './web-url.ts'
import type { StandInWebContents } from './web-contents.ts'

export interface RouterOptions {
  readonly context: BrowserContext
  readonly session: StandInSession
  /** The contents of the windows that are open. */
  readonly contents: () => readonly StandInWebContents[]
  /** Pages of other hosts that tests put there, as HTML by URL. */
  readonly foreignPages: ReadonlyMap<string, string>
}

/** What the network process of Electron does: asks the app about every request, and answers those for its scheme. */
export class BrowserRouter {
  /** Requests to other hosts that the app let through. */
  readonly leaks: string[] = []
  readonly #options: RouterOptions

  constructor(options: RouterOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    const { context, contents } = this.#options
    await context.route('**/*', (route, request) => this.#handle(route, request))
    context.on('page', (page) => {
      // The first thing that a window's own page shows is blank, too: it is known only later, and has no opener.
      void page.opener().then((opener) => {
        if (opener && contents().some(({ page: own }) => own === opener)) return page.close()
        return undefined
      })
    })
  }

  async #handle(route: Route, request: PageRequest): Promise<void> {
    const url = toAppUrl(request.url())
    try {
      if (!this.#isAllowed(request, url)) return await route.abort('aborted')
      const foreign = this.#options.foreignPages.get(url)
      if (foreign !== undefined) return await route.fulfill({ contentType: 'text/html', body: foreign })
      if (await this.#options.session.cancels(url)) return await route.abort('blockedbyclient')
      const init = { method: request.method() }
      const response = url.startsWith('app:') ? await this.#options.session.answer(url, init) : undefined
      if (!response) {
        this.leaks.push(url)
        return await route.abort('internetdisconnected')
      }
      await route.fulfill({
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: Buffer.from(await response.arrayBuffer()),
      })
    } catch (error) {
      // A page that is closed meanwhile needs no answer.
      if (!/closed/.test(String(error))) throw error
    }
  }

  #isAllowed(request: PageRequest, url: string): boolean {
    if (!request.isNavigationRequest()) return true
    const place = placeOf(request)
    const contents = this.#options.contents().find(({ page }) => page === place?.page)
    if (contents && place) return contents.allowsNavigation(url, place.isMainFrame)
    // Not one of ours: a page that ours wants to open.
    return this.#options.contents().every((own) => own.allowsWindow(url))
  }
}

/** Undefined for the first request of a page that is just being opened. */
function placeOf(request: PageRequest) {
  try {
    const frame = request.frame()
    return { page: frame.page(), isMainFrame: frame.parentFrame() === null }
  } catch {
    return undefined
  }
}
