import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createSecureServer } from 'node:http2'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeCertificate } from '../support/certificate.ts'
import { noise, noiseSha256 } from '../support/data.ts'
import { sha256OfDownload } from '../support/download.ts'
import { forward } from '../support/forward.ts'
import { managed } from '../support/managed.ts'
import { mustRun, run } from '../support/process.ts'
import { startDante } from '../support/servers/dante.ts'
import { startMicrosocks } from '../support/servers/microsocks.ts'
import { startSshd, startSshDynamic } from '../support/servers/sshd.ts'
import { startSocksServer } from '../support/socks-server.ts'
import { freePort, startListening } from '../support/tcp-server.ts'
import { describeWith, tool } from '../support/tools.ts'

const GB = 1024 ** 3

/** Answers `/noise/BYTES` with noise, an upload with its SHA-256, and everything else with its path. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const bytes = Number(/^\/noise\/(\d+)$/.exec(request.url ?? '')?.[1])
  if (request.method === 'PUT') {
    const hash = createHash('sha256')
    for await (const chunk of request) hash.update(chunk as Buffer)
    response.end(hash.digest('hex'))
  } else if (bytes > 0) {
    response.setHeader('Content-Length', bytes)
    await pipeline(Readable.from(noise(bytes), { objectMode: false }), response)
  } else {
    response.end(`${request.method} ${request.url}`)
  }
}

const server = createServer((request, response) => {
  answer(request, response).catch(() => response.destroy())
})
let target: number

beforeAll(async () => {
  target = await startListening(server)
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

async function upload(url: string, bytes: number): Promise<string> {
  const curl = spawn(tool('curl'), ['-sS', '--fail', '-H', 'Expect:', '-T', '-', url], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let output = ''
  curl.stdout.on('data', (chunk) => (output += String(chunk)))
  const closed = new Promise((resolve) => curl.once('close', resolve))
  await pipeline(Readable.from(noise(bytes), { objectMode: false }), curl.stdin)
  expect(await closed).toBe(0)
  return output
}

describeWith(['curl'], 'curl', () => {
  it('speaks HTTP/1.1 and keeps its connection', async () => {
    const hop = await managed(startSocksServer())
    const { port, engine } = await forward({ port: hop.port }, target)
    const url = `http://127.0.0.1:${port}`
    const output = await mustRun(tool('curl'), [
      '-sS',
      `${url}/one`,
      `${url}/two`,
      '-w',
      ' %{http_version}\n',
    ])
    expect(output).toBe('GET /one 1.1\nGET /two 1.1\n')
    expect(hop.asks).toHaveLength(1)
    expect(engine.failures).toEqual([])
  })

  it('fetches 200 pages, 50 at a time', async () => {
    const hop = await managed(startSocksServer())
    const { port, engine } = await forward({ port: hop.port }, target)
    const { code, stdout } = await run(tool('curl'), [
      ...['-sS', '--fail', '--parallel', '--parallel-max', '50', '-H', 'Connection: close'],
      ...['-w', '%{http_code}\n', '-o', '/dev/null', `http://127.0.0.1:${port}/[1-200]`],
    ])
    expect(code).toBe(0)
    expect(stdout.match(/200\n/g)).toHaveLength(200)
    expect(engine.failures).toEqual([])
  })

  it('sees the reason, not an empty answer, where the hop is gone', async () => {
    const { port } = await forward({ port: await freePort() }, target)
    const { stdout } = await run(tool('curl'), ['-sS', '--include', `http://127.0.0.1:${port}/`])
    expect(stdout).toMatch(/^HTTP\/1\.1 50[234] /)
    expect(stdout).toContain('Nexthop could not make this connection')
  })
})

describeWith(['curl', 'openssl', 'sha256sum'], 'curl with TLS', () => {
  it('speaks HTTP/2 and fetches 64 MB', async () => {
    const certificate = await managed(makeCertificate())
    const bytes = 64 * 1024 ** 2
    const secure = createSecureServer({ key: certificate.key, cert: certificate.cert })
    secure.on('stream', (stream) => {
      stream.respond({ ':status': 200 })
      pipeline(Readable.from(noise(bytes), { objectMode: false }), stream).catch(() => undefined)
    })
    const hop = await managed(startSocksServer())
    const { port } = await forward({ port: hop.port }, await startListening(secure))
    const url = `https://localhost:${port}/`
    const args = [
      '-sS',
      '--http2',
      '--cacert',
      certificate.certFile,
      '--resolve',
      `localhost:${port}:127.0.0.1`,
    ]
    const sum = await mustRun('/bin/sh', ['-c', 'curl "$@" | sha256sum', 'sh', ...args, url])
    expect(sum.split(' ')[0]).toBe(noiseSha256(bytes))
    const version = await mustRun(tool('curl'), [...args, '-o', '/dev/null', '-w', '%{http_version}', url])
    expect(version).toBe('2')
    secure.close()
  })
})

// What the scriptable server says to curl shows that other tests measure by a right one.
describeWith(['curl'], 'curl through the reference hop itself', () => {
  it.each(['socks4', 'socks4a', 'socks5', 'socks5h'])('%s://', async (scheme) => {
    const login = { user: 'me', password: 'secret' }
    for (const script of [{}, ...(scheme.startsWith('socks5') ? [{ login }] : [])]) {
      const hop = await managed(startSocksServer(script))
      const proxy = `${scheme}://${'login' in script ? 'me:secret@' : ''}127.0.0.1:${hop.port}`
      const output = await mustRun(tool('curl'), ['-sS', '-x', proxy, '-4', `http://localhost:${target}/x`])
      expect(output).toBe('GET /x')
      const atHop = scheme === 'socks4a' || scheme === 'socks5h'
      expect(hop.asks[0]?.addressType).toBe(atHop ? 'name' : 'ipv4')
    }
  })
})

const hops = [
  { name: 'microsocks', tools: ['microsocks'], start: () => startMicrosocks() },
  { name: 'dante', tools: ['danted'], start: () => startDante() },
  {
    name: 'ssh -D',
    tools: ['ssh', 'sshd', 'ssh-keygen'],
    start: async () => startSshDynamic(await managed(startSshd())),
  },
]

for (const { name, tools, start } of hops) {
  describeWith(['curl', ...tools], `a gigabyte through ${name}`, () => {
    it('comes down unchanged', async () => {
      const hop = await managed(start())
      const { port, engine } = await forward({ port: hop.port }, target)
      expect(await sha256OfDownload(`http://127.0.0.1:${port}/noise/${GB}`)).toBe(noiseSha256(GB))
      expect((await engine.engine.snapshot()).totals.bytesDown).toBeGreaterThan(GB)
    })

    it('goes up unchanged', async () => {
      const hop = await managed(start())
      const { port, engine } = await forward({ port: hop.port }, target)
      expect(await upload(`http://127.0.0.1:${port}/`, GB)).toBe(noiseSha256(GB))
      expect((await engine.engine.snapshot()).totals.bytesUp).toBeGreaterThan(GB)
    })
  })
}
