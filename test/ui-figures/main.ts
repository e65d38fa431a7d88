import { writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { chromium, expect } from '@playwright/test'
import { AppPage } from '../e2e/pages/app-page.ts'
import { chromiumArgs, chromiumPath } from '../e2e/support/chromium.ts'
import { startServe } from '../e2e/support/serve.ts'
import { makeRule } from '../support/config.ts'
import { connectTo } from '../support/peer.ts'
import { startEcho } from '../support/targets.ts'
import { freePort } from '../support/tcp-server.ts'
import { changeTimes } from './change-time.ts'
import { describeFrames, scrollFrames } from './frames.ts'
import { idleCpu } from './idle-cpu.ts'
import { manyRulesFigures } from './many-rules.ts'

// npm run ui-figures: what the UI costs, measured in a real Chromium on `nexthop serve`, into docs/ui-figures.md.

const connections = 10_000
const scrollSeconds = 10
const idleSeconds = 20
const rounds = 50

if (chromiumPath === undefined) throw new Error('there is no Chromium here; CHROMIUM can name one')
const echo = await startEcho()
const port = await freePort()
const server = await startServe({
  config: {
    rules: [
      makeRule({ id: 'echo', name: 'Echo', listen: port, to: echo.port, route: { kind: 'direct' } }),
      makeRule({ id: 'other', name: 'Other', to: echo.port, route: { kind: 'direct' } }),
    ],
    settings: { closedConnectionsKept: connections, logLevel: 'warn' },
  },
})
const browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumArgs] })
const load = loadavg()[0]?.toFixed(1) ?? '?'

async function openWindow(): Promise<AppPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' })
  const app = new AppPage(await context.newPage())
  await app.page.goto(await server.newLink())
  await app.isReady()
  return app
}

async function useOnce(): Promise<void> {
  const peer = await connectTo(port)
  await peer.write('x')
  await peer.take(1)
  await peer.close()
}

try {
  const app = await openWindow()
  console.log(`Idle for ${idleSeconds} s …`)
  const idle = await idleCpu(browser, idleSeconds)

  const other = await openWindow()
  const times = await changeTimes(app.page, other.page, 'Other: on or off', rounds)
  await other.page.context().close()

  console.log(`Opening ${connections} connections …`)
  for (let count = 0; count < connections; count += 50) await Promise.all(Array.from({ length: 50 }, useOnce))
  await app.open('Connections')
  await expect(app.page.getByRole('main')).toContainText(`${connections} closed lately`, { timeout: 30_000 })
  const frames = await scrollFrames(app.page, '.scroller', scrollSeconds)
  await app.page.context().close()
  console.log('A thousand rules and a hundred hops …')
  const many = await manyRulesFigures(browser, scrollSeconds)

  const at = (share: number) => (times[Math.floor((times.length - 1) * share)] ?? NaN).toFixed(0)
  const ms = (value: number) => `${value.toFixed(0)} ms`
  const rows = [
    [
      `Scrolling ${connections.toLocaleString('en')} connections for ${scrollSeconds} s`,
      describeFrames(frames),
    ],
    [`Scrolling 1,000 rules for ${scrollSeconds} s`, describeFrames(many.scrolling)],
    ['1,000 rules and 100 hops: from the link to the first rows', ms(many.load)],
    ['From the last letter of a search among them to the rule that is left', ms(many.search)],
    ['From the click on the switch of one of them to its new state', ms(many.toggle)],
    ['To the view of the hops, and back to the rules', `${ms(many.toHops)}, ${ms(many.toRules)}`],
    [
      'Switching all of them off',
      `${ms(many.allOff)}; the longest time from one frame to the next ${ms(many.longestFrame)}`,
    ],
    [`An open window while nothing happens, for ${idleSeconds} s`, `${idle.toFixed(2)} % of one core`],
    [
      `From a click in one window to the change in another, ${rounds} times`,
      `${at(0.5)} ms (median), ${at(0.95)} ms (95 %), ${at(1)} ms (longest)`,
    ],
  ]
  const text = [
    '# What the UI costs',
    '',
    `Measured by \`npm run ui-figures\` in Chromium ${browser.version()} without a GPU, on \`nexthop serve\`, with the browser's own`,
    `clocks; ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), load ${load} when it began.`,
    '',
    '| what | figure |',
    '| --- | --- |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
  ].join('\n')
  console.log(text)
  await writeFile(fileURLToPath(new URL('../../docs/ui-figures.md', import.meta.url)), text)
} finally {
  await browser.close()
  await server.close()
  await echo.close()
}
