import type { Page } from '@playwright/test'
import { makeHop, makeRule } from '../support/config.ts'
import { startSocksServer } from '../support/socks-server.ts'
import { freePort } from '../support/tcp-server.ts'
import { curlPort, startWebPage } from './support/curl.ts'
import { expect, test } from './support/fixtures.ts'

/** Presses Tab until something with this name has the focus, as somebody without a mouse would. */
async function tabTo(
  page: Page,
  role: Parameters<Page['getByRole']>[0],
  name: string | RegExp,
): Promise<void> {
  const wanted = page.getByRole(role, { name }).first()
  for (let presses = 0; presses < 40; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never came to ${role} ${String(name)}`)
}

test('a hop, a rule and its switch, without a mouse', async ({ launch, own }) => {
  const web = await own(startWebPage('reached by keyboard'))
  const socks = await own(startSocksServer())
  const port = await freePort()
  const { app } = await launch()
  const { page } = app
  const type = (text: string) => page.keyboard.insertText(text)

  await tabTo(page, 'button', 'Add next hop')
  await page.keyboard.press('Enter')
  await tabTo(page, 'textbox', 'Paste a URL')
  await type(`socks5://127.0.0.1:${socks.port}`)
  await tabTo(page, 'textbox', 'Host or IP address')
  await page.keyboard.press('Enter')
  await expect(page.locator('dialog')).toHaveCount(0)

  await page.keyboard.press('n')
  await expect(app.ruleDialog.listenPort).not.toHaveValue('')
  await tabTo(page, 'textbox', 'Listen port')
  await page.keyboard.press('ControlOrMeta+a')
  await type(String(port))
  await tabTo(page, 'textbox', 'Destination host')
  await type('127.0.0.1')
  await tabTo(page, 'textbox', 'Destination port')
  await type(String(web.port))
  await tabTo(page, 'textbox', 'Name')
  await type('By keyboard')
  await page.keyboard.press('Enter')
  await expect(app.dialog).toBeHidden()
  await expect(app.welcome.steps.nth(1)).toContainText('By keyboard listens on')
  await tabTo(page, 'button', 'Skip this')
  await page.keyboard.press('Enter')
  await expect(app.rules.status('By keyboard')).toHaveText('Listening')
  expect((await curlPort(port)).stdout).toBe('reached by keyboard')

  await tabTo(page, 'switch', 'By keyboard: on or off')
  await page.keyboard.press('Space')
  await expect(app.rules.status('By keyboard')).toHaveText('Off')
  await page.keyboard.press('Space')
  await expect(app.rules.status('By keyboard')).toHaveText('Listening')
  await page.keyboard.press('f')
  await expect(app.forwarding).not.toBeChecked()
  await page.keyboard.press('f')
  await expect(app.rules.status('By keyboard')).toHaveText('Listening')
})

test('rows: moving, reordering, editing, deleting and undo', async ({ launch }) => {
  const route = { kind: 'direct' } as const
  const rules = ['One', 'Two', 'Three'].map((name) => makeRule({ id: name, name, to: 80, route }))
  const { app } = await launch({ config: { rules } })
  const { page } = app
  await app.rules.title('One').focus()
  await page.keyboard.press('ArrowDown')
  await expect(app.rules.title('Two')).toBeFocused()
  await page.keyboard.press('Alt+ArrowUp')
  await expect.poll(() => app.rules.names()).toEqual(['Two', 'One', 'Three'])
  await expect(app.rules.title('Two')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(app.rules.detail()).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.press('e')
  await expect(app.ruleDialog.name).toHaveValue('Two')
  await page.keyboard.press('Escape')
  await expect(app.dialog).toBeHidden()
  await expect(app.rules.title('Two')).toBeFocused()
  await page.keyboard.press('Delete')
  await expect.poll(() => app.rules.names()).toEqual(['One', 'Three'])
  await tabTo(page, 'button', 'Undo')
  await page.keyboard.press('Enter')
  await expect.poll(() => app.rules.names()).toEqual(['Two', 'One', 'Three'])
})

test('views, palette and the sheet of shortcuts', async ({ launch }) => {
  const { app } = await launch({ config: { hops: [makeHop({ name: 'Office', port: 1080 })] } })
  const { page } = app
  await page.keyboard.press('2')
  await expect(app.link('Next hops')).toHaveAttribute('aria-current', 'page')
  await page.keyboard.press('5')
  await expect(app.link('Settings')).toHaveAttribute('aria-current', 'page')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Search in this view')
  await page.keyboard.press('Escape')

  await page.keyboard.press('ControlOrMeta+k')
  await expect(app.dialog).toBeVisible()
  await page.keyboard.insertText('test office')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Test Office' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('ControlOrMeta+k')
  await expect(app.dialog).toBeVisible()
  await page.keyboard.insertText('forwarding off')
  await page.keyboard.press('Enter')
  await expect(app.forwarding).not.toBeChecked()
  await page.keyboard.press('1')
  await expect(app.link('Port rules')).toHaveAttribute('aria-current', 'page')
})

test('a dialog keeps the focus inside, and gives it back', async ({ launch }) => {
  const { app } = await launch({ config: { hops: [makeHop({ port: 1080 })] } })
  const { page } = app
  await app.open('Next hops')
  await app.hops.add.focus()
  await page.keyboard.press('Enter')
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Tab')
    const isOutside = await page.evaluate(
      () => document.activeElement !== document.body && !document.activeElement?.closest('dialog'),
    )
    expect(isOutside).toBe(false)
  }
  await page.keyboard.press('Escape')
  await expect(app.hops.add).toBeFocused()
})
