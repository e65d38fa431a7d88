import { chmod, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeHop, makeRule } from '../support/config.ts'
import { connectTo } from '../support/peer.ts'
import { mustRun } from '../support/process.ts'
import { startEcho } from '../support/targets.ts'
import { freePort } from '../support/tcp-server.ts'
import { cannotDropRights } from '../support/rights.ts'
import { makeTempDir } from '../support/temp-dir.ts'
import { curlPort, startWebPage } from './support/curl.ts'
import { expect, test } from './support/fixtures.ts'

const direct = { kind: 'direct' } as const
/** What Chromium writes to the console for requests to a server that is not there, or does not know it. */
const failedRequest = /Failed to load resource: (net::ERR_|the server responded with a status of 401)/

test('a lost server shows, and what is typed survives until it is back', async ({ launch, own }) => {
  const web = await own(startWebPage('ok'))
  const port = await freePort()
  const { app, server, complaints, openTab } = await launch({
    config: {
      hops: [makeHop({ name: 'Office', port: 1080 })],
      rules: [makeRule({ name: 'Web', listen: port, to: web.port, route: direct })],
    },
  })
  await expect(app.rules.status('Web')).toHaveText('Listening')
  await app.rules.add.click()
  await app.ruleDialog.fill({ host: 'db.internal', port: 5432, name: 'Half done' })
  complaints.allow(failedRequest)
  await server.stop()
  await expect(app.banner).toContainText('The line to Nexthop is lost. Reconnecting…')
  await expect(app.rules.row('Web')).toHaveCount(1)
  await app.ruleDialog.save('Add rule')
  await expect(app.dialog.getByRole('alert')).toContainText('Nexthop did not answer')
  await expect(app.ruleDialog.name).toHaveValue('Half done')

  await server.start()
  await expect(app.banner).toContainText('Nexthop does not know this browser any more.')
  const link = await server.newLink()
  const other = await openTab(link)
  await expect(other.rules.status('Web')).toHaveText('Listening')
  await expect(app.banner).toHaveText('')
  await app.ruleDialog.save('Add rule')
  await expect(app.dialog).toBeHidden()
  await expect(app.rules.status('Half done')).toHaveText('Listening')
  await expect(other.rules.status('Half done')).toHaveText('Listening')
  expect((await curlPort(port)).stdout).toBe('ok')
})

test('a config that somebody else changed is taken over', async ({ launch }) => {
  const hops = [makeHop({ name: 'Office', port: 1080 })]
  const { app, server } = await launch({ config: { hops } })
  await server.writeConfig({ hops, rules: [makeRule({ name: 'By hand', to: 80 })] })
  await expect(app.rules.status('By hand')).toHaveText(/Listening on 127\.0\.0\.1:\d+/)

  await writeFile(server.configPath, '{ "version": 1, "hops": [{}] }')
  await app.open('Log')
  await expect(app.log.entries.filter({ hasText: /The changed config has \d mistakes/ })).toHaveCount(1)
  await app.open('Port rules')
  await expect(app.rules.row('By hand')).toHaveCount(1)
})

interface Trouble {
  readonly name: string
  /** Why it can not be brought about here. */
  readonly missing?: string | false | undefined
  /** What is said of it. */
  readonly says: RegExp
  readonly begin: (folder: string) => Promise<unknown>
  readonly end: (folder: string) => Promise<unknown>
}

/** Ways to make every write to a folder fail. */
const troubles: readonly Trouble[] = [
  {
    name: 'on a drive that is gone',
    says: /^Could not read the config .*: a part of its path is not a folder \(ENOTDIR\)\.$/,
    begin: async (folder) => {
      await rename(folder, `${folder}-gone`)
      await writeFile(folder, '')
    },
    end: async (folder) => {
      await rm(folder)
      await rename(`${folder}-gone`, folder)
    },
  },
  {
    name: 'in a folder that is read-only',
    says: /^Could not save the config to .* Nothing was changed\.$/,
    missing: cannotDropRights,
    begin: (folder) => chmod(folder, 0o500),
    end: (folder) => chmod(folder, 0o700),
  },
  {
    name: 'on a disk that is full',
    says: /^Could not save the config to .*: the disk is full: free some space and try again \(ENOSPC\)\. Nothing was changed\.$/,
    missing: process.getuid?.() !== 0 && 'only root can mount a small disk',
    begin: async (folder) => {
      await mustRun('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', folder])
      await writeFile(join(folder, 'filler'), Buffer.alloc(4096))
    },
    end: (folder) => mustRun('umount', [folder]),
  },
]

for (const { name, missing, says, begin, end } of troubles) {
  test(`a config ${name} is not lost, and that it can not be saved is said`, async ({ launch, own }) => {
    test.skip(typeof missing === 'string', String(missing))
    const { app, server } = await launch({
      config: { rules: [makeRule({ name: 'Web', listen: await freePort(), to: 80, route: direct })] },
      unprivileged: true,
    })
    const folder = dirname(server.configPath)
    await expect(app.rules.status('Web')).toHaveText('Listening')
    const before = await server.readConfig()
    let isTroubled = true
    const recover = async () => {
      if (isTroubled) await end(folder)
      isTroubled = false
    }
    await own({ close: recover })
    await begin(folder)

    await app.rules.switch('Web').click()
    await expect(app.toast(says)).toBeVisible()
    await expect(app.rules.switch('Web')).toBeChecked()
    await expect(app.rules.status('Web')).toHaveText('Listening')
    await app.choose('Web', 'Delete')
    await expect(app.rules.row('Web')).toHaveCount(1)
    await app.rules.edit('Web').click()
    await app.ruleDialog.name.fill('Renamed')
    await app.ruleDialog.save('Save')
    await expect(app.dialog.getByRole('alert').getByText(says)).toBeVisible()

    await recover()
    expect(await server.readConfig()).toEqual(before)
    await app.ruleDialog.save('Save')
    await expect(app.rules.status('Renamed')).toHaveText('Listening')
    expect((await server.readConfig()).rules).toMatchObject([{ name: 'Renamed', enabled: true }])
    // No half-written file stays behind; the control file is of the server that runs.
    expect(await readdir(folder)).toEqual(['config.backups', 'config.control.json', 'config.json'])
  })
}

test('an engine that dies is started again, and says so', async ({ launch, own }) => {
  const echo = await own(startEcho())
  const folder = await own(makeTempDir())
  const port = await freePort()
  const { app } = await launch({
    config: { rules: [makeRule({ name: 'Echo', listen: port, to: echo.port, route: direct })] },
    env: {
      NODE_OPTIONS: `--import=${fileURLToPath(new URL('support/mortal-engine.mjs', import.meta.url))}`,
      NEXTHOP_TEST_KILL_ENGINE: folder.file('kill'),
    },
  })
  await expect(app.rules.status('Echo')).toHaveText('Listening')
  const client = await own(connectTo(port))
  await expect(app.rules.open('Echo')).toHaveText('1')

  await writeFile(folder.file('kill'), '')
  await client.ending
  await expect(app.banner).toContainText('The engine stopped and is starting again.')
  await rm(folder.file('kill'))
  await expect(app.banner).toHaveText('')
  await expect(app.rules.status('Echo')).toHaveText('Listening')
  await expect(app.rules.open('Echo')).toHaveText('0')
  const second = await own(connectTo(port))
  await second.write('again')
  expect(await second.takeText(5)).toBe('again')

  await app.open('Log')
  await expect(app.log.entries.filter({ hasText: 'The engine stopped unexpectedly' }).first()).toBeVisible()
  await app.open('Settings')
  await expect(app.settings.main).toContainText(/running, restarted \d+ times/)
})
