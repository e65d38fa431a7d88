import { makeRule } from '../support/config.ts'
import { expect, test } from './support/fixtures.ts'

const rules = [makeRule({ name: 'Web', to: 80, route: { kind: 'direct' } })]

test('what another program was told to do is imported, with all that stays behind named', async ({
  launch,
}) => {
  const { app, server } = await launch({ config: { rules } })
  await app.open('Settings')
  await app.settings.importFile.setInputFiles({
    name: 'tunnels.sh',
    mimeType: 'text/x-sh',
    buffer: Buffer.from('ssh -D 1081 -L 19102:db.internal:5432 -R 80:web:80 bastion\n'),
  })
  const dialog = app.page.getByRole('dialog', { name: 'Import tunnels.sh' })
  await expect(dialog).toContainText('This is of ssh.')
  await expect(dialog).toContainText('ssh bastion, db.internal:5432 by ssh')
  await expect(dialog).toContainText('1 left out')
  await expect(dialog).toContainText('it listens on the other machine')
  await expect(dialog).toContainText('ssh -N -D 1081 bastion')
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(app.toast('Imported tunnels.sh')).toBeVisible()
  const config = await server.readConfig()
  expect(config.rules.map(({ name }) => name)).toEqual(['Web', 'db.internal:5432 by ssh'])
  expect(config.hops).toMatchObject([{ name: 'ssh bastion', host: '127.0.0.1', port: 1081 }])
})
