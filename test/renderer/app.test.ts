import { flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import App from '../../renderer/App.svelte'
import { FakeClient } from './fake-client.ts'

const document1 = {
  version: 1,
  hops: [{ id: 'h1', name: 'Office', host: '10.0.0.5', port: 1080, version: '5' }],
  rules: [
    {
      id: 'r1',
      name: 'Database',
      listen: { kind: 'tcp', port: 9102 },
      destination: { kind: 'fixed', host: 'db.internal', port: 5432 },
      route: { kind: 'hop', hopId: 'h1' },
    },
  ],
}

let app: ReturnType<typeof mount> | undefined

async function open(client: FakeClient): Promise<void> {
  app = mount(App, { target: document.body, props: { client } })
  await vi.waitFor(() => {
    flushSync()
    expect(document.querySelector('main h1')).not.toBeNull()
  })
}

function button(name: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].find(
    (element) => (element.getAttribute('aria-label') ?? element.textContent.trim()) === name,
  )
  if (!found) throw new Error(`There is no button "${name}"`)
  return found
}

async function seen(text: string): Promise<void> {
  await vi.waitFor(() => {
    flushSync()
    expect(document.body.textContent).toContain(text)
  })
}

describe('the window', () => {
  beforeEach(() => {
    location.hash = ''
  })

  afterEach(async () => {
    if (app) await unmount(app)
    document.body.innerHTML = ''
  })

  it('teaches where there is nothing yet', async () => {
    await open(new FakeClient())
    await seen('Welcome to Nexthop')
  })

  it('shows the rules, and who holds a port', async () => {
    const client = new FakeClient(document1)
    await open(client)
    await seen('On: 1 rule listens')
    const failure = {
      code: 'port-in-use',
      target: '127.0.0.1:9102',
      holder: { pid: 812, name: 'postgres' },
    } as const
    client.setRule('r1', { status: { state: 'failed', failure } })
    await seen('127.0.0.1:9102 is in use by postgres (pid 812)')
  })

  it('switches with one call, and follows the app, not the click', async () => {
    const client = new FakeClient(document1)
    await open(client)
    client.failing.set('forwarding.set', { code: 'internal', message: 'disk full' })
    button('Forwarding').click()
    await seen('disk full')
    expect(button('Forwarding').getAttribute('aria-checked')).toBe('true')
    client.failing.clear()
    button('Forwarding').click()
    await seen('Off: nothing listens')
    expect(button('Forwarding').getAttribute('aria-checked')).toBe('false')
  })

  it('says when the line is lost, and shows the news when it is back', async () => {
    const client = new FakeClient(document1)
    await open(client)
    client.line('lost')
    await seen('The line to Nexthop is lost')
    client.line('open')
    await vi.waitFor(() => {
      flushSync()
      expect(document.body.textContent).not.toContain('The line to Nexthop is lost')
    })
  })

  it('speaks German when the settings say so', async () => {
    await open(new FakeClient({ ...document1, settings: { language: 'de', theme: 'dark' } }))
    await seen('Portregeln')
    expect(document.documentElement.lang).toBe('de')
    expect(document.documentElement.dataset.theme).toBe('dark')
  })

  it('says why there is nothing to see, and tries again', async () => {
    const client = new FakeClient(document1)
    client.failing.set('state.get', { code: 'internal', message: 'not signed in' })
    app = mount(App, { target: document.body, props: { client } })
    await seen('Nexthop can not be reached')
    client.failing.clear()
    button('Try again').click()
    await seen('Database')
  })
})
