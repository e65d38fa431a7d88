import { makeHop, makeRule } from '../support/config.ts'
import { startSocksServer } from '../support/socks-server.ts'
import { freePort, startTcpServer } from '../support/tcp-server.ts'
import { curlPort, startWebPage } from './support/curl.ts'
import { expect, test } from './support/fixtures.ts'

test('a rule whose port is taken gets a free one in two clicks, and undo takes it back', async ({
  launch,
  own,
}) => {
  const web = await own(startWebPage('moved'))
  const holder = await own(startTcpServer())
  const { app, server } = await launch({
    config: {
      rules: [makeRule({ name: 'Web', listen: holder.port, to: web.port, route: { kind: 'direct' } })],
    },
  })
  await app.page.getByRole('button', { name: '1 problem' }).click()
  const problem = app.dialog.getByRole('list', { name: 'Problems' }).getByRole('listitem')
  await expect(problem).toContainText(`127.0.0.1:${holder.port} is in use by node (pid ${process.pid}).`)
  await problem.getByRole('button', { name: 'Use a free port' }).click()
  await expect(app.dialog).toContainText('Nothing is wrong now')
  await app.page.keyboard.press('Escape')
  await expect(app.rules.status('Web')).toHaveText('Listening')
  const listen = (await server.readConfig()).rules[0]?.listen
  const port = listen?.kind === 'tcp' ? listen.port : 0
  expect(port).not.toBe(holder.port)
  expect((await curlPort(port)).stdout).toBe('moved')
  await app.undo()
  await expect(app.rules.status('Web')).toContainText('is in use by')
})

test('next hops that fail show with what helps, until they work again', async ({ launch, own }) => {
  const web = await own(startWebPage('ok'))
  const socks = await own(startSocksServer({ login: { user: 'ann', password: 'right' } }))
  const port = await freePort()
  const { app } = await launch({
    config: {
      hops: [
        makeHop({
          name: 'Office',
          port: socks.port,
          user: 'ann',
          password: 'wrong',
          failureWaitMs: 60_000,
        }),
      ],
      rules: [makeRule({ name: 'Web', listen: port, to: web.port })],
    },
  })
  await expect(app.rules.status('Web')).toHaveText('Listening')
  await curlPort(port)
  await app.page.getByRole('button', { name: '1 problem' }).click()
  const problem = app.dialog.getByRole('list', { name: 'Problems' }).getByRole('listitem')
  await expect(problem).toContainText('Office')
  await problem.getByRole('button', { name: 'Edit login' }).click()
  await app.dialog.getByText('More options').click()
  await app.dialog.getByLabel('Password', { exact: true }).fill('right')
  await app.hopDialog.save('Save')
  await expect(app.dialog).toBeHidden()
  await expect.poll(async () => (await curlPort(port)).stdout).toBe('ok')
  await expect(app.page.getByRole('button', { name: '1 problem' })).toBeHidden()
})

test('the form of a rule says who holds a port, and takes the next free one', async ({ launch, own }) => {
  const holder = await own(startTcpServer())
  const port = await freePort()
  const { app, server } = await launch({
    config: { rules: [makeRule({ name: 'Web', listen: port, to: 80, route: { kind: 'direct' } })] },
  })
  await expect(app.rules.status('Web')).toHaveText('Listening')
  const { dialog } = app.ruleDialog
  const told = dialog.getByText(`127.0.0.1:${holder.port} is in use by node (pid ${process.pid}).`)
  await app.rules.edit('Web').click()
  await app.ruleDialog.listenPort.fill(String(holder.port))
  await expect(told).toContainText(/It runs since .*\(.* ago\)\./)
  await dialog.getByRole('button', { name: /^Use port \d+, which is free$/ }).click()
  await expect(told).toBeHidden()
  await expect(app.ruleDialog.listenPort).toBeFocused()
  await app.ruleDialog.save('Save')
  await expect(dialog).toBeHidden()
  await expect(app.rules.status('Web')).toHaveText('Listening')
  const listen = (await server.readConfig()).rules[0]?.listen
  expect(listen?.kind === 'tcp' && listen.port).not.toBe(port)

  const taken = listen?.kind === 'tcp' ? listen.port : 0
  await app.page.keyboard.press('n')
  await expect(app.ruleDialog.listenPort).not.toHaveValue('')
  await app.ruleDialog.listenPort.fill(String(taken))
  await expect(dialog).toContainText('The rule “Web” listens there already.')
})
