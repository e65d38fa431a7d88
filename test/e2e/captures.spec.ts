import { chmod, readFile, writeFile } from 'node:fs/promises'
import { makeRule } from '../support/config.ts'
import { connectTo } from '../support/peer.ts'
import { startEcho } from '../support/targets.ts'
import { freePort } from '../support/tcp-server.ts'
import { makeTempDir } from '../support/temp-dir.ts'
import { until } from '../support/until.ts'
import { expect, test } from './support/fixtures.ts'

const direct = { kind: 'direct' } as const

test('a rule is recorded from its menu, which shows until it is stopped, saved and deleted', async ({
  launch,
  own,
}) => {
  const echo = await own(startEcho())
  const [port, other] = [await freePort(), await freePort()]
  const { app } = await launch({
    config: {
      rules: [
        makeRule({ id: 'echo', name: 'Echo', listen: port, to: echo.port, route: direct }),
        makeRule({ id: 'other', name: 'Other', listen: other, to: echo.port, route: direct }),
      ],
    },
  })
  await expect(app.forwardingState).toHaveText('On: 2 rules listen')
  await app.choose('Echo', 'Record packets…')
  const { dialog, page } = app
  await expect(dialog.getByLabel('What to record')).toHaveValue('rule:echo')
  const minutes = dialog.getByLabel('Ends after (minutes)')
  await minutes.fill('0')
  await dialog.getByRole('button', { name: 'Record', exact: true }).click()
  await expect(minutes).toHaveAccessibleDescription('Enter a number from 1 to 1440')
  await minutes.fill('2')
  await dialog.getByRole('checkbox', { name: 'With passwords' }).check()
  await expect(dialog.getByRole('alert')).toContainText('readable by anybody who gets it')
  await expect(dialog.getByRole('button', { name: 'Record with passwords' })).toBeVisible()
  await dialog.getByRole('checkbox', { name: 'With passwords' }).uncheck()
  await dialog.getByRole('button', { name: 'Record', exact: true }).click()
  await expect(dialog).toBeHidden()

  await expect(app.rules.status('Echo')).toContainText('Recording')
  await expect(app.rules.status('Other')).not.toContainText('Recording')
  const client = await own(connectTo(port))
  await client.write('recorded words')
  await client.take(14)
  const elsewhere = await own(connectTo(other))
  await elsewhere.write('other words')
  await elsewhere.take(11)
  await page.getByRole('button', { name: '1 recording is under way' }).click()
  const item = dialog.getByRole('list', { name: 'Recordings' }).getByRole('listitem')
  await expect(item).toContainText('1 connection')
  await item.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(item).toContainText('Ended')
  await expect(item).toContainText(/\d+ packets/)
  await expect(page.getByRole('button', { name: '1 recording is under way' })).toBeHidden()
  await expect(app.rules.status('Echo')).not.toContainText('Recording')

  const save = item.getByRole('button', { name: 'Save' })
  const [file] = await Promise.all([page.waitForEvent('download'), save.click()])
  const content = await readFile(await file.path())
  expect(content.includes('recorded words')).toBe(true)
  expect(content.includes('other words')).toBe(false)
  await expect(item.getByRole('button', { name: 'Open in Wireshark' })).toHaveCount(0)

  await item.getByRole('button', { name: /^Delete nexthop-/ }).click()
  await page
    .getByRole('dialog', { name: 'Delete this recording?' })
    .getByRole('button', { name: 'Delete' })
    .click()
  await expect(dialog).toContainText('No recordings')
})

test('the menu stops what it began', async ({ launch }) => {
  const { app } = await launch({ config: { rules: [makeRule({ name: 'Web', to: 80, route: direct })] } })
  await app.choose('Web', 'Record packets…')
  await app.dialog.getByRole('button', { name: 'Record', exact: true }).click()
  await expect(app.rules.status('Web')).toContainText('Recording')
  await app.choose('Web', 'Stop recording')
  await expect(app.rules.status('Web')).not.toContainText('Recording')
})

test.describe('where Wireshark is installed on the desktop of the server', () => {
  test.skip(process.platform !== 'linux', 'where it is looked for on PATH')

  test('a recording opens in it, as one argument and without a shell', async ({ launch, own }) => {
    const dir = await own(makeTempDir())
    const told = dir.file('told')
    const program = dir.file('wireshark')
    await writeFile(program, `#!/bin/sh\nprintf '%s\\n' "$#" "$1" > '${told}'\n`)
    await chmod(program, 0o700)
    const env = { PATH: `${dir.path}:${process.env['PATH'] ?? ''}`, DISPLAY: ':9' }
    const { app, server } = await launch({
      config: { rules: [makeRule({ name: 'Web', to: 80, route: direct })] },
      env,
    })
    await app.choose('Web', 'Record packets…')
    await app.dialog.getByRole('button', { name: 'Record', exact: true }).click()
    await app.page.getByRole('button', { name: '1 recording is under way' }).click()
    await app.dialog.getByRole('button', { name: 'Open in Wireshark' }).click()
    const [count, path] = await until('it was started', async () => {
      const text = await readFile(told, 'utf8').catch(() => '')
      return text.endsWith('.pcapng\n') && text.split('\n')
    })
    expect(count).toBe('1')
    expect(path).toContain(`${server.configPath.replace(/[^/]*$/, '')}captures/nexthop-`)
  })
})
