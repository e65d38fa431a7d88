import { readFile } from 'node:fs/promises'
import { makeRule } from '../support/config.ts'
import { connectTo } from '../support/peer.ts'
import { startEcho } from '../support/targets.ts'
import { until } from '../support/until.ts'
import { expect, test } from './support/fixtures.ts'

for (const { locale, open, title, save, down } of [
  { locale: 'en-GB', open: 'Totals', title: 'Totals per day', save: 'Save as CSV', down: 'Down' },
  { locale: 'de-DE', open: 'Summen', title: 'Summen je Tag', save: 'Als CSV sichern', down: 'Empfangen' },
]) {
  test(`totals per day are shown with a chart, and saved as CSV (${locale})`, async ({ launch, own }) => {
    const echo = await own(startEcho())
    const rules = [makeRule({ name: 'Web', to: echo.port, route: { kind: 'direct' } })]
    const { app, server } = await launch({ config: { rules }, browser: { locale } })
    const port = await until('the rule listens', () =>
      Number(/Web: listening on 127\.0\.0\.1:(\d+)/.exec(server.log())?.[1]),
    )
    const client = await connectTo(port)
    client.end('x'.repeat(1500))
    await client.takeRest()

    await app.page.getByRole('button', { name: open, exact: true }).click()
    const dialog = app.page.getByRole('dialog', { name: title })
    const row = dialog.getByRole('row', { name: /Web/ })
    await expect(row).toContainText('1.5 kB')
    await expect(dialog.getByRole('columnheader', { name: down })).toBeVisible()
    await expect(dialog.locator('figure canvas')).toBeVisible()
    const downloading = app.page.waitForEvent('download')
    await dialog.getByRole('button', { name: save }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toMatch(/^nexthop-totals-.*\.csv$/)
    expect(await readFile(await download.path(), 'utf8')).toMatch(/,Web,,1500,1500,1,0\r\n/)
  })
}
