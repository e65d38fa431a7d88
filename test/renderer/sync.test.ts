import { describe, expect, it, vi } from 'vitest'
import type { AppEvent } from '../../shared/contract.ts'
import type { AppSnapshot } from '../../shared/runtime.ts'
import { Sync } from '../../renderer/state/sync.ts'
import { FakeClient } from './fake-client.ts'

function setUp() {
  const client = new FakeClient()
  const snapshots: AppSnapshot[] = []
  const events: AppEvent[] = []
  const lines: string[] = []
  const failures: string[] = []
  const sync = new Sync(client, {
    onSnapshot: (snapshot) => snapshots.push(snapshot),
    onEvent: (event) => events.push(event),
    onLine: (line) => lines.push(line),
    onFailure: ({ message }) => failures.push(message),
  })
  return { client, sync, snapshots, events, lines, failures }
}

const running = { state: 'running', restarts: 0 } as const

describe('Sync', () => {
  it('hands on the snapshot, then every later event', async () => {
    const { client, sync, snapshots, events } = setUp()
    sync.watch([])
    await vi.waitFor(() => {
      expect(snapshots).toHaveLength(1)
    })
    client.publish('engine.statusChanged', running)
    expect(events.map(({ seq }) => seq)).toEqual([1])
  })

  it('keeps events that come before the snapshot, and drops those that it contains', async () => {
    const { client, sync, snapshots, events } = setUp()
    sync.watch([])
    client.publish('engine.statusChanged', running)
    const before = client.seq
    await vi.waitFor(() => {
      expect(snapshots).toHaveLength(1)
    })
    expect(snapshots[0]?.seq).toBeLessThanOrEqual(before)
    expect(events.every(({ seq }) => seq > (snapshots[0]?.seq ?? 0))).toBe(true)
  })

  it('fetches anew after a gap', async () => {
    const { client, sync, snapshots, events } = setUp()
    sync.watch([])
    await vi.waitFor(() => {
      expect(snapshots).toHaveLength(1)
    })
    client.seq += 3
    client.publish('engine.statusChanged', running)
    await vi.waitFor(() => {
      expect(snapshots).toHaveLength(2)
    })
    expect(events).toEqual([])
    expect(snapshots[1]?.seq).toBe(4)
  })

  it('takes events of a topic, which share a number, without seeing a gap', async () => {
    const { client, sync, snapshots, events } = setUp()
    sync.watch(['connections'])
    await vi.waitFor(() => {
      expect(snapshots).toHaveLength(1)
    })
    client.publish('connections.changed', { connections: [] })
    client.publish('connections.changed', { connections: [] })
    client.publish('engine.statusChanged', running)
    expect(events.map(({ name }) => name)).toEqual([
      'connections.changed',
      'connections.changed',
      'engine.statusChanged',
    ])
  })

  it('fetches anew when the line comes back, not when it opens for the first time', async () => {
    const { client, sync, snapshots, lines } = setUp()
    sync.watch([])
    await vi.waitFor(() => {
      expect(snapshots).toHaveLength(1)
    })
    client.line('lost')
    client.line('open')
    await vi.waitFor(() => {
      expect(snapshots).toHaveLength(2)
    })
    expect(lines).toEqual(['open', 'lost', 'open'])
  })

  it('says why the state can not be fetched', async () => {
    const { client, sync, failures } = setUp()
    client.failing.set('state.get', { code: 'internal', message: 'no line' })
    sync.watch([])
    await vi.waitFor(() => {
      expect(failures).toHaveLength(1)
    })
    expect(failures[0]).toContain('no line')
  })

  it('hears nothing once it is closed', async () => {
    const { client, sync, snapshots, events } = setUp()
    sync.watch([])
    await vi.waitFor(() => {
      expect(snapshots).toHaveLength(1)
    })
    sync.close()
    client.publish('engine.statusChanged', running)
    expect(events).toEqual([])
  })
})
