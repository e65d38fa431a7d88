import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { isAllowedLink } from '../../main/electron/external-links.ts'
import { eventWith } from '../support/electron-stand-in/event.ts'
import { invokeBinding } from '../support/electron-stand-in/preload-host.ts'
import { until } from '../support/until.ts'
import { hasChromium, launchDesktop, launchHidden, smallPage, useChromium } from './support.ts'

describe('links', () => {
  it.each([
    ['https://www.rfc-editor.org/rfc/rfc1928', true],
    ['http://www.rfc-editor.org/rfc/rfc1928', false],
    ['https://www.rfc-editor.org.evil.example/rfc/rfc1928', false],
    ['https://www.rfc-editor.org@evil.example/rfc/', false],
    ['https://user:pass@www.rfc-editor.org/rfc/', false],
    ['https://www.rfc-editor.org:8443/rfc/', false],
    ['https://www.rfc-editor.org/../rfc/', true],
    ['https://www.rfc-editor.org/other/', false],
    ['https://www.wireshark.org/docs/', true],
    ['file:///etc/passwd', false],
    ['smb://server/share', false],
    ['javascript:alert(1)', false],
    ['no url', false],
  ])('%s may be opened: %s', (url, isAllowed) => {
    expect(isAllowedLink(url)).toBe(isAllowed)
  })
})

describe.skipIf(!hasChromium)('app://nexthop/', () => {
  const browser = useChromium()

  it('is a standard and secure scheme, and nothing more', async () => {
    const { session } = await launchHidden()
    expect(session.protocol.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ])
  })

  it('serves every file with a policy that allows nothing from elsewhere', async () => {
    const { session } = await launchHidden()
    for (const url of ['app://nexthop/', 'app://nexthop/page.js', 'app://nexthop/none']) {
      const headers = (await session.answer(url))?.headers
      expect(headers?.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
          "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      )
      expect(headers?.get('x-content-type-options')).toBe('nosniff')
    }
    const page = await session.answer('app://nexthop/')
    expect(page?.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await page?.text()).toBe(await readFile(new URL('index.html', smallPage), 'utf8'))
  })

  it.each([
    'app://nexthop/../support.ts',
    'app://nexthop/%2e%2e/support.ts',
    'app://nexthop/..%2fsupport.ts',
    'app://nexthop/..%5csupport.ts',
    'app://nexthop//etc/passwd',
    'app://nexthop/%00',
    'app://nexthop/page.js/',
    'app://nexthop/.',
    'app://other/',
    'app://nexthop.other/',
  ])('has nothing at %s', async (url) => {
    const { session } = await launchHidden()
    const isRoot = new URL(url).href === 'app://nexthop/'
    expect((await session.answer(url))?.status).toBe(isRoot ? 200 : 404)
  })

  it('takes GET alone', async () => {
    const { session } = await launchHidden()
    expect((await session.answer('app://nexthop/', { method: 'POST', body: 'x' }))?.status).toBe(405)
  })

  it('is held to its policy by the browser', async () => {
    const desktop = await launchDesktop({ browser: browser() })
    const page = await desktop.page()
    const violations: string[] = []
    page.on('console', (message) => violations.push(message.text()))
    const outcome = await page.evaluate(async () => {
      const script = document.createElement('script')
      script.textContent = 'globalThis.injected = true'
      document.body.append(script)
      return {
        inline: 'injected' in globalThis,
        fetched: await fetch('https://foreign.example/').then(
          () => 'fetched',
          () => 'refused',
        ),
      }
    })
    expect(outcome).toEqual({ inline: false, fetched: 'refused' })
    await until('both violations are reported', () => violations.length >= 2)
    expect(violations.join('\n')).toMatch(/script-src 'self'[\s\S]*connect-src 'self'/)
    expect(desktop.leaks).toEqual([])
  })
})

describe.skipIf(!hasChromium)('a window', () => {
  const browser = useChromium()

  it('is granted no permission', async () => {
    const { session } = await launchHidden()
    for (const permission of ['geolocation', 'notifications', 'media', 'clipboard-read', 'usb'] as const) {
      expect(await session.asks(permission)).toEqual({ requested: false, checked: false, display: false })
    }
  })

  it('sends no request to another host, even without its policy', async () => {
    const desktop = await launchDesktop({ browser: browser(), bypassCsp: true })
    const page = await desktop.page()
    const outcomes = await page.evaluate(() =>
      Promise.all(
        ['https://foreign.example/x', 'http://127.0.0.1:9/', './page.js'].map((url) =>
          fetch(url).then(
            ({ status }) => status,
            () => 'refused',
          ),
        ),
      ),
    )
    expect(outcomes).toEqual(['refused', 'refused', 200])
    expect(await desktop.session.cancels('file:///etc/passwd')).toBe(true)
    expect(await desktop.session.cancels('ws://127.0.0.1:9/')).toBe(true)
    expect(await desktop.session.cancels('blob:app://nexthop/1-2-3')).toBe(false)
    expect(await desktop.session.cancels('blob:https://foreign.example/1-2-3')).toBe(true)
    expect(desktop.leaks).toEqual([])
  })

  it('stays where it is, and opens allowed links in the browser', async () => {
    const desktop = await launchDesktop({ browser: browser() })
    const page = await desktop.page()
    const before = page.url()
    await page.click('#allowed', { noWaitAfter: true })
    await until('the link is opened', () => desktop.record.openedLinks.length > 0)
    await page.click('#foreign', { noWaitAfter: true })
    await page.evaluate(() => {
      location.href = 'https://foreign.example/by-script'
    })
    await page.click('#allowed', { noWaitAfter: true })
    await until('the link is opened again', () => desktop.record.openedLinks.length > 1)
    expect(desktop.record.openedLinks).toEqual(Array(2).fill('https://www.rfc-editor.org/rfc/rfc1928'))
    expect(page.url()).toBe(before)
    expect(await page.textContent('#state')).toBe('bridge: request, subscribe')
    expect(desktop.leaks).toEqual([])
  })

  it('opens no other window', async () => {
    const desktop = await launchDesktop({ browser: browser() })
    const page = await desktop.page()
    const pages = () => page.context().pages()
    await page.click('#new-window', { noWaitAfter: true })
    await page.evaluate(() => void open('https://www.wireshark.org/docs/'))
    await until('the allowed link is opened', () => desktop.record.openedLinks.length > 0)
    await until('no other page stays', () => pages().length === 1)
    expect(desktop.record.openedLinks).toEqual(['https://www.wireshark.org/docs/'])
    expect(desktop.window?.webContents.allowsWindow('app://nexthop/')).toBe(false)
    expect(desktop.leaks).toEqual([])
  })

  it('attaches no webview, and follows no redirect to elsewhere', async () => {
    const desktop = await launchDesktop({ browser: browser() })
    await desktop.page()
    const webview = eventWith({})
    desktop.window?.webContents.emit('will-attach-webview', webview, {}, {})
    expect(webview.defaultPrevented).toBe(true)
    const redirect = eventWith({ url: 'https://foreign.example/' })
    desktop.window?.webContents.emit('will-redirect', redirect)
    expect(redirect.defaultPrevented).toBe(true)
  })
})

describe.skipIf(!hasChromium)('messages are refused', () => {
  const browser = useChromium()
  const refused = /refused: this page may not talk to Nexthop/

  it('from a page of another host, should one ever get into the window', async () => {
    const desktop = await launchDesktop({ browser: browser() })
    const page = await desktop.page()
    const url = 'https://foreign.example/'
    desktop.foreignPages.set(url, '<title>Foreign</title>')
    await desktop.window?.webContents.load(url)
    expect(await page.title()).toBe('Foreign')
    await expect(page.evaluate(() => window.nexthop?.request('state.get', {}))).rejects.toThrow(refused)
  })

  it('from a frame inside the own page', async () => {
    const desktop = await launchDesktop({ browser: browser() })
    const page = await desktop.page()
    await page.evaluate(() => void document.body.append(document.createElement('iframe')))
    const frame = await until('there is a frame', () => page.frames()[1])
    const answer = await frame.evaluate(async (name) => {
      const invoke = (globalThis as unknown as Record<string, (...input: unknown[]) => Promise<unknown>>)[
        name
      ]
      return invoke?.('nexthop:request', [{ kind: 'call', name: 'state.get', input: {} }])
    }, invokeBinding)
    expect(answer).toEqual({ ok: false, value: expect.stringMatching(refused) as string })
  })

  it('from another window’s contents, and from a frame that is gone', async () => {
    const desktop = await launchDesktop({ browser: browser() })
    await desktop.page()
    const frame = { url: 'app://nexthop/', parent: null }
    const request = [{ kind: 'call', name: 'state.get', input: {} }]
    const { ipcMain } = desktop
    await expect(ipcMain.receive({}, frame, 'nexthop:request', request)).rejects.toThrow(refused)
    const own = desktop.window?.webContents ?? {}
    await expect(ipcMain.receive(own, null, 'nexthop:request', request)).rejects.toThrow(refused)
    expect(await ipcMain.receive(own, frame, 'nexthop:request', request)).toMatchObject({ ok: true })
  })

  it.each([
    [undefined],
    ['text'],
    [{ kind: 'other' }],
    [{ kind: 'call' }],
    [{ kind: 'subscribe', id: 'x', watch: [] }],
    [{ kind: 'subscribe', id: 1, watch: 'traffic' }],
  ])('where they are malformed: %j', async (request) => {
    const desktop = await launchDesktop({ browser: browser() })
    await desktop.page()
    const frame = { url: 'app://nexthop/', parent: null }
    const own = desktop.window?.webContents ?? {}
    await expect(desktop.ipcMain.receive(own, frame, 'nexthop:request', [request])).rejects.toThrow(
      'refused: the message is not one of Nexthop’s',
    )
  })

  it('on any other channel', async () => {
    const { ipcMain } = await launchHidden()
    expect(ipcMain.channels).toEqual(['nexthop:request'])
  })
})
