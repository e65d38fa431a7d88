import { setTimeout as pause } from 'node:timers/promises'
import type { CDPSession } from '@playwright/test'
import { cpuSecondsOf } from '../bench/proc.ts'
import { views } from '../e2e/pages/app-page.ts'
import { startServe } from '../e2e/support/serve.ts'
import { makeHop, makeRule } from '../support/config.ts'
import { openWindow } from './window.ts'
import type { Part } from './part.ts'

// An empty page in the same browser comes first: that is what a page costs that does nothing at all.

const seconds = 30
const afterOpeningSeconds = 20
/** V8 compiles code that ran often, and collects what loading left behind, until about then. */
const settledAfterSeconds = 40
/** The first drawing of a view is no idleness yet. */
const drawnAfterSeconds = 5

interface ProcessInfo {
  readonly type: string
  readonly cpuTime: number
}

/** Processor time in seconds, since the processes started. */
interface Used {
  readonly pages: number
  readonly browser: number
  readonly server: number
}

export const idle: Part = {
  name: 'idle',
  title: 'While nothing happens',
  measure: async (browser) => {
    const server = await startServe({
      config: {
        hops: [makeHop({ id: 'hop', name: 'Hop', port: 9 })],
        rules: Array.from({ length: 8 }, (_, number) =>
          makeRule({ id: `rule-${number}`, name: `Rule ${number}`, to: 80, route: { kind: 'direct' } }),
        ),
      },
    })
    const session = await browser.newBrowserCDPSession()
    try {
      const empty = await (await browser.newContext()).newPage()
      await pause(settledAfterSeconds * 1000)
      const nothing = await during(session, server.pid, seconds)
      await empty.context().close()

      const app = await openWindow(browser, server)
      const opening = await during(session, server.pid, afterOpeningSeconds)
      await pause((settledAfterSeconds - afterOpeningSeconds) * 1000)
      const rows = [
        row(`An empty page from ${settledAfterSeconds} s after it opened on, for ${seconds} s`, nothing),
        row(`The window in the first ${afterOpeningSeconds} s after it opened`, opening),
      ]
      for (const view of views) {
        await app.open(view)
        await pause(drawnAfterSeconds * 1000)
        rows.push(
          row(
            `The window on "${view}" from ${settledAfterSeconds} s after it opened on, for ${seconds} s`,
            await during(session, server.pid, seconds),
          ),
        )
      }
      await app.page.context().close()
      rows.push(row(`No window, for ${seconds} s`, await during(session, server.pid, seconds)))
      return rows
    } finally {
      await session.detach()
      await server.close()
    }
  },
}

async function during(session: CDPSession, serverPid: number, time: number): Promise<Used> {
  const before = await used(session, serverPid)
  await pause(time * 1000)
  const after = await used(session, serverPid)
  const share = (key: keyof Used) => ((after[key] - before[key]) / time) * 100
  return { pages: share('pages'), browser: share('browser'), server: share('server') }
}

async function used(session: CDPSession, serverPid: number): Promise<Used> {
  const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as {
    readonly processInfo: readonly ProcessInfo[]
  }
  const sum = (of: readonly ProcessInfo[]) => of.reduce((total, { cpuTime }) => total + cpuTime, 0)
  return {
    pages: sum(processInfo.filter(({ type }) => type === 'renderer')),
    browser: sum(processInfo),
    server: cpuSecondsOf([serverPid]),
  }
}

function row(label: string, { pages, browser, server }: Used): [string, string] {
  const figure = (value: number) => `${value.toFixed(2)} %`
  return [
    label,
    `${figure(pages)} of one core in the page; ${figure(browser)} in the whole browser; ${figure(server)} in \`nexthop serve\``,
  ]
}
