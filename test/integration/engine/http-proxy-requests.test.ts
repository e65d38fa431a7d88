import { createServer, request, type IncomingMessage, type RequestOptions } from 'node:http'
import { describe, expect, it } from 'vitest'
import { noiseBuffer, sha256 } from '../../support/data.ts'
import { managed } from '../../support/managed.ts'
import { makeRig } from '../../support/rig.ts'
import { startListening, startTcpServer } from '../../support/tcp-server.ts'
import { until } from '../../support/until.ts'

const text = (...lines: string[]) => [...lines, '', ''].join('\r\n')
const rig = () => makeRig({ to: { kind: 'proxy' } })

/** An HTTP server that tells what it got, and counts its connections. */
async function startWeb(name: string) {
  let connections = 0
  const server = createServer((message, response) => {
    void answer(name, message).then((body) => response.end(body))
  })
  server.on('connection', () => (connections += 1))
  const port = await startListening(server)
  return {
    port,
    server,
    connections: () => connections,
    close: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function answer(name: string, message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  const { method, url, headers } = message
  return JSON.stringify({ name, method, url, headers, body: sha256(Buffer.concat(chunks)) })
}

interface Answer {
  readonly name: string
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string
}

/** One request to the proxy, in absolute form. */
function ask(port: number, path: string, options: RequestOptions = {}, body?: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, ...options }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString()) as Answer))
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

describe('plain HTTP requests', () => {
  it('go to their servers in origin form, without what is for the proxy', async () => {
    const web = await managed(startWeb('a'))
    const { engine } = await rig()
    const got = await ask(await engine.port(), `http://localhost:${web.port}/path?query`, {
      headers: {
        Host: 'wrong',
        'Proxy-Connection': 'keep-alive',
        'Proxy-Authorization': 'Basic c2VjcmV0',
        Connection: 'keep-alive, X-Private',
        'X-Private': 'secret',
        'X-Public': 'yes',
      },
    })
    expect(got).toMatchObject({ method: 'GET', url: '/path?query' })
    expect(got.headers).toEqual({
      host: `localhost:${web.port}`,
      'x-public': 'yes',
    })
  })

  it('of one client keep their connection, change servers, and carry bodies', async () => {
    const [a, b] = [await managed(startWeb('a')), await managed(startWeb('b'))]
    const { engine, hop } = await rig()
    const client = await engine.connect()
    const body = noiseBuffer(300_000)
    const chunks = Buffer.concat([
      ...[body.subarray(0, 100_000), body.subarray(100_000)].flatMap((part) => [
        Buffer.from(`${part.length.toString(16)};ext=1\r\n`),
        part,
        Buffer.from('\r\n'),
      ]),
      Buffer.from('0\r\nTrailer: x\r\n\r\n'),
    ])
    const requests: [number, string, Buffer][] = [
      [a.port, text(`GET http://localhost:${a.port}/1 HTTP/1.1`), Buffer.alloc(0)],
      [a.port, text(`PUT http://localhost:${a.port}/2 HTTP/1.1`, `Content-Length: ${body.length}`), body],
      [a.port, text(`POST http://localhost:${a.port}/3 HTTP/1.1`, 'Transfer-Encoding: chunked'), chunks],
      [b.port, text(`GET http://localhost:${b.port}/4 HTTP/1.1`), Buffer.alloc(0)],
      [a.port, text(`GET http://localhost:${a.port}/5 HTTP/1.1`, 'Connection: close'), Buffer.alloc(0)],
    ]
    // All at once: the answers must come in order.
    await client.write(Buffer.concat(requests.flatMap(([, head, rest]) => [Buffer.from(head), rest])))
    const all = (await client.takeRest()).toString()
    const answers = [...all.matchAll(/\{"name".*\}/g)].map(([json]) => JSON.parse(json) as Answer)
    expect(answers.map(({ name, url }) => name + url)).toEqual(['a/1', 'a/2', 'a/3', 'b/4', 'a/5'])
    expect(answers.slice(1, 3).map((one) => one.body)).toEqual([sha256(body), sha256(body)])
    expect([a.connections(), b.connections()]).toEqual([2, 1])
    expect(hop.asks.map(({ port }) => port)).toEqual([a.port, b.port, a.port])
    expect(engine.failures).toEqual([])
  })

  it('that the client resets in the middle of their body reset the server', async () => {
    const server = await managed(startTcpServer())
    const { engine } = await rig()
    const client = await engine.connect()
    await client.write(text(`PUT http://127.0.0.1:${server.port}/ HTTP/1.1`, 'Content-Length: 1000') + 'part')
    const peer = await server.nextPeer()
    await until('the part is there', () => peer.received.includes('part'))
    client.reset()
    expect(await peer.ending).toBe('ECONNRESET')
  })

  it('with a chunk that is not valid are told so, and reset the server', async () => {
    const server = await managed(startTcpServer())
    const { engine } = await rig()
    const client = await engine.connect()
    const head = text(`POST http://127.0.0.1:${server.port}/ HTTP/1.1`, 'Transfer-Encoding: chunked')
    await client.write(head + '5\r\n01234\r\nno size\r\n')
    expect(await (await server.nextPeer()).ending).toBe('ECONNRESET')
    expect((await client.takeRest()).toString()).toMatch(
      /^HTTP\/1.1 400 [^]*a chunk of its body is not valid/,
    )
    client.end()
    expect((await engine.closedConnection()).closeReason).toMatchObject({ by: 'nexthop', how: 'end' })
    const clue = { code: 'http-chunk-invalid' }
    expect(engine.failures).toMatchObject([{ code: 'bad-request', unidentified: 'malformed', clue }])
  })

  it('go on where the server closed the connection that was kept', async () => {
    const server = await managed(
      startTcpServer((peer) => {
        peer.socket.once('data', () => peer.end(text('HTTP/1.1 200 OK', 'Content-Length: 2') + 'ok'))
      }),
    )
    const { engine } = await rig()
    const client = await engine.connect()
    for (let number = 0; number < 5; number += 1) {
      await client.write(text(`GET http://localhost:${server.port}/ HTTP/1.1`))
      const expected = text('HTTP/1.1 200 OK', 'Content-Length: 2') + 'ok'
      expect(await client.takeText(expected.length)).toBe(expected)
    }
    expect(engine.failures).toEqual([])
  })

  it.each([
    ['without a length', text('HTTP/1.1 200 OK', 'X: y'), 'the end'],
    ['of HTTP/1.0', text('HTTP/1.0 200 OK'), 'the end'],
  ])('get an answer %s up to its end', async (_title, head, body) => {
    const server = await managed(
      startTcpServer((peer) => peer.socket.once('data', () => peer.end(head + body))),
    )
    const { engine } = await rig()
    const client = await engine.connect()
    await client.write(text(`GET http://localhost:${server.port}/ HTTP/1.1`))
    expect((await client.takeRest()).toString()).toMatch(/Connection: close\r\n\r\nthe end$/)
  })

  it.each([
    ['in its head', 'HTTP/1.1 200 OK\r\nContent-Le'],
    ['in its body', text('HTTP/1.1 200 OK', 'Content-Length: 10') + 'half'],
    ['in a chunk', text('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked') + '5\r\nha'],
  ])('end with a reset where the answer breaks off %s', async (_title, answer) => {
    const server = await managed(startTcpServer((peer) => peer.socket.once('data', () => peer.end(answer))))
    const { engine } = await rig()
    const client = await engine.connect()
    await client.write(text(`GET http://localhost:${server.port}/ HTTP/1.1`))
    expect(await client.ending).toBe('ECONNRESET')
  })

  it('may ask for another protocol', async () => {
    const upgraded = text('HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', 'Upgrade: echo')
    const server = await managed(
      startTcpServer((peer) => {
        peer.socket.once('data', (request: Buffer) => {
          if (/upgrade: echo/i.test(request.toString())) peer.socket.write(upgraded)
          peer.socket.on('data', (chunk: Buffer) => peer.socket.write(chunk))
        })
      }),
    )
    const { engine } = await rig()
    const client = await engine.connect()
    const head = [`GET http://localhost:${server.port}/ HTTP/1.1`, 'Connection: Upgrade', 'Upgrade: echo']
    await client.write(text(...head))
    expect(await client.takeText(upgraded.length)).toBe(upgraded)
    await client.write('anything at all')
    expect(await client.takeText(15)).toBe('anything at all')
  })

  it.each([
    ['a length and chunks', ['Content-Length: 5', 'Transfer-Encoding: chunked']],
    ['two lengths', ['Content-Length: 5', 'Content-Length: 6']],
    ['another encoding', ['Transfer-Encoding: gzip']],
  ])('with %s are not passed on', async (_title, headers) => {
    const web = await managed(startWeb('a'))
    const { engine } = await rig()
    const client = await engine.connect()
    await client.write(text(`POST http://localhost:${web.port}/ HTTP/1.1`, ...headers))
    expect((await client.takeRest()).toString()).toMatch(/^HTTP\/1.1 400 /)
    expect(web.connections()).toBe(0)
  })

  it.each([
    ['a length', ['Content-Length: 100'], '0123456789'],
    ['chunks', ['Transfer-Encoding: chunked'], '5\r\n01234\r\n'],
  ])(
    'with a body of %s that is cut by the end of their client reset the server',
    async (_, headers, part) => {
      const server = await managed(startTcpServer())
      const { engine } = await rig()
      const client = await engine.connect()
      client.end(text(`POST http://localhost:${server.port}/ HTTP/1.1`, ...headers) + part)
      expect(await (await server.nextPeer()).ending).toBe('ECONNRESET')
      expect(await client.ending).toBe('ECONNRESET')
      expect((await engine.closedConnection()).closeReason).toEqual({ by: 'client', how: 'end' })
      expect(engine.failures).toEqual([])
    },
  )

  it('whose body is cut once they are being answered get the whole answer', async () => {
    const [server, web] = [await managed(startTcpServer()), await managed(startWeb('a'))]
    const { engine } = await rig()
    const client = await engine.connect()
    await client.write(text(`POST http://localhost:${server.port}/ HTTP/1.1`, 'Content-Length: 100') + 'part')
    const peer = await server.nextPeer()
    const begin = text('HTTP/1.1 413 Content Too Large', 'Content-Length: 10', 'Connection: close') + 'no, '
    await peer.write(begin)
    await client.takeText(begin.length)
    client.end()
    // What is asked later is answered later.
    await ask(await engine.port(), `http://localhost:${web.port}/`)
    peer.end('really')
    expect((await client.takeRest()).toString()).toBe('really')
  })

  it('leave the server as soon as their client is gone', async () => {
    const server = await managed(startTcpServer())
    const { engine } = await rig()
    const client = await engine.connect()
    await client.write(text(`GET http://localhost:${server.port}/ HTTP/1.1`))
    const peer = await server.nextPeer()
    client.reset()
    await peer.ending
    await engine.closedConnection()
  })
})
