import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { makeHop, makeRule } from '../support/config.ts'
import { startSocksServer } from '../support/socks-server.ts'
import type { AppPage } from './pages/app-page.ts'
import { curlPort, startWebPage } from './support/curl.ts'
import { expect, test } from './support/fixtures.ts'
import { freePort } from '../support/tcp-server.ts'

const login = { user: 'ann', password: 'sesame-1-open' }

/** What a click brings as a file. */
async function download(page: Page, click: () => Promise<void>): Promise<{ name: string; text: string }> {
  const downloading = page.waitForEvent('download')
  await click()
  const file = await downloading
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}

async function exportConfig(app: AppPage, passphrase?: string) {
  await app.page.getByRole('button', { name: 'Export…' }).click()
  if (passphrase !== undefined) {
    await app.dialog.getByLabel('Include the passwords').check()
    await app.dialog.getByLabel('Passphrase').fill(passphrase)
  }
  return download(app.page, () => app.dialog.getByRole('button', { name: 'Export', exact: true }).click())
}

async function pickFile(app: AppPage, { name, text }: { name: string; text: string }): Promise<void> {
  const buffer = Buffer.from(text)
  await app.page.getByLabel('File to import').setInputFiles({ name, mimeType: 'application/json', buffer })
  await expect(app.dialog).toBeVisible()
}

const importNow = (app: AppPage) => app.dialog.getByRole('button', { name: 'Import', exact: true }).click()

test('a config with its passwords moves to another machine, locked with a passphrase', async ({
  launch,
  own,
}) => {
  const web = await own(startWebPage('through the imported rule'))
  const socks = await own(startSocksServer({ login }))
  const port = await freePort()
  const { app } = await launch({
    config: {
      hops: [makeHop({ name: 'Office', port: socks.port, ...login })],
      rules: [makeRule({ name: 'Web', listen: port, to: web.port })],
    },
  })
  await app.open('Settings')
  const file = await exportConfig(app, 'correct horse battery')
  expect(file.name).toMatch(/^nexthop-\d{4}-\d\d-\d\d\.json$/)
  expect(file.text).not.toContain(login.password)
  await app.forwarding.click()
  await expect(app.forwardingState).toHaveText('Off: nothing listens')

  const { app: there, server } = await launch()
  await there.open('Settings')
  await pickFile(there, file)
  await expect(there.dialog).toContainText('2 added')
  await expect(there.dialog).toContainText('Office, Web')
  await there.dialog.getByLabel('Passphrase of the file').fill('wrong')
  await importNow(there)
  await expect(there.dialog.getByRole('alert')).toContainText(/passphrase/i)
  expect((await server.readConfig()).hops).toEqual([])

  await there.dialog.getByLabel('Passphrase of the file').fill('correct horse battery')
  await importNow(there)
  await expect(there.toast(`Imported ${file.name}`)).toBeVisible()
  await there.open('Port rules')
  await expect.poll(async () => (await curlPort(port)).stdout).toBe('through the imported rule')
  expect((await socks.lastAsk()).login).toEqual(login)
})

test('without a passphrase no password leaves, and an import can be undone', async ({ launch }) => {
  const { app, server } = await launch({
    config: {
      hops: [makeHop({ name: 'Office', port: 1080, ...login })],
      rules: [makeRule({ name: 'Web', to: 80 })],
    },
  })
  const before = await server.readConfig()
  await app.open('Settings')
  const file = await exportConfig(app)
  expect(file.text).not.toContain(login.password)

  const other = file.text.replace('"Office"', '"Main office"').replace('"Web"', '"Website"')
  await pickFile(app, { name: 'changed.json', text: other })
  await expect(app.dialog).toContainText('2 changed')
  await importNow(app)
  await expect(app.toast('Imported changed.json')).toBeVisible()
  await expect.poll(async () => (await server.readConfig()).hops[0]?.name).toBe('Main office')
  expect((await server.readConfig()).hops[0]?.password).toBe(login.password)
  await app.undo()
  await expect.poll(() => server.readConfig()).toEqual(before)
})

test('another engine’s config is exported, and what it can not say is told before', async ({ launch }) => {
  const { app } = await launch({
    config: {
      hops: [
        makeHop({ id: 'a', name: 'Office', port: 1080, ...login }),
        makeHop({ id: 'b', name: 'Spare', port: 1081, version: '4' }),
      ],
      lists: [{ id: 'l', name: 'Both', mode: 'sticky', hopIds: ['a', 'b'] }],
      rules: [makeRule({ name: 'Web', to: 80, listen: 19180, route: { kind: 'list', listId: 'l' } })],
    },
  })
  await app.open('Settings')
  await app.page.getByRole('button', { name: 'Export…' }).click()
  const save = () => app.dialog.getByRole('button', { name: 'Export', exact: true }).click()
  await app.dialog.getByLabel('Format').selectOption('V2Ray, Xray')
  await expect(app.dialog.getByRole('region')).toContainText(/left out|works otherwise|has a place/)
  await expect(app.dialog.getByRole('region').getByRole('listitem').first()).toBeVisible()
  const plain = await download(app.page, save)
  expect(plain.name).toBe('nexthop-v2ray.json')
  expect(plain.text).not.toContain(login.password)
  expect(JSON.parse(plain.text)).toHaveProperty('inbounds')

  await app.page.getByRole('button', { name: 'Export…' }).click()
  await app.dialog.getByLabel('Format').selectOption('V2Ray, Xray')
  await app.dialog.getByLabel('Include the passwords').check()
  await expect(app.dialog).toContainText('The file then holds the passwords as they are')
  expect((await download(app.page, save)).text).toContain(login.password)
})

test('a file that is no config says what is wrong, and changes nothing', async ({ launch }) => {
  const { app, server } = await launch()
  const before = await server.readConfig()
  await app.open('Settings')
  await pickFile(app, { name: 'notes.json', text: '{ "version": 1, "hops": [{ "id": "a" }] }' })
  await expect(app.dialog.getByRole('alert')).toContainText(
    'This can not be imported: "name" is missing (and 3 more mistakes).',
  )
  await expect(app.dialog.getByRole('button', { name: 'Import', exact: true })).toBeDisabled()
  expect(await server.readConfig()).toEqual(before)
})

test('the file for a bug report holds versions, config and log, and no password', async ({ launch }) => {
  const { app } = await launch({ config: { hops: [makeHop({ name: 'Office', port: 1080, ...login })] } })
  await app.open('Settings')
  const save = app.page.getByRole('button', { name: 'Save file' })
  const { text } = await download(app.page, () => save.click())
  expect(text).toContain('Office')
  expect(text).toContain('nodeVersion')
  expect(text).not.toContain(login.password)
})
