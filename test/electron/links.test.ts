import { describe, expect, it } from 'vitest'
import type { StandInApp } from '../support/electron-stand-in/app.ts'
import { builtRenderer, hasChromium, launchDesktop, makeHome, useChromium } from './support.ts'

describe.skipIf(!hasChromium)('a link to a next hop', () => {
  const browser = useChromium()
  const shell = async (args: readonly string[]) => {
    const [home, locks] = [await makeHome(), new Map<string, StandInApp>()]
    const options = { home, locks, rendererUrl: builtRenderer() }
    return { options, desktop: await launchDesktop({ ...options, browser: browser(), args }) }
  }

  it.each([[['socks5h://ann@proxy.example:1085']], [['--hidden', 'socks5h://ann@proxy.example:1085']]])(
    'starts the app with %j and asks before anything is added',
    async (args) => {
      const { desktop } = await shell(args)
      const page = await desktop.page()
      const dialog = page.getByRole('dialog')
      await dialog.waitFor()
      expect(await dialog.getByLabel('Host or IP address').inputValue()).toBe('proxy.example')
      const state = await page.evaluate(() => window.nexthop?.request('state.get', {}))
      expect(state).toMatchObject({ ok: true, value: { config: { hops: [] } } })
    },
  )

  it('goes to the app that runs, which shows its window', async () => {
    const { options, desktop } = await shell(['--hidden'])
    const second = await launchDesktop({ ...options, args: ['socks4a://proxy.example'] })
    expect(await second.exitCode()).toBe(0)
    const page = await desktop.page()
    await page.getByRole('dialog').waitFor()
  })

  it('comes as an event on macOS', async () => {
    const { desktop } = await shell(['--hidden'])
    desktop.app.emit('open-url', { preventDefault: () => undefined }, 'socks5://proxy.example')
    await (await desktop.page()).getByRole('dialog').waitFor()
  })
})
