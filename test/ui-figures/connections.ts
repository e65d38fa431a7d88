import { expect } from '@playwright/test'
import { startServe } from '../e2e/support/serve.ts'
import { makeRule } from '../support/config.ts'
import { connectTo } from '../support/peer.ts'
import { startEcho } from '../support/targets.ts'
import { freePort } from '../support/tcp-server.ts'
import { describeFrames, scrollFrames, scrollSeconds } from './frames.ts'
import type { Part } from './part.ts'
import { openWindow } from './window.ts'

const connections = 10_000

export const manyConnections: Part = {
  name: 'connections',
  title: 'Ten thousand connections',
  measure: async (browser) => {
    const echo = await startEcho()
    const port = await freePort()
    const server = await startServe({
      config: {
        rules: [makeRule({ name: 'Echo', listen: port, to: echo.port, route: { kind: 'direct' } })],
        settings: { closedConnectionsKept: connections, logLevel: 'warn' },
      },
    })
    try {
      const app = await openWindow(browser, server)
      for (let count = 0; count < connections; count += 50) {
        await Promise.all(Array.from({ length: 50 }, () => useOnce(port)))
      }
      await app.open('Connections')
      const summary = `${connections} closed lately`
      await expect(app.page.getByRole('main')).toContainText(summary, { timeout: 30_000 })
      const frames = await scrollFrames(app.page, '.scroller', scrollSeconds)
      await app.page.context().close()
      const label = `Scrolling ${connections.toLocaleString('en')} connections for ${scrollSeconds} s`
      return [[label, describeFrames(frames)]]
    } finally {
      await server.close()
      await echo.close()
    }
  },
}

async function useOnce(port: number): Promise<void> {
  const peer = await connectTo(port)
  await peer.write('x')
  await peer.take(1)
  await peer.close()
}
