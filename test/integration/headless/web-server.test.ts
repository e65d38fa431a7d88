import { mkdir, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { startWebServer } from '../../../main/headless/web/web-server.ts'
import { startTestApplication } from '../../support/application.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

interface Ask {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

async function start() {
  const test = await managed(startTestApplication())
  const dir = await managed(makeTempDir())
  const rendererUrl = pathToFileURL(`${dir.file('renderer')}/`)
  const web = await managed(
    startWebServer({ app: test.app, host: '127.0.0.1', port: 0, allowedNames: [], rendererUrl }),
  )
  /** By hand, since fetch sets Host and Origin itself. */
  const ask = (path: string, { method = 'GET', headers = {}, body }: Ask = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: web.port, path, method, headers }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        )
      })
      sent.once('error', reject)
      sent.end(body)
    })
  const logIn = async () => {
    const { pathname, search } = new URL(web.newLink())
    const { headers } = await ask(pathname + search)
    return { cookie: String(headers['set-cookie']).split(';', 1)[0] ?? '' }
  }
  const json = { 'content-type': 'application/json' }
  return { ...test, web, dir, ask, logIn, json }
}

describe('the login', () => {
  it('turns a link into a cookie, once', async () => {
    const { web, ask } = await start()
    const { pathname, search } = new URL(web.newLink())
    const first = await ask(pathname + search)
    expect(first.status).toBe(303)
    expect(first.headers['location']).toBe('/')
    expect(first.headers['set-cookie']).toEqual([
      expect.stringMatching(
        new RegExp(`^nexthop-${web.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
      ),
    ])
    const second = await ask(pathname + search)
    expect(second.status).toBe(403)
    expect(second.headers['set-cookie']).toBeUndefined()
    expect(second.text).toContain('This link has logged in a browser already.')
    expect(second.text).not.toContain('printed when it started')
    expect(second.text).toContain('press Enter in the terminal')
    const guess = await ask('/login?token=guess')
    expect(guess.text).toMatch(/This link is not valid: .*, or ten wrong ones were tried/)
  })

  it('is spent by opening the link alone, not by a look at it', async () => {
    const { web, ask } = await start()
    const { pathname, search } = new URL(web.newLink())
    const look = await ask(pathname + search, { method: 'HEAD' })
    expect(look.status).toBe(200)
    expect(look.headers['set-cookie']).toBeUndefined()
    expect((await ask(pathname + search, { method: 'POST' })).status).toBe(401)
    expect((await ask(pathname + search)).status).toBe(303)
  })

  it('keeps everybody out who has no cookie, or a wrong one', async () => {
    const { ask, json, web } = await start()
    for (const headers of [{}, { cookie: `nexthop-${web.port}=guess` }]) {
      expect((await ask('/', { headers })).status).toBe(401)
      expect((await ask('/index.html', { headers })).status).toBe(401)
      expect((await ask('/events', { headers })).status).toBe(401)
      const call = await ask('/rpc/state.get', {
        method: 'POST',
        headers: { ...headers, ...json },
        body: '{}',
      })
      expect(call.status).toBe(401)
      expect(JSON.parse(call.text)).toMatchObject({
        ok: false,
        message: expect.stringContaining('Log in first') as string,
      })
    }
  })

  it('gives up a link after ten wrong tokens', async () => {
    const { web, ask } = await start()
    const { pathname, search } = new URL(web.newLink())
    for (let attempt = 0; attempt < 10; attempt += 1)
      expect((await ask('/login?token=guess')).status).toBe(403)
    expect((await ask(pathname + search)).status).toBe(403)
  })
})

describe('other hosts and sites', () => {
  it('are refused even with the cookie', async () => {
    const { ask, logIn, json, web } = await start()
    const cookie = await logIn()
    const call = (headers: Record<string, string>) =>
      ask('/rpc/state.get', { method: 'POST', headers: { ...cookie, ...json, ...headers }, body: '{}' })
    expect((await call({})).status).toBe(200)
    expect((await call({ origin: `http://127.0.0.1:${web.port}` })).status).toBe(200)
    expect((await call({ host: `evil.example:${web.port}` })).status).toBe(421)
    expect((await call({ origin: 'http://evil.example' })).status).toBe(403)
    expect((await call({ origin: 'null' })).status).toBe(403)
    expect((await call({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await ask('/events', { headers: { ...cookie, origin: 'http://evil.example' } })).status).toBe(403)
  })

  it('can not spend the login link through a fetch', async () => {
    const { web, ask } = await start()
    const { pathname, search } = new URL(web.newLink())
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }
    expect((await ask(pathname + search, { headers })).status).toBe(403)
    expect((await ask(pathname + search)).status).toBe(303)
  })

  it('get no permission from a preflight', async () => {
    const { ask } = await start()
    const { status, headers } = await ask('/rpc/state.get', {
      method: 'OPTIONS',
      headers: { origin: 'http://evil.example' },
    })
    expect(status).toBe(405)
    expect(headers).not.toHaveProperty('access-control-allow-origin')
  })
})

describe('calls', () => {
  it('are those of the contract', async () => {
    const { ask, logIn, json } = await start()
    const headers = { ...(await logIn()), ...json }
    const call = (name: string, body?: string) =>
      ask(`/rpc/${name}`, { method: 'POST', headers, ...(body !== undefined && { body }) })
    const state = await call('state.get', '{}')
    expect(JSON.parse(state.text)).toMatchObject({ ok: true, value: { config: { version: 1 } } })
    expect((await call('state.get')).status).toBe(200)
    const wrong = await call('rule.enable', '{"ids": [], "enabled": 1}')
    expect(wrong.status).toBe(400)
    expect(JSON.parse(wrong.text)).toMatchObject({ ok: false, code: 'bad-request', issues: [{}, {}] })
    expect((await call('no.such')).status).toBe(404)
    expect((await call('constructor')).status).toBe(404)
    expect((await call('state.get', '{')).status).toBe(400)
    expect((await call('../rpc')).status).toBe(404)
  })

  it('must be JSON', async () => {
    const { ask, logIn } = await start()
    const cookie = await logIn()
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', '']) {
      const headers = { ...cookie, 'content-type': type }
      expect((await ask('/rpc/state.get', { method: 'POST', headers, body: '{}' })).status).toBe(415)
    }
  })

  it('have a limit, whether the length is announced or not', async () => {
    const { ask, logIn, json, web } = await start()
    const headers = { ...(await logIn()), ...json }
    const body = `"${'x'.repeat(4 * 1024 * 1024)}"`
    const announced = await ask('/rpc/state.get', {
      method: 'POST',
      headers: { ...headers, 'content-length': String(body.length) },
      body: '',
    }).catch((error: unknown) => error)
    expect(announced).toMatchObject({ status: 413 })
    const client = await connectTo(web.port)
    client.socket.on('error', () => undefined)
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    client.socket.write(
      `POST /rpc/state.get HTTP/1.1\r\nhost: 127.0.0.1:${web.port}\r\n${lines.join('')}transfer-encoding: chunked\r\n\r\n`,
    )
    client.socket.write(`${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`)
    expect(await client.takeText(12)).toBe('HTTP/1.1 413')
  })

  it('that a client breaks off are no failures', async () => {
    const { log, ask, logIn, json, web } = await start()
    const client = await connectTo(web.port)
    const lines = Object.entries({ ...(await logIn()), ...json }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    )
    client.socket.write(
      `POST /rpc/state.get HTTP/1.1\r\nhost: 127.0.0.1:${web.port}\r\n${lines.join('')}` +
        'expect: 100-continue\r\ncontent-length: 10\r\n\r\n{',
    )
    expect(await client.takeText(12)).toBe('HTTP/1.1 100')
    client.socket.destroy()
    // What comes after it was seen is answered later.
    await ask('/')
    expect(log.entries()).toEqual([])
  })
})

describe('events', () => {
  it('are streamed, those of a topic only to who watches it', async () => {
    const { app, web, logIn } = await start()
    const { cookie } = await logIn()
    const stop = new AbortController()
    const response = await fetch(`http://127.0.0.1:${web.port}/events?watch=connections`, {
      headers: { cookie },
      signal: stop.signal,
    })
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    const lines = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    expect((await lines?.read())?.value).toBe(': connected\n\n')
    app.hub.publish('connections.changed', { connections: [] })
    expect((await lines?.read())?.value).toMatch(
      /^data: \{"seq":\d+,"name":"connections.changed","data":.+\}\n\n$/,
    )
    expect([...app.hub.watched()]).toEqual(['connections'])
    stop.abort()
    await expect.poll(() => [...app.hub.watched()]).toEqual([])
  })

  it('are told to GET alone', async () => {
    const { app, ask, logIn } = await start()
    expect((await ask('/events', { method: 'HEAD', headers: await logIn() })).status).toBe(405)
    expect([...app.hub.watched()]).toEqual([])
  })

  it('refuse an unknown topic', async () => {
    const { ask, logIn } = await start()
    expect((await ask('/events?watch=secrets', { headers: await logIn() })).status).toBe(400)
  })
})

describe('pages', () => {
  it('say what runs, and what to try, where there is no web UI', async () => {
    const { ask, logIn } = await start()
    const { status, text } = await ask('/', { headers: await logIn() })
    expect(status).toBe(200)
    expect(text).toContain('There are no port rules yet.')
    expect(text).toContain('nexthop demo')
  })

  it('are the files of the web UI and nothing beside them', async () => {
    const { ask, logIn, dir } = await start()
    await mkdir(dir.file('renderer/assets'), { recursive: true })
    await writeFile(dir.file('renderer/index.html'), '<!doctype html>')
    await writeFile(dir.file('renderer/assets/main.js'), 'export {}')
    await writeFile(dir.file('secret.json'), '{}')
    const headers = await logIn()
    expect(await ask('/', { headers })).toMatchObject({ status: 200, text: '<!doctype html>' })
    const script = await ask('/assets/main.js', { headers })
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8')
    for (const path of [
      '/../secret.json',
      '/%2e%2e/secret.json',
      '/assets/../../secret.json',
      '/assets',
      '//secret.json',
    ]) {
      expect((await ask(path, { headers })).status).toBe(404)
    }
  })

  it('all carry the security headers', async () => {
    const { ask, logIn, json } = await start()
    const cookie = await logIn()
    const answers = [
      await ask('/'),
      await ask('/login?token=x'),
      await ask('/', { headers: cookie }),
      await ask('/nowhere', { headers: cookie }),
      await ask('/rpc/state.get', { method: 'POST', headers: { ...cookie, ...json }, body: '{}' }),
      await ask('/', { headers: { host: 'evil.example' } }),
    ]
    for (const { headers } of answers) {
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/)
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
      })
    }
  })
})
