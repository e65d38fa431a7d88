import { createServer as createPlainServer, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { expect, type Browser } from '@playwright/test'
import { makeCertificate } from '../../support/certificate.ts'
import { startSocksServer, type SocksServer } from '../../support/socks-server.ts'
import { startListening } from '../../support/tcp-server.ts'

/** A site whose page is complete only when its script and its picture have come. */
const site: RequestListener = (request, response) => {
  if (request.url === '/script.js') {
    response.setHeader('Content-Type', 'text/javascript')
    response.end('document.querySelector("h1").textContent += " and script"')
  } else {
    response.setHeader('Content-Type', 'text/html')
    response.end(`<h1>Page of ${request.headers.host}</h1><script src="/script.js"></script>`)
  }
}

interface Site {
  /** Of the SOCKS server. */
  readonly port: number
  readonly asks: SocksServer['asks']
  close(): Promise<void>
}

/** A SOCKS server that takes every name for this site: port 443 is the secure one, any other the plain one. */
export async function startSiteBehindSocks(): Promise<Site> {
  const certificate = await makeCertificate()
  const secure = createSecureServer({ key: certificate.key, cert: certificate.cert }, site)
  const plain = createPlainServer(site)
  const [securePort, plainPort] = [await startListening(secure), await startListening(plain)]
  const socks = await startSocksServer({
    connectTo: ({ port }) => ({ host: '127.0.0.1', port: port === 443 ? securePort : plainPort }),
  })
  return {
    port: socks.port,
    asks: socks.asks,
    close: async () => {
      for (const server of [secure, plain]) {
        server.closeAllConnections()
        server.close()
      }
      await socks.close()
      await certificate.close()
    },
  }
}

/** Looks at pages of the site through a proxy, each with its script. */
export async function browseSite(browser: Browser, proxy: string): Promise<void> {
  const context = await browser.newContext({ proxy: { server: proxy }, ignoreHTTPSErrors: true })
  try {
    const page = await context.newPage()
    for (const url of ['https://shop.example/', 'http://shop.example/', 'http://other.example/']) {
      await page.goto(url)
      await expect(page.locator('h1')).toHaveText(`Page of ${new URL(url).host} and script`)
    }
  } finally {
    await context.close()
  }
}
