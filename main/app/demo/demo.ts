import { configVersion, parseConfig, type Config } from '../../../shared/model/config.ts'
import type { Endpoint } from '../../../shared/model/address.ts'
import { InvalidError } from '../invalid-error.ts'
import { startDemoPage } from './demo-page.ts'
import { startDemoSocks } from './demo-socks.ts'

/** A SOCKS5 server and a page behind it, all on loopback, to try Nexthop without a proxy of one's own. */
export interface Demo {
  readonly socks: Endpoint
  readonly page: Endpoint
  close(): Promise<void>
}

export async function startDemo(): Promise<Demo> {
  const page = await startDemoPage()
  try {
    const socks = await startDemoSocks(page.endpoint)
    return {
      socks: socks.endpoint,
      page: page.endpoint,
      close: async () => {
        await Promise.all([socks.close(), page.close()])
      },
    }
  } catch (error) {
    await page.close()
    throw error
  }
}

export const demoRuleId = 'demo'

/** A config with one rule, which leads through the demo's SOCKS5 server to its page. */
export function demoConfig({ socks, page }: Pick<Demo, 'socks' | 'page'>, listenPort: number): Config {
  const result = parseConfig({
    version: configVersion,
    hops: [{ id: 'demo-hop', name: 'demo SOCKS5 server', version: '5', ...socks }],
    rules: [
      {
        id: demoRuleId,
        name: 'demo',
        listen: { kind: 'tcp', port: listenPort },
        destination: { kind: 'fixed', ...page },
        route: { kind: 'hop', hopId: 'demo-hop' },
      },
    ],
  })
  if (result.ok) return result.config
  throw new InvalidError({ message: 'The demo has no valid config' }, result.issues)
}
