import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, type ElectronApplication } from '@playwright/test'
import { expect, inject, it, onTestFinished } from 'vitest'
import { managed } from '../support/managed.ts'
import { run } from '../support/process.ts'
import { makeTempDir } from '../support/temp-dir.ts'

// The real thing, wherever the Electron runtime and a display are.

const root = fileURLToPath(new URL('../..', import.meta.url))

function electronPath(): string | undefined {
  try {
    const name = readFileSync(join(root, 'node_modules/electron/path.txt'), 'utf8')
    const path = join(root, 'node_modules/electron/dist', name)
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

function whyNot(): string | undefined {
  if (!electronPath()) return 'the Electron runtime is not here'
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  return process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY ? 'there is no display' : undefined
}

/** Chromium's own sandbox does not work for root. */
const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const folderOfBuild = () => dirname(inject('desktopBuild'))
const mainScript = () => join(folderOfBuild(), 'out/main/index.js')

async function launch(): Promise<{ app: ElectronApplication; env: Record<string, string> }> {
  const home = (await managed(makeTempDir())).path
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[0] !== 'NODE_OPTIONS',
  )
  const env = { ...Object.fromEntries(inherited), HOME: home, XDG_CONFIG_HOME: home, APPDATA: home }
  const app = await _electron.launch({
    executablePath: electronPath() ?? '',
    args: [...flags, mainScript()],
    env,
  })
  onTestFinished(() => app.close())
  return { app, env }
}

it('runs in Electron itself: window, bridge, sandbox', async ({ skip }) => {
  const reason = whyNot()
  skip(reason !== undefined, reason)
  const { app } = await launch()
  const page = await app.firstWindow()
  expect(await page.title()).toBe('Nexthop')
  expect(page.url()).toMatch(/^app:\/\/nexthop\//)
  expect(await page.evaluate(() => Object.keys(window.nexthop ?? {}))).toEqual(['request', 'subscribe'])
  expect(await page.evaluate(() => 'require' in globalThis || 'process' in globalThis)).toBe(false)
  expect(await page.evaluate(() => window.nexthop?.request('state.get', {}))).toMatchObject({
    ok: true,
    value: { info: { shell: 'electron' }, engine: { state: 'running' } },
  })
  const outcome = await page.evaluate(() =>
    fetch('https://example.com/').then(
      () => 'sent',
      () => 'refused',
    ),
  )
  expect(outcome).toBe('refused')
})

it('is ended by a second instance with --quit', async ({ skip }) => {
  const reason = whyNot()
  skip(reason !== undefined, reason)
  const { app, env } = await launch()
  await app.firstWindow()
  const ended = new Promise((resolve) => app.process().once('exit', resolve))
  const second = await run(electronPath() ?? '', [...flags, mainScript(), '--quit'], { env })
  expect(second.code).toBe(0)
  expect(await ended).toBe(0)
})
