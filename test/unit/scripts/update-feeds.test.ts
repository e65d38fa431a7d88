import { createHash, generateKeyPairSync } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { describe, expect, it } from 'vitest'
import { isSigned } from '../../../main/electron/updates/feed.ts'
import { channelsOf, feedsOf, signatureOf } from '../../../scripts/lib/update-feeds.mjs'
import { managed } from '../../support/managed.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

async function feedsFor(version: string, files: readonly string[]) {
  const folder = await managed(makeTempDir())
  for (const name of files) await writeFile(folder.file(name), `the bytes of ${name}`)
  const date = new Date('2026-01-02T03:04:05Z')
  return feedsOf({ folder: folder.path, files, version, notes: '- better', date })
}

const all = (version: string) => [
  `nexthop-${version}-setup-arm64.exe`,
  `nexthop-${version}-setup-x64.exe`,
  `nexthop-${version}-win-x64.zip`,
  `nexthop-${version}-mac-arm64.zip`,
  `nexthop-${version}-mac-x64.zip`,
  `nexthop-${version}-mac-x64.dmg`,
  `nexthop-desktop-${version}-x86_64.AppImage`,
  `nexthop-desktop-${version}-arm64.AppImage`,
  `nexthop-desktop-${version}-amd64.deb`,
  `nexthop-${version}.tgz`,
]

describe('the feeds of updates', () => {
  it('have all processors of a system in one, and betas get what is stable', async () => {
    const feeds = await feedsFor('1.2.0', all('1.2.0'))
    const files = [...feeds].map(([name, text]) => [
      name,
      (parse(text) as { files: { url: string }[] }).files.map(({ url }) => url),
    ])
    const windows = ['nexthop-1.2.0-setup-arm64.exe', 'nexthop-1.2.0-setup-x64.exe']
    const mac = ['nexthop-1.2.0-mac-arm64.zip', 'nexthop-1.2.0-mac-x64.zip']
    expect(Object.fromEntries(files)).toEqual({
      'latest.yml': windows,
      'beta.yml': windows,
      'latest-mac.yml': mac,
      'beta-mac.yml': mac,
      'latest-linux.yml': ['nexthop-desktop-1.2.0-x86_64.AppImage'],
      'beta-linux.yml': ['nexthop-desktop-1.2.0-x86_64.AppImage'],
      'latest-linux-arm64.yml': ['nexthop-desktop-1.2.0-arm64.AppImage'],
      'beta-linux-arm64.yml': ['nexthop-desktop-1.2.0-arm64.AppImage'],
    })
  })

  it('say what the updater compares with, and what the user reads', async () => {
    const [name = ''] = all('1.2.0')
    const feeds = await feedsFor('1.2.0', [name])
    const bytes = `the bytes of ${name}`
    const sha512 = createHash('sha512').update(bytes).digest('base64')
    expect(parse(feeds.get('latest.yml') ?? '')).toEqual({
      version: '1.2.0',
      files: [{ url: name, sha512, size: bytes.length }],
      path: name,
      sha512,
      releaseDate: '2026-01-02T03:04:05.000Z',
      releaseNotes: '- better',
    })
  })

  it('leave out what is of another version', async () => {
    expect(await feedsFor('1.2.0', all('1.1.0'))).toEqual(new Map())
  })

  it.each([
    ['1.0.0', ['latest', 'beta']],
    ['1.0.0-beta.2', ['beta']],
  ])('of version %s are for %j', (version, channels) => {
    expect(channelsOf(version)).toEqual(channels)
  })

  it('are signed as the app asks for', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const [feed = ''] = (await feedsFor('1.2.0', all('1.2.0'))).values()
    const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
    expect(isSigned(feed, signatureOf(feed, privateKey), key)).toBe(true)
    expect(isSigned(`${feed} `, signatureOf(feed, privateKey), key)).toBe(false)
  })

  it('know the packages by the names that electron-builder gives them', async () => {
    const config = parse(
      await readFile(new URL('../../../electron-builder.yml', import.meta.url), 'utf8'),
    ) as {
      linux: { artifactName: string }
      nsis: { artifactName: string }
      mac: { artifactName: string }
    }
    const named = ({ artifactName }: { artifactName: string }, arch: string, ext: string) =>
      artifactName.replace('${version}', '1.0.0').replace('${arch}', arch).replace('${ext}', ext)
    const files = [
      named(config.linux, 'x86_64', 'AppImage'),
      named(config.nsis, 'x64', 'exe'),
      named(config.mac, 'arm64', 'zip'),
    ]
    const feeds = await feedsFor('1.0.0', files)
    expect([...feeds.keys()].filter((name) => name.startsWith('latest'))).toEqual([
      'latest.yml',
      'latest-mac.yml',
      'latest-linux.yml',
    ])
  })
})
