import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HttpClient } from '../../renderer/client/http-client.ts'
import { IpcClient } from '../../renderer/client/ipc-client.ts'

class FakeEventSource {
  static opened: FakeEventSource[] = []
  readonly url: string
  onopen: (() => void) | null = null
  onerror: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  isClosed = false

  constructor(url: string) {
    this.url = url
    FakeEventSource.opened.push(this)
  }

  close(): void {
    this.isClosed = true
  }
}

describe('HttpClient', () => {
  beforeEach(() => {
    FakeEventSource.opened = []
    vi.stubGlobal('EventSource', FakeEventSource)
    vi.useFakeTimers()
  })

  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('posts calls as JSON, and hands on what comes back', async () => {
    const fetched = vi.fn(() => Promise.resolve(new Response('{"ok":true,"value":{"port":9102}}')))
    vi.stubGlobal('fetch', fetched)
    const reply = await new HttpClient().request('port.suggest', { near: 9102 })
    expect(reply).toEqual({ ok: true, value: { port: 9102 } })
    expect(fetched).toHaveBeenCalledWith(
      'rpc/port.suggest',
      expect.objectContaining({ method: 'POST', body: '{"near":9102}' }),
    )
  })

  it('says what to do when nobody answers, or the login is over', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
    const lost = await new HttpClient().request('state.get', {})
    expect(lost).toMatchObject({
      ok: false,
      message: 'Nexthop did not answer (Failed to fetch): check that it is still running, then try again',
    })
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 401 })))
    const signedOut = await new HttpClient().request('state.get', {})
    expect(signedOut).toMatchObject({
      ok: false,
      message: expect.stringContaining('"nexthop serve" prints') as string,
    })
  })

  it('opens the stream of events anew when it breaks, later and later, until it is ended', () => {
    const lines: string[] = []
    const events: unknown[] = []
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
    const end = new HttpClient().subscribe(
      ['traffic'],
      (event) => events.push(event),
      (line) => lines.push(line),
    )
    const [first] = FakeEventSource.opened
    expect(first?.url).toBe('events?watch=traffic')
    first?.onopen?.()
    first?.onmessage?.({ data: '{"seq":1}' })
    first?.onerror?.()
    expect(first?.isClosed).toBe(true)
    vi.advanceTimersByTime(500)
    FakeEventSource.opened[1]?.onerror?.()
    vi.advanceTimersByTime(999)
    expect(FakeEventSource.opened).toHaveLength(2)
    vi.advanceTimersByTime(1)
    FakeEventSource.opened[2]?.onopen?.()
    expect(lines).toEqual(['open', 'lost', 'lost', 'open'])
    expect(events).toEqual([{ seq: 1 }])
    end()
    vi.advanceTimersByTime(60_000)
    expect(FakeEventSource.opened).toHaveLength(3)
    expect(FakeEventSource.opened[2]?.isClosed).toBe(true)
  })
})

describe('a stream that the app refuses', () => {
  it('tells that the login is over', async () => {
    FakeEventSource.opened = []
    vi.stubGlobal('EventSource', FakeEventSource)
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 401 })))
    const lines: string[] = []
    const end = new HttpClient().subscribe(
      [],
      () => undefined,
      (line) => lines.push(line),
    )
    FakeEventSource.opened[0]?.onerror?.()
    await vi.waitFor(() => {
      expect(lines).toEqual(['lost', 'signed-out'])
    })
    end()
    vi.unstubAllGlobals()
  })
})

describe('IpcClient', () => {
  it('turns a rejected call into a reply', async () => {
    const client = new IpcClient({
      request: () => Promise.reject(new Error('gone')),
      subscribe: () => () => undefined,
    })
    expect(await client.request('state.get', {})).toMatchObject({ ok: false, code: 'internal' })
  })
})
