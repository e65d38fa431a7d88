import { flushSync, mount, unmount } from 'svelte'
import { afterEach, describe, expect, it, vi } from 'vitest'
import App from '../../renderer/App.svelte'
import { toNetworks } from '../../renderer/state/networks.ts'
import { traceFolderOf } from '../../renderer/views/settings/trace-folder.ts'
import { FakeClient } from './fake-client.ts'

let app: ReturnType<typeof mount> | undefined

/** Opens the settings of an app with two rules, one of which has its traces recorded. */
async function open(settings: object = {}): Promise<FakeClient> {
  const rule = (id: string, name: string, port: number) => ({
    id,
    name,
    listen: { kind: 'tcp', port },
    destination: { kind: 'fixed', host: 'db.internal', port: 5432 },
    route: { kind: 'direct' },
  })
  const rules = [rule('a', 'Database', 9102), { ...rule('b', 'Mail', 9103), trace: true }]
  const client = new FakeClient({ version: 1, rules, settings })
  location.hash = '/settings'
  app = mount(App, { target: document.body, props: { client } })
  await vi.waitFor(() => {
    flushSync()
    section()
  })
  return client
}

function section(): Element {
  const found = document.querySelector('section[aria-labelledby="settings-traces"]')
  if (!found) throw new Error('There are no settings of traces')
  return found
}

function words(): string {
  flushSync()
  return section().textContent.replace(/\s+/g, ' ')
}

function control(label: string): HTMLInputElement {
  flushSync()
  const labels = [...section().querySelectorAll('label')]
  const { htmlFor } = labels.find(({ textContent }) => textContent === label) ?? { htmlFor: '' }
  const found = document.getElementById(htmlFor)
  if (!found) throw new Error(`There is no "${label}"`)
  return found as HTMLInputElement
}

function enter(label: string, value: string): void {
  const found = control(label)
  found.value = value
  found.dispatchEvent(new Event('change', { bubbles: true }))
}

async function becomes(read: () => unknown, wanted: unknown): Promise<void> {
  await vi.waitFor(() => {
    expect(read()).toEqual(wanted)
  })
}

describe('the settings of traces', () => {
  afterEach(async () => {
    if (app) await unmount(app)
    document.body.innerHTML = ''
    location.hash = ''
  })

  it('ask for clients only where chosen ones are recorded, and say which rules are', async () => {
    const client = await open()
    expect(words()).toContain('Each connection has its stages recorded')
    expect(words()).not.toContain('Clients')
    enter('Record traces', 'chosen')
    await becomes(() => client.config.settings.traces.of, 'chosen')
    expect(words()).toContain('Rules that say so: Mail.')
    enter('Clients', '10.0.0.7, 192.168.0.0/16\n')
    await becomes(() => client.config.settings.traces.clients, ['10.0.0.7/32', '192.168.0.0/16'])
    await becomes(() => control('Clients').value, '10.0.0.7/32\n192.168.0.0/16')
    enter('Clients', 'nonsense')
    await vi.waitFor(() => {
      flushSync()
      expect(control('Clients').getAttribute('aria-invalid')).toBe('true')
    })
    expect(words()).toContain('nonsense')
    expect(client.config.settings.traces.clients).toEqual(['10.0.0.7/32', '192.168.0.0/16'])
  })

  it('say where files go, and hold their bounds', async () => {
    const client = await open()
    expect(words()).not.toContain('Size of all files')
    enter('Save traces as files', 'failed')
    await becomes(() => client.config.settings.traces.save, 'failed')
    expect(words()).toContain('As JSON lines in /home/user/.config/nexthop/traces')
    enter('Size of all files', '250')
    enter('Age of a file', '0')
    await becomes(() => client.config.settings.traces.mostMegabytes, 250)
    await vi.waitFor(() => {
      expect(words()).toContain('must be a whole number from 1 to 3650')
    })
    expect(client.config.settings.traces).toMatchObject({ of: 'all', save: 'failed', mostDays: 7 })
    enter('Record traces', 'none')
    await vi.waitFor(() => {
      expect(words()).toContain('Nothing is recorded, so there is nothing to save.')
    })
  })

  it('take back no change that is still on its way', async () => {
    const client = await open()
    const request = client.request.bind(client)
    vi.spyOn(client, 'request').mockImplementation(async (...call) => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      return request(...call)
    })
    enter('Record traces', 'chosen')
    enter('Save traces as files', 'all')
    await vi.waitFor(() => {
      expect(client.config.settings.traces).toMatchObject({ of: 'chosen', save: 'all' })
    })
  })

  it('speak German', async () => {
    await open({ language: 'de', traces: { save: 'all' } })
    await vi.waitFor(() => {
      expect(words()).toContain('Als JSON-Zeilen in /home/user/.config/nexthop/traces')
    })
  })
})

it.each([
  ['/home/user/.config/nexthop/config.json', '/home/user/.config/nexthop/traces'],
  [
    'C:\\Users\\Kim\\AppData\\Roaming\\nexthop\\config.json',
    'C:\\Users\\Kim\\AppData\\Roaming\\nexthop\\traces',
  ],
])('traces of %s are in %s', (config, folder) => {
  expect(traceFolderOf(config)).toBe(folder)
})

it('takes networks apart however they are typed', () => {
  expect(toNetworks(' 10.0.0.7,192.168.0.0/16\n\nfd00::/8 ')).toEqual([
    '10.0.0.7',
    '192.168.0.0/16',
    'fd00::/8',
  ])
})
