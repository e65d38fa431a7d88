import type { BrowserContext, Page } from '@playwright/test'

/** Collects everything that a page must never do: it is looked at when a test ends. */
export interface Complaints {
  readonly all: readonly string[]
  /** From now on, complaints like this are expected: the test brings them about itself. */
  allow(pattern: RegExp): void
}

export async function watchPages(context: BrowserContext, origin: string): Promise<Complaints> {
  const all: string[] = []
  const allowed: RegExp[] = []
  const complain = (text: string) => {
    if (!allowed.some((pattern) => pattern.test(text))) all.push(text)
  }
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      console.error(`CSP violation of ${violatedDirective}: ${blockedURI} in ${sourceFile}`)
    })
  })
  context.on('page', (page) => {
    watchPage(page, origin, complain)
  })
  return {
    all,
    allow: (pattern) => {
      allowed.push(pattern)
    },
  }
}

function watchPage(page: Page, origin: string, complain: (text: string) => void): void {
  page.on('console', (message) => {
    const isBad = message.type() === 'error' || message.type() === 'warning' || message.type() === 'assert'
    if (isBad) complain(`console ${message.type()}: ${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => {
    complain(`page error: ${error.stack ?? error.message}`)
  })
  page.on('crash', () => {
    complain('the page crashed')
  })
  page.on('request', (request) => {
    const { protocol, origin: to } = new URL(request.url())
    if (to !== origin && protocol !== 'data:' && protocol !== 'blob:') {
      complain(`request to elsewhere: ${request.url()}`)
    }
  })
}
