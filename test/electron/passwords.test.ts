import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { encryptedFile } from '../../main/electron/encrypted-file.ts'
import type { PasswordCipher } from '../../main/electron/password-cipher.ts'
import { memoryConfigFile } from '../../main/app/config-file.ts'
import { makeConfig, makeHop } from '../support/config.ts'
import { until } from '../support/until.ts'
import { configPath, hasChromium, launchDesktop, launchHidden, makeHome, useChromium } from './support.ts'

const cipher: PasswordCipher = {
  encrypt: (text) => Buffer.from(`!${text}`).toString('base64'),
  decrypt: (encrypted) => {
    const text = Buffer.from(encrypted, 'base64').toString()
    if (!text.startsWith('!')) throw new Error('another key')
    return text.slice(1)
  },
}
const lost = { encrypted: Buffer.from('?').toString('base64') }

function text(...hops: object[]): string {
  return `${JSON.stringify({ version: 1, hops, settings: {} }, undefined, 2)}\n`
}

function open(stored: string | undefined, keychain: PasswordCipher | 'none' = cipher) {
  const disk = memoryConfigFile(stored)
  const unreadable: (readonly string[])[] = []
  const used = keychain === 'none' ? undefined : keychain
  const file = encryptedFile(disk, { cipher: used, onUnreadable: (names) => unreadable.push(names) })
  return { disk, file, unreadable }
}

const hop = { id: 'h', name: 'Hop', user: 'ann', password: 'secret 123', port: 1080 }

describe('the config file with encrypted passwords', () => {
  it('gives back exactly the text that was written', () => {
    const { disk, file } = open(undefined)
    file.write(text(hop))
    expect(disk.read()).toBe(text({ ...hop, password: { encrypted: cipher.encrypt('secret 123') } }))
    expect(file.read()).toBe(text(hop))
    expect(open(disk.read()).file.read()).toBe(text(hop))
  })

  it('takes a password that was put there by hand, and encrypts it with the next change', () => {
    const { disk, file } = open(text(hop))
    expect(file.read()).toBe(text(hop))
    file.write(text(hop))
    expect(disk.read()).not.toContain('secret 123')
  })

  it.each([undefined, '', 'not json', '[]', '{"hops": 5}', '{"hops": [5, null]}', '\ufeff{}'])(
    'leaves %j as it is',
    (stored) => {
      expect(open(stored).file.read()).toBe(stored)
    },
  )

  it('writes passwords as they are where there is no keychain', () => {
    const { disk, file } = open(undefined, 'none')
    file.write(text(hop))
    expect(disk.read()).toBe(text(hop))
    expect(file.read()).toBe(text(hop))
  })

  it('does without a password that it can not read, says so once, and keeps it for better days', () => {
    const { disk, file, unreadable } = open(text({ ...hop, password: lost }))
    const { password: _, ...rest } = hop
    expect(file.read()).toBe(text(rest))
    file.read()
    expect(unreadable).toEqual([['Hop']])
    file.write(text({ ...rest, name: 'Renamed' }))
    expect(disk.read()).toContain(lost.encrypted)
    file.write(text({ ...rest, user: 'ben' }))
    expect(disk.read()).not.toContain(lost.encrypted)
    file.write(text({ ...rest, password: 'new' }))
    expect(disk.read()).toContain(cipher.encrypt('new'))
  })
})

describe('passwords of the desktop app', () => {
  const config = makeConfig({ hops: [makeHop({ port: 1080, user: 'ann', password: 'secret 123' })] })

  it.each(['none', 'basic_text'] as const)(
    'are readable where the keychain is %s, and that is said',
    async (keychain) => {
      const home = await makeHome(config)
      const desktop = await launchHidden({ home, keychain })
      desktop.tray.menu.choose('Forwarding')
      await until('it is saved', () => desktop.tray.tooltip.endsWith('forwarding is off'))
      expect(await readFile(join(home, configPath), 'utf8')).toContain('secret 123')
      const log = await readFile(join(home, 'appData/nexthop-desktop/logs/nexthop.log'), 'utf8')
      expect(log).toContain(
        'This system has no keychain that Nexthop could use, so passwords are kept readable',
      )
    },
  )

  it('are encrypted on the disk, and readable at the next start', async () => {
    const home = await makeHome(config)
    const first = await launchHidden({ home })
    first.tray.menu.choose('Forwarding')
    await until('it is saved', () => first.tray.tooltip.endsWith('forwarding is off'))
    await first.close()
    const stored = await readFile(join(home, configPath), 'utf8')
    expect(stored).not.toContain('secret 123')
    expect(stored).toContain('"encrypted"')

    const second = await launchHidden({ home })
    second.tray.menu.choose('Forwarding')
    await until('it is saved', () => second.tray.tooltip.endsWith('0 port rules listen'))
    await second.close()
    const withoutKeychain = await launchHidden({ home, keychain: 'none' })
    await withoutKeychain.close()
    const log = await readFile(join(home, 'appData/nexthop-desktop/logs/nexthop.log'), 'utf8')
    expect(log).toContain('does not give back the passwords of these next hops: Test hop.')
    expect(log).not.toContain('secret 123')
  })
})

describe.skipIf(!hasChromium)('the page', () => {
  const browser = useChromium()

  it('never gets a password, and a change from outside is taken over with the next one', async () => {
    const home = await makeHome(
      makeConfig({ hops: [makeHop({ port: 1080, user: 'ann', password: 'secret 123' })] }),
    )
    const desktop = await launchDesktop({ browser: browser(), home })
    const page = await desktop.page()
    const read = () =>
      page.evaluate(async () => JSON.stringify(await window.nexthop?.request('state.get', {})))
    expect(await read()).toContain('"hasPassword":true')
    expect(await read()).not.toContain('secret')
    const outside = (await readFile(join(home, configPath), 'utf8')).replace('Test hop', 'From outside')
    await writeFile(join(home, configPath), outside)
    await page.evaluate(() => window.nexthop?.request('forwarding.set', { on: false }))
    expect(await read()).toContain('From outside')
  })
})
