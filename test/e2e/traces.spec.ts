import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeHop, makeRule } from '../support/config.ts'
import { connectTo } from '../support/peer.ts'
import { startSocksServer } from '../support/socks-server.ts'
import { startEcho } from '../support/targets.ts'
import { freePort } from '../support/tcp-server.ts'
import type { AppPage } from './pages/app-page.ts'
import { expect, test } from './support/fixtures.ts'

const direct = { kind: 'direct' } as const

async function useOnce(port: number): Promise<void> {
  const client = await connectTo(port)
  client.end('hello')
  await client.ending
}

/** Of which rules there are traces in the folder beside a config, one entry for each trace. */
async function savedTraces(configPath: string): Promise<string[]> {
  const folder = join(dirname(configPath), 'traces')
  const names = await readdir(folder).catch((): string[] => [])
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  const lines = texts.flatMap((text) => text.split('\n').filter(Boolean))
  return lines.map((line) => (JSON.parse(line) as { readonly ruleName: string }).ruleName)
}

/** The stages that the details of the newest connection of a rule tell. */
async function openNewest(app: AppPage, target: string): Promise<void> {
  await app.open('Connections')
  await app.connections.title(target).first().click()
  await expect(app.connections.details).toBeVisible()
}

test('what is recorded and saved of connections is set in the window', async ({ launch, own }) => {
  const echo = await own(startEcho())
  const [works, fails, nobody] = [await freePort(), await freePort(), await freePort()]
  const { app, server } = await launch({
    config: {
      rules: [
        makeRule({ id: 'works', name: 'Works', listen: works, to: echo.port, route: direct }),
        makeRule({ id: 'fails', name: 'Fails', listen: fails, to: nobody, route: direct }),
      ],
    },
  })
  const field = (name: string) => app.settings.main.getByLabel(name, { exact: true })
  const settings = async () => (await server.readConfig()).settings.traces
  const saved = async (name: string) =>
    (await savedTraces(server.configPath)).filter((ruleName) => ruleName === name).length
  /** Uses a rule until that is saved: a setting takes effect a moment after it shows. */
  const useUntilSaved = async (name: string, port: number) => {
    const before = await saved(name)
    await expect(async () => {
      await useOnce(port)
      await expect.poll(() => saved(name), { timeout: 1500 }).toBeGreaterThan(before)
    }).toPass()
  }

  // Failed ones alone are saved, where the settings say, and for this user alone.
  await app.open('Settings')
  await useOnce(fails)
  await field('Save traces as files').selectOption('Of failed connections')
  const folder = join(dirname(server.configPath), 'traces')
  await expect(field('Save traces as files')).toHaveAccessibleDescription(
    `As JSON lines in ${folder}, without passwords, for this user alone.`,
  )
  await useUntilSaved('Fails', fails)
  await useOnce(works)
  await useUntilSaved('Fails', fails)
  expect(await saved('Works')).toBe(0)
  expect((await stat(folder)).mode & 0o777).toBe(0o700)

  // Bounds that can not be are refused in words.
  await field('Size of all files').fill('0')
  await field('Size of all files').press('Enter')
  await expect(field('Size of all files')).toHaveAccessibleDescription(/must be a whole number from 1 to/)
  await field('Age of a file').fill('30')
  await field('Age of a file').press('Enter')
  await expect.poll(settings).toMatchObject({ save: 'failed', mostMegabytes: 100, mostDays: 30 })

  // Chosen ones alone are recorded: of the others, the outcome is all that is known.
  await field('Save traces as files').selectOption('All that are recorded')
  await field('Record traces').selectOption('Chosen ones')
  await expect(field('Record traces')).toHaveAccessibleDescription(/No rule says so yet\.$/)
  await app.open('Port rules')
  await app.rules.edit('Works').click()
  await app.dialog.getByText('More options').click()
  await app.dialog.getByLabel('Record the traces of this rule').check()
  await app.ruleDialog.save('Save')
  await expect(app.dialog).toBeHidden()
  await app.open('Settings')
  await expect(field('Record traces')).toHaveAccessibleDescription(/Rules that say so: Works\.$/)
  await useUntilSaved('Works', works)
  const savedFailures = await saved('Fails')
  await useOnce(fails)
  await useUntilSaved('Works', works)
  expect(await saved('Fails')).toBe(savedFailures)
  await openNewest(app, `127.0.0.1:${nobody}`)
  await expect(app.connections.details).toContainText('were not recorded')
  await expect(app.connections.details).toContainText('refused')
  await openNewest(app, `127.0.0.1:${echo.port}`)
  await expect(app.connections.stages.first()).toContainText('Accepted')

  // A client can be chosen, too.
  await app.open('Settings')
  await field('Clients').fill('127.0.0.0/8')
  await field('Clients').blur()
  await expect.poll(settings).toMatchObject({ of: 'chosen', clients: ['127.0.0.0/8'] })
  await useUntilSaved('Fails', fails)

  // The form of the rule keeps what it does not change.
  await app.open('Port rules')
  await app.rules.edit('Works').click()
  await app.ruleDialog.name.fill('Works well')
  await app.ruleDialog.save('Save')
  await expect(app.rules.row('Works well')).toHaveCount(1)
  expect((await server.readConfig()).rules[0]).toMatchObject({ name: 'Works well', trace: true })
})

test('what the stages note is in the language of the window', async ({ launch, own }) => {
  const echo = await own(startEcho())
  const socks = await own(startSocksServer())
  const port = await freePort()
  const { page } = (
    await launch({
      config: {
        hops: [makeHop({ name: 'Office', port: socks.port })],
        rules: [makeRule({ name: 'Echo', listen: port, to: echo.port })],
        settings: { language: 'de' },
      },
    })
  ).app
  await useOnce(port)
  await page.getByRole('link', { name: 'Verbindungen' }).click()
  await page.locator('[data-connection]').first().click()
  const stages = page.getByRole('complementary').getByRole('list')
  await expect(stages).toContainText('will keine Anmeldung')
  await expect(stages).toContainText('gewährt')
  await expect(stages).toContainText(/erstes Byte vom Client nach .*; 5 B gesendet, 5 B empfangen/)
  await expect(stages).toContainText('vom Client beendet')
})
