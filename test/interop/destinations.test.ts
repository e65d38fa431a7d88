import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PortRuleInput } from '../../shared/model/port-rule.ts'
import { makeCertificate, type Certificate } from '../support/certificate.ts'
import { managed } from '../support/managed.ts'
import { mustRun, run, type RunResult } from '../support/process.ts'
import { makeRig, type Rig, type RigOptions } from '../support/rig.ts'
import { startHaproxy } from '../support/servers/haproxy.ts'
import { freePort, startListening } from '../support/tcp-server.ts'
import { describeWith, tool } from '../support/tools.ts'

// Real clients and a real load balancer on rules whose destination is in the traffic.

const web = createServer((request, response) => {
  request.resume()
  request.on('end', () => response.end(`${request.method} ${request.url} ${request.headers.host}`))
})
let certificate: Certificate
let secure: ReturnType<typeof createSecureServer>
let webPort: number
let securePort: number

beforeAll(async () => {
  certificate = await makeCertificate()
  secure = createSecureServer({ key: certificate.key, cert: certificate.cert }, (request, response) =>
    response.end(`secret ${request.headers.host}`),
  )
  webPort = await startListening(web)
  securePort = await startListening(secure)
})
afterAll(async () => {
  for (const server of [web, secure]) {
    server.closeAllConnections()
    server.close()
  }
  await certificate.close()
})

interface Started extends Rig {
  readonly port: number
}

async function start(
  to: PortRuleInput['destination'] | number,
  rule: RigOptions['rule'] = {},
): Promise<Started> {
  const rig = await makeRig({ to, rule })
  return { ...rig, port: await rig.engine.port() }
}

function curl(...args: string[]): Promise<string> {
  return mustRun(tool('curl'), ['-sS', '--max-time', '20', '--cacert', certificate.certFile, ...args])
}

function failingCurl(...args: string[]): Promise<RunResult> {
  return run(tool('curl'), ['-sS', '--max-time', '20', ...args])
}

describeWith(['curl', 'openssl'], 'curl, by the name in the traffic', () => {
  it('with TLS: the name in SNI', async () => {
    const { port, hop } = await start({ kind: 'sniff', port: securePort, allowed: ['localhost'] })
    const answer = await curl('--connect-to', `::127.0.0.1:${port}`, 'https://localhost/')
    expect(answer).toBe('secret localhost')
    expect(hop.asks).toMatchObject([{ host: 'localhost', port: securePort }])
  })

  it('with HTTP: the name in Host', async () => {
    const { port, hop } = await start({ kind: 'sniff' })
    const url = `http://localhost:${webPort}/page`
    expect(await curl('--connect-to', `::127.0.0.1:${port}`, url)).toBe(`GET /page localhost:${webPort}`)
    expect(hop.asks).toMatchObject([{ host: 'localhost', port: webPort }])
  })
})

describeWith(['curl', 'openssl'], 'curl, with a rule as its proxy', () => {
  it.each([
    ['--socks4', '127.0.0.1'],
    ['--socks4a', 'localhost'],
    ['--socks5', '127.0.0.1'],
    ['--socks5-hostname', 'localhost'],
    ['--proxy', 'localhost'],
  ])('%s reaches an HTTPS site', async (option, host) => {
    const { port, hop, engine } = await start({ kind: 'proxy' })
    const answer = await curl('-4', option, `127.0.0.1:${port}`, `https://localhost:${securePort}/`)
    expect(answer).toBe(`secret localhost:${securePort}`)
    expect(hop.asks).toMatchObject([{ host, port: securePort }])
    expect(engine.failures).toEqual([])
  })

  it('sends plain requests over one connection, and others to their own servers', async () => {
    const { port, hop, engine } = await start({ kind: 'proxy' })
    const other = createServer((_request, response) => response.end('other'))
    const otherPort = await startListening(other)
    const here = `http://localhost:${webPort}`
    const [first, second, third, fourth] = [
      `${here}/1`,
      `${here}/2`,
      `http://localhost:${otherPort}/`,
      `${here}/3`,
    ]
    const output = await curl(
      ...['--proxy', `http://127.0.0.1:${port}`, '-d', 'a body', first, second, third, fourth],
      ...['-w', ' connects:%{num_connects}\n'],
    )
    expect(output).toBe(
      [
        `POST /1 localhost:${webPort} connects:1`,
        `POST /2 localhost:${webPort} connects:0`,
        'other connects:0',
        `POST /3 localhost:${webPort} connects:0`,
        '',
      ].join('\n'),
    )
    expect(hop.asks.map((ask) => ask.port)).toEqual([webPort, otherPort, webPort])
    expect(engine.failures).toEqual([])
    other.closeAllConnections()
    other.close()
  })

  it('is told what went wrong', async () => {
    const { port } = await start({ kind: 'proxy' }, { route: { kind: 'direct' } })
    const url = `http://127.0.0.1:${await freePort()}/`
    const socks = await failingCurl('--socks5-hostname', `127.0.0.1:${port}`, url)
    // CURLE_PROXY
    expect(socks).toMatchObject({ code: 97, stderr: expect.stringContaining('(5)') as string })
    const tunnel = await failingCurl('--proxy', `http://127.0.0.1:${port}`, '--proxytunnel', url)
    expect(tunnel.stderr).toContain('502')
    const plain = await failingCurl('--proxy', `http://127.0.0.1:${port}`, '-w', '%{http_code}', url)
    expect(plain.stdout).toMatch(/^Nexthop could not make this connection.* refused the connection\..*502$/s)
  })
})

describeWith(['curl'], 'curl --haproxy-protocol', () => {
  it('reaches a fixed destination, and one by its name', async () => {
    for (const to of [webPort, { kind: 'sniff' } as const]) {
      const { port } = await start(to, { receiveProxyHeader: true })
      const url = `http://localhost:${webPort}/x`
      const answer = await curl('--haproxy-protocol', '--connect-to', `::127.0.0.1:${port}`, url)
      expect(answer).toBe(`GET /x localhost:${webPort}`)
    }
  })

  it('is needed where a rule wants it', async () => {
    const { port, engine } = await start(webPort, { receiveProxyHeader: true })
    const { code } = await failingCurl(`http://127.0.0.1:${port}/`)
    expect(code).not.toBe(0)
    expect(await engine.failure()).toMatchObject({ unidentified: 'no-header' })
  })
})

describeWith(['haproxy', 'curl'], 'HAProxy', () => {
  describe.each(['send-proxy', 'send-proxy-v2'])('with %s', (send) => {
    it('tells the client, and where it goes', async () => {
      const { port, engine, hop } = await start({ kind: 'header' }, { receiveProxyHeader: true })
      const rules = [
        'tcp-request connection set-src ipv4(192.0.2.7)',
        `tcp-request connection set-dst-port int(${webPort})`,
      ]
      const front = await managed(startHaproxy({ to: port, server: send, rules }))
      expect(await curl(`http://127.0.0.1:${front.port}/`)).toBe(`GET / 127.0.0.1:${front.port}`)
      expect(hop.asks).toMatchObject([{ host: '127.0.0.1', port: webPort }])
      const [connection] = await engine.engine.connections()
      expect(connection?.client).toMatch(/^192\.0\.2\.7:\d+$/)
    })
  })

  it.each(['v1', 'v2'] as const)('takes the header that a rule sends, %s', async (sendProxyHeader) => {
    const back = await managed(startHaproxy({ to: webPort, bind: 'accept-proxy' }))
    const { port, engine } = await start(back.port, { sendProxyHeader })
    expect(await curl(`http://127.0.0.1:${port}/`)).toBe(`GET / 127.0.0.1:${port}`)
    expect(engine.failures).toEqual([])
  })
})
