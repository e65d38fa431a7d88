import { manyRules } from '../ui-figures/many-rules.ts'
import { expect, test } from './support/fixtures.ts'

test('a thousand rules: few of them are in the document, and all can be reached', async ({ launch }) => {
  const { app, server } = await launch({ config: manyRules(1000, 100) })
  const { page, rules } = app
  await expect(app.forwardingState).toHaveText('On: 1000 rules listen')
  expect(await rules.rows.count()).toBeLessThan(60)
  await expect(rules.table).toHaveAttribute('aria-rowcount', '1001')
  const main = page.locator('main')
  const whole = await main.evaluate((element) => element.scrollHeight)
  expect(whole).toBeGreaterThan(50_000)

  // Details stay open while they are scrolled away and back.
  await rules.title('Rule 2').click()
  await expect(rules.detail()).toBeVisible()
  await main.evaluate((element) => {
    element.scrollTop = element.scrollHeight / 2
  })
  await expect(rules.row('Rule 500')).toBeVisible()
  await expect(rules.row('Rule 500')).toHaveAttribute('aria-rowindex', '502')
  await expect(rules.row('Rule 2')).toHaveCount(0)
  expect(await rules.rows.count()).toBeLessThan(60)

  // The keyboard goes on where rows are not in the document yet.
  await rules.title('Rule 500').focus()
  for (let presses = 0; presses < 40; presses += 1) await page.keyboard.press('ArrowDown')
  await expect(rules.title('Rule 540')).toBeFocused()
  await expect(rules.title('Rule 540')).toBeInViewport()

  await main.evaluate((element) => {
    element.scrollTop = element.scrollHeight
  })
  await expect(rules.row('Rule 999')).toBeInViewport()
  await main.evaluate((element) => {
    element.scrollTop = 0
  })
  await expect(rules.detail()).toBeVisible()

  await rules.search.fill('rule 777')
  await expect(rules.rows).toHaveCount(1)
  await rules.switch('Rule 777').click()
  await expect(rules.status('Rule 777')).toHaveText('Off')
  await rules.search.fill('')
  await page.getByRole('checkbox', { name: 'Select all rules' }).check()
  await page.getByRole('button', { name: 'Switch off', exact: true }).click()
  await expect(app.forwardingState).toHaveText('On, but every rule is off')
  expect((await server.readConfig()).rules.some(({ enabled }) => enabled)).toBe(false)
})

test('a thousand rules stay where they are scrolled to, also where rows are high', async ({ launch }) => {
  const { app } = await launch({
    config: manyRules(1000, 100),
    browser: { viewport: { width: 400, height: 700 } },
  })
  await expect(app.rules.row('Rule 0')).toBeVisible()
  const main = app.page.locator('main')
  const top = () => main.evaluate((element) => Math.round(element.scrollTop))
  await app.page.mouse.move(200, 300)
  for (let turn = 1; turn <= 10; turn += 1) {
    const before = await top()
    await app.page.mouse.wheel(0, 900)
    await expect.poll(top).toBeGreaterThan(before + 600)
    await expect.poll(top).toBeLessThan(before + 1200)
    await expect(app.rules.rows.first()).toBeAttached()
  }
  // What is seen is filled with rows.
  const seen = await main.evaluate((element) => {
    const { left, width, top: upper, height } = element.getBoundingClientRect()
    return [0.1, 0.5, 0.9].filter((share) =>
      document.elementFromPoint(left + width / 2, upper + height * share)?.closest('[data-row]'),
    ).length
  })
  expect(seen).toBe(3)
})
