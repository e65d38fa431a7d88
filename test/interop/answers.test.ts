import { describe, expect, it } from 'vitest'
import type { PortRuleInput } from '../../shared/model/port-rule.ts'
import { chromiumArgs, chromiumPath } from '../e2e/support/chromium.ts'
import { makeConfig, makeHop, makeRule } from '../support/config.ts'
import { startEngine } from '../support/engine.ts'
import { managed } from '../support/managed.ts'
import { run } from '../support/process.ts'
import { makeTempDir } from '../support/temp-dir.ts'
import { freePort } from '../support/tcp-server.ts'
import { describeWith, tool } from '../support/tools.ts'

// Real clients whose next hop is down: each shows the reason in its own words.

/** A rule through a hop that nobody listens at; the port where clients connect. */
async function brokenRule(to: number, rule: Partial<PortRuleInput> = {}): Promise<string> {
  const hops = [makeHop({ port: await freePort(), name: 'Office proxy' })]
  const rules = [makeRule({ to: { host: 'server.internal', port: to }, ...(rule as object) })]
  const engine = await managed(startEngine(makeConfig({ hops, rules })))
  return String(await engine.port())
}

const reason =
  /The next hop "Office proxy" \(127\.0\.0\.1:\d+\) refused the connection: nothing listens there\. Check that the proxy runs/

describeWith(['curl'], 'curl', () => {
  const curl = (...args: string[]) => run(tool('curl'), ['-sS', '--max-time', '20', ...args])

  it('prints the page of HTTP/1', async () => {
    const port = await brokenRule(80)
    const { stdout } = await curl('-i', `http://127.0.0.1:${port}/`)
    expect(stdout).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/)
    expect(stdout).toMatch(reason)
    expect(stdout).toContain('proxy-status: nexthop; error=connection_refused; next-hop="127.0.0.1:')
  })

  it('gets the whole page for a large upload that is still on its way', async () => {
    const port = await brokenRule(80)
    const { stdout } = await run(
      tool('curl'),
      ['-sS', '--max-time', '20', '-H', 'Expect:', '--data-binary', '@-', `http://127.0.0.1:${port}/`],
      { input: Buffer.alloc(8_000_000, 'x') },
    )
    expect(stdout).toMatch(reason)
  })

  it('prints the page of HTTP/2 with prior knowledge', async () => {
    const port = await brokenRule(80)
    const { stdout } = await curl('-i', '--http2-prior-knowledge', `http://127.0.0.1:${port}/`)
    expect(stdout).toMatch(/^HTTP\/2 502 \r\n/)
    expect(stdout).toMatch(reason)
  })

  it('sees a refused URL where a rule blocks', async () => {
    const port = await brokenRule(80, { route: { kind: 'block' } })
    const { code, stderr } = await curl('-f', `http://127.0.0.1:${port}/`)
    expect({ code, stderr }).toMatchObject({ code: 22, stderr: expect.stringContaining('403') as string })
  })

  it.each([
    ['smtp', 25, '421'],
    ['ftp', 21, '421'],
    ['imap', 143, '\\* BYE'],
    ['pop3', 110, '-ERR'],
  ])('shows the %s greeting that refuses', async (scheme, to, code) => {
    const port = await brokenRule(to)
    const { stderr } = await curl('-v', `${scheme}://127.0.0.1:${port}/`)
    expect(stderr).toMatch(new RegExp(`< ${code} Nexthop could not make this connection: ${reason.source}`))
  })

  it('sees a reset or an end where the rule says so', async () => {
    const reset = await brokenRule(80, { onFailure: 'reset' })
    // A reset can be there before curl has looked whether it is connected.
    expect((await curl(`http://127.0.0.1:${reset}/`)).stderr).toMatch(
      /Connection reset by peer|Couldn't connect to server/,
    )
    const closed = await brokenRule(80, { onFailure: 'close' })
    expect((await curl(`http://127.0.0.1:${closed}/`)).stderr).toContain('Empty reply from server')
  })
})

describeWith(['openssl'], 'openssl', () => {
  it('reports the alert', async () => {
    const port = await brokenRule(443)
    const { stderr } = await run(tool('openssl'), ['s_client', '-connect', `127.0.0.1:${port}`])
    expect(stderr).toMatch(/alert internal error/)
  })

  it('reports that access is denied where a rule blocks', async () => {
    const port = await brokenRule(443, { route: { kind: 'block' } })
    const { stderr } = await run(tool('openssl'), ['s_client', '-connect', `127.0.0.1:${port}`])
    expect(stderr).toMatch(/alert access denied/)
  })
})

describeWith(['psql'], 'psql', () => {
  it.each(['prefer', 'disable'])('prints the reason with sslmode=%s', async (sslmode) => {
    const port = await brokenRule(5432)
    const { code, stderr } = await run(tool('psql'), [
      `host=127.0.0.1 port=${port} user=me dbname=test sslmode=${sslmode} connect_timeout=10`,
    ])
    expect(code).toBe(2)
    expect(stderr).toContain('FATAL:  Nexthop could not make this connection')
    expect(stderr).toMatch(reason)
    expect(stderr).toContain('DETAIL:  This is connection 1')
  })
})

describeWith(['mariadb'], 'mysql', () => {
  it('prints the reason', async () => {
    const port = await brokenRule(3306)
    const args = [
      '--no-defaults',
      '--protocol=TCP',
      '-h',
      '127.0.0.1',
      '-P',
      port,
      '-u',
      'me',
      '-e',
      'select 1',
    ]
    const { code, stderr } = await run(tool('mariadb'), args)
    expect(code).toBe(1)
    // Newer clients put words about TLS before it.
    expect(stderr).toMatch(/^ERROR .*\b1429\b/)
    expect(stderr).toMatch(reason)
  })
})

describeWith(['redis-cli'], 'redis-cli', () => {
  it('prints the reason', async () => {
    const port = await brokenRule(6379)
    const { stdout, stderr } = await run(tool('redis-cli'), ['-h', '127.0.0.1', '-p', port, 'get', 'key'])
    expect(stdout + stderr).toMatch(reason)
  })
})

describeWith(['ssh'], 'ssh', () => {
  it('prints the reason', async () => {
    const port = await brokenRule(22)
    const { code, stderr } = await run(tool('ssh'), [
      ...['-F', '/dev/null', '-o', 'BatchMode=yes', '-o', 'StrictHostKeyChecking=no'],
      ...['-o', 'UserKnownHostsFile=/dev/null', '-p', port, 'me@127.0.0.1', 'true'],
    ])
    expect(code).toBe(255)
    expect(stderr).toMatch(
      new RegExp(`Received disconnect from 127\\.0\\.0\\.1 port ${port}:7: Nexthop could not`),
    )
    expect(stderr).toMatch(reason)
  })
})

describe.skipIf(chromiumPath === undefined)('Chromium', () => {
  it('shows the page', async () => {
    const port = await brokenRule(80)
    const profile = await managed(makeTempDir())
    const { stdout } = await run(chromiumPath ?? '', [
      ...chromiumArgs,
      ...['--headless', '--disable-gpu', `--user-data-dir=${profile.path}`],
      ...['--dump-dom', `http://127.0.0.1:${port}/`],
    ])
    expect(stdout).toContain('<h1>Nexthop could not make this connection</h1>')
    expect(stdout).toMatch(reason)
  })
})
