import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { extractAll, listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { describe, expect, inject, it } from 'vitest'
import { makeConfig, makeRule } from '../support/config.ts'
import { launchBuilt } from '../support/electron-stand-in/launch-built.ts'
import { ElectronStandIn } from '../support/electron-stand-in/stand-in.ts'
import { managed } from '../support/managed.ts'
import { describeInOverlayRoot, inOverlayRoot } from '../support/overlay-root.ts'
import { connectTo } from '../support/peer.ts'
import { mustRun } from '../support/process.ts'
import { startEcho } from '../support/targets.ts'
import { makeTempDir } from '../support/temp-dir.ts'
import { describeWith } from '../support/tools.ts'
import { until } from '../support/until.ts'

// The desktop packages, made by electron-builder around a stand-in for the Electron distribution.

const { folder, output } = inject('desktopPackages')
const unpacked = join(folder, process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`)
const archive = join(unpacked, 'resources/app.asar')
const budgetBytes = 3_100_000
/** The state of a fuse is the code of a digit. */
const enabled = String('1'.charCodeAt(0))

const file = (pattern: RegExp) => {
  const name = readdirSync(folder).find((entry) => pattern.test(entry))
  if (name === undefined)
    throw new Error(`nothing in ${folder} is like ${pattern}. What was built:\n${output}`)
  return join(folder, name)
}

describe.runIf(process.platform === 'linux')('the desktop app, packed', () => {
  it('has only what it needs in its archive, within the budget', async () => {
    const known =
      /^\/(package\.json|LICENSE|assets(\/tray(\/\w+(-\w+)?(@2x)?\.(png|ico))?)?|out(\/(main|preload|renderer)(\/(chunks|assets))?(\/[\w.-]+\.(js|cjs|css|html|svg|md))?)?)$/
    const names = listPackage(archive, { isPack: false })
    expect(names.filter((name) => !known.test(name))).toEqual([])
    for (const name of [
      'main/index.js',
      'main/engine-worker.js',
      'preload/index.cjs',
      'renderer/index.html',
    ]) {
      expect(names).toContain(`/out/${name}`)
    }
    expect((await stat(archive)).size).toBeLessThan(budgetBytes)
  })

  it('has its fuses set', async () => {
    const wire = await getCurrentFuseWire(join(unpacked, 'nexthop-desktop'))
    const states = Object.fromEntries(
      Object.entries(FuseV1Options)
        .filter((entry): entry is [string, FuseV1Options] => typeof entry[1] === 'number')
        .map(([name, fuse]) => [name, String(wire[fuse]) === enabled]),
    )
    expect(states).toMatchObject({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      GrantFileProtocolExtraPrivileges: false,
    })
  })

  it('starts from its archive and forwards bytes', async () => {
    const { path } = await managed(makeTempDir())
    extractAll(archive, join(path, 'app'))
    const echo = await managed(startEcho())
    const rule = makeRule({ name: 'Echo', to: echo.port, route: { kind: 'direct' } })
    await mkdir(join(path, 'appData/nexthop-desktop'), { recursive: true })
    await writeFile(
      join(path, 'appData/nexthop-desktop/config.json'),
      JSON.stringify(makeConfig({ rules: [rule] })),
    )
    const desktop = await managed(new ElectronStandIn({ home: path, args: ['--hidden'] }))
    const { main } = JSON.parse(await readFile(join(path, 'app/package.json'), 'utf8')) as { main: string }
    await launchBuilt(desktop, join(path, 'app', main))
    const port = await until('the rule listens', () =>
      Number(
        /:(\d+) /.exec(desktop.tray.menu.lines().find((line) => / {2}.*:\d+ /.test(line)) ?? '')?.[1] ?? 0,
      ),
    )
    const peer = await managed(connectTo(port))
    await peer.write('through the packed app')
    expect(await peer.takeText(22)).toBe('through the packed app')
    expect(desktop.tray.image.isEmpty()).toBe(false)
  })

  it('is a tar.gz with all of it', async () => {
    const names = (await mustRun('tar', ['tzf', file(/desktop.*\.tar\.gz$/)])).split('\n')
    for (const name of ['nexthop-desktop', 'resources/app.asar', 'chrome-sandbox']) {
      expect(names.some((path) => path.endsWith(`/${name}`))).toBe(true)
    }
  })
})

const look = `
desktop-file-validate /usr/share/applications/io.github.nexthop.desktop
appstreamcli validate --no-net /usr/share/metainfo/io.github.nexthop.metainfo.xml
grep -o 'x-scheme-handler/[a-z0-9]*' /usr/share/applications/io.github.nexthop.desktop
echo "icons: $(ls /usr/share/icons/hicolor/*/apps/nexthop-desktop.png | wc -l)"
echo "program: $(readlink -f /usr/bin/nexthop-desktop)"
nexthop-desktop
`

function expectInstalled(text: string): void {
  for (const scheme of ['socks4', 'socks4a', 'socks5', 'socks5h']) {
    expect(text).toMatch(new RegExp(`^x-scheme-handler/${scheme}$`, 'm'))
  }
  expect(text).toMatch(/^icons: 9$/m)
  expect(text).toMatch(/^program: \/opt\/Nexthop\/nexthop-desktop$/m)
}

const validators = ['desktop-file-validate', 'appstreamcli']

await describeInOverlayRoot(['dpkg', ...validators], 'the desktop deb', () => {
  it('installs and goes without a trace', async () => {
    // What it depends on is not all here, and is not what this is about.
    const { output: text, left } = await inOverlayRoot(
      `dpkg --force-depends --install /tmp/*.deb\n${look}\ndpkg --purge nexthop-desktop`,
      [file(/desktop.*\.deb$/)],
    )
    expectInstalled(text)
    expect(left).toEqual([])
  })
})

await describeInOverlayRoot(['rpm', 'rpmbuild', ...validators], 'the desktop RPM', () => {
  it('installs and goes without a trace', async () => {
    const { output: text, left } = await inOverlayRoot(
      `rpm --install --nodeps /tmp/*.rpm\n${look}\nrpm --erase nexthop-desktop`,
      [file(/desktop.*\.rpm$/)],
    )
    expectInstalled(text)
    expect(left).toEqual([])
  })
})

describeWith(['appstreamcli'], 'the metadata for software centres', () => {
  it('names the version that is built', async () => {
    const text = readFileSync(
      new URL('../../assets/linux/io.github.nexthop.metainfo.xml', import.meta.url),
      'utf8',
    )
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string
    }
    expect(text).toContain(`<release version="${version}"`)
  })
})
