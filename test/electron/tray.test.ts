import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { LiveState } from '../../main/electron/live-state.ts'
import { textsFor } from '../../main/electron/texts.ts'
import { describeTray } from '../../main/electron/tray-model.ts'
import type { Failure } from '../../shared/errors.ts'
import { makeConfig, makeHop, makeRule, type ConfigFields } from '../support/config.ts'
import { freePort, startTcpServer } from '../support/tcp-server.ts'
import { managed } from '../support/managed.ts'
import { until } from '../support/until.ts'
import {
  configPath,
  hasChromium,
  launchDesktop,
  launchHidden,
  listeningPort,
  makeHome,
  useChromium,
} from './support.ts'

const direct = { kind: 'direct' } as const
const failure: Failure = { code: 'port-in-use', stage: 'accept', target: '127.0.0.1:9102' }
const english = textsFor('en', 'de-DE')

function stateOf(config: ConfigFields, rest: Partial<LiveState> = {}): LiveState {
  return { config: makeConfig(config), rules: new Map(), hops: new Map(), engine: 'running', ...rest }
}

const listening = { state: 'listening', address: { kind: 'tcp', host: '127.0.0.1', port: 9102 } } as const
const oneRule = { rules: [makeRule({ listen: 9102, to: 80, route: direct })] }
const viaHop = { hops: [makeHop({ port: 1080 })], rules: [makeRule({ listen: 9102, to: 80 })] }
const down = { state: 'down', at: 0, retryAt: 0, failure } as const

describe('the tray icon', () => {
  it.each([
    ['nothing to do', stateOf({}), 'off', '0 port rules listen'],
    [
      'a rule listens',
      stateOf(oneRule, { rules: new Map([['rule', listening]]) }),
      'on',
      '1 port rule listens',
    ],
    ['switched off', stateOf({ ...oneRule, settings: { forwarding: false } }), 'off', 'forwarding is off'],
    [
      'a rule failed',
      stateOf(oneRule, { rules: new Map([['rule', { state: 'failed', failure }]]) }),
      'problem',
      '"Test rule" can not listen',
    ],
    [
      'a rule that is off failed before',
      stateOf(
        { rules: [makeRule({ listen: 9102, to: 80, route: direct, enabled: false })] },
        { rules: new Map([['rule', { state: 'failed', failure }]]) },
      ),
      'off',
      '0 port rules listen',
    ],
    [
      'a hop in use is down',
      stateOf(viaHop, { rules: new Map([['rule', listening]]), hops: new Map([['hop', down]]) }),
      'problem',
      'the next hop "Test hop" is down',
    ],
    [
      'a hop that nobody uses is down',
      stateOf(
        { ...oneRule, hops: [makeHop({ port: 1080 })] },
        { rules: new Map([['rule', listening]]), hops: new Map([['hop', down]]) },
      ),
      'on',
      '1 port rule listens',
    ],
    [
      'the engine is on its way',
      stateOf(oneRule, { engine: 'restarting', rules: new Map([['rule', { state: 'starting' }]]) }),
      'problem',
      'the engine is started again',
    ],
  ] as const)('%s', (_name, state, icon, tooltip) => {
    expect(describeTray(state, english)).toMatchObject({ icon, tooltip: `Nexthop: ${tooltip}` })
  })

  it('has a menu that fits onto a screen', () => {
    const rules = Array.from({ length: 40 }, (_, index) =>
      makeRule({ id: `r${index}`, listen: 9000 + index, to: 80, route: direct }),
    )
    const { items } = describeTray(stateOf({ rules }), english)
    expect(items.filter(({ kind }) => kind === 'check')).toHaveLength(26)
    expect(items).toContainEqual({ kind: 'command', label: '15 more …', action: { kind: 'open' } })
  })

  it('speaks the language of the settings, else of the system', () => {
    expect(textsFor('system', 'de-AT').quit).toBe('Nexthop beenden')
    expect(textsFor('system', 'fr').quit).toBe('Quit Nexthop')
    expect(textsFor('en', 'de').quit).toBe('Quit Nexthop')
  })
})

describe('the tray menu', () => {
  const config = makeConfig({
    rules: [
      makeRule({ id: 'a', name: 'R&D', to: 9, route: direct }),
      makeRule({ id: 'b', name: 'Off', listen: 9103, to: 9, route: direct, enabled: false }),
    ],
  })

  it('shows each rule with its port, and what can be done', async () => {
    const desktop = await launchHidden({ config })
    const port = await listeningPort(desktop)
    expect(desktop.tray.menu.lines()).toEqual([
      '[x] Forwarding',
      '---',
      `[x] ${port}  R&&D`,
      '[ ] 9103  Off',
      '---',
      'Copy address',
      `  127.0.0.1:${port}  R&&D`,
      'Open Nexthop',
      '---',
      'Quit Nexthop',
    ])
    expect(desktop.tray.tooltip).toBe('Nexthop: 1 port rule listens')
    desktop.tray.menu.choose(`127.0.0.1:${port}`)
    expect(desktop.record.clipboard).toBe(`127.0.0.1:${port}`)
  })

  it('switches forwarding and rules', async () => {
    const desktop = await launchHidden({ config })
    await listeningPort(desktop)
    desktop.tray.menu.choose('Forwarding')
    await until('it is off', () => desktop.tray.tooltip === 'Nexthop: forwarding is off')
    expect(desktop.tray.image.path).toMatch(/off-light\.png$/)
    expect(desktop.tray.menu.lines()[0]).toBe('[ ] Forwarding')
    desktop.tray.menu.choose('Forwarding')
    await until('it is on', () => desktop.tray.image.path.endsWith('on-light.png'))
    desktop.tray.menu.choose('R&&D')
    await until('the rule is off', () => desktop.tray.tooltip === 'Nexthop: 0 port rules listen')
    expect(desktop.tray.menu.lines()).toContain('[ ] 0  R&&D')
  })

  it('switches between profiles', async () => {
    const profiles = [
      { id: 'p', name: 'Home', ruleIds: ['a'], lists: [] },
      { id: 'q', name: 'Office', ruleIds: ['b'], lists: [] },
    ]
    const desktop = await launchHidden({ config: { ...config, profiles, activeProfileId: 'p' } })
    await listeningPort(desktop)
    expect(desktop.tray.menu.lines()).toEqual(
      expect.arrayContaining(['Profile', '  [x] Home', '  [ ] Office']),
    )
    desktop.tray.menu.choose('Office')
    await until('the profile is in use', () => desktop.tray.menu.lines().includes('  [x] Office'))
    await until('its rules are the ones that are on', () => {
      const lines = desktop.tray.menu.lines()
      return lines.includes('[ ] 0  R&&D') && lines.includes('[x] 9103  Off')
    })
  })

  it('shows a rule that can not listen', async () => {
    const taken = await managed(startTcpServer())
    const rules = [makeRule({ listen: taken.port, to: 9, route: direct })]
    const desktop = await launchHidden({ config: makeConfig({ rules }) })
    await until('the problem shows', () => desktop.tray.image.path.endsWith('problem-light.png'))
    expect(desktop.tray.tooltip).toBe('Nexthop: "Test rule" can not listen')
    expect(desktop.tray.menu.lines()).toContain(`[x] ${taken.port}  Test rule (failed)`)
  })

  it('has an image for light and dark bars', async () => {
    const desktop = await launchHidden()
    expect(desktop.tray.image.path).toMatch(/off-light\.png$/)
    desktop.theme.shouldUseDarkColorsForSystemIntegratedUI = true
    desktop.theme.emit('updated')
    expect(desktop.tray.image.path).toMatch(/off-dark\.png$/)
    expect(desktop.tray.image.isEmpty()).toBe(false)
  })

  it('takes a tick back where the change could not be saved, and says why', async () => {
    const home = await makeHome(config)
    const desktop = await launchHidden({ home })
    await listeningPort(desktop)
    await rm(join(home, configPath))
    await mkdir(join(home, configPath))
    desktop.tray.menu.choose('Forwarding')
    await until('it is told', () => desktop.record.notifications.length > 0)
    expect(desktop.record.notifications[0]?.body).toBe(
      `Could not read the config ${join(home, configPath)}: it is a folder, not a file (EISDIR).`,
    )
    await until('the tick is back', () => desktop.tray.menu.lines()[0] === '[x] Forwarding')
  })
})

describe.skipIf(!hasChromium)('the tray follows the window', () => {
  const browser = useChromium()

  it('so closely that it shows a change before the page has its answer', async () => {
    const port = await freePort()
    const config = makeConfig({ rules: [makeRule({ listen: port, to: 9, route: direct, enabled: false })] })
    const desktop = await launchDesktop({ browser: browser(), config })
    const page = await desktop.page()
    await page.evaluate(() => window.nexthop?.request('rule.enable', { ids: ['rule'], enabled: true }))
    expect(desktop.tray.menu.lines()).toContain(`[x] ${port}  Test rule`)
    expect(desktop.tray.tooltip).toBe('Nexthop: 1 port rule listens')
    await page.evaluate(() => window.nexthop?.request('forwarding.set', { on: false }))
    expect(desktop.tray.tooltip).toBe('Nexthop: forwarding is off')
  })
})
