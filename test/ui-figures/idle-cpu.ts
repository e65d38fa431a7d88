import { setTimeout as pause } from 'node:timers/promises'
import type { Browser } from '@playwright/test'

interface ProcessInfo {
  readonly type: string
  readonly id: number
  readonly cpuTime: number
}

/** The share of one core, in per cent, that the browser's page processes use while nothing happens. */
export async function idleCpu(browser: Browser, seconds: number): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const cpu = async () => {
    const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as {
      readonly processInfo: readonly ProcessInfo[]
    }
    return processInfo
      .filter(({ type }) => type === 'renderer')
      .reduce((sum, { cpuTime }) => sum + cpuTime, 0)
  }
  const before = await cpu()
  await pause(seconds * 1000)
  const used = (await cpu()) - before
  await session.detach()
  return (used / seconds) * 100
}
