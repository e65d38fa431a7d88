import { describe, expect, it } from 'vitest'
import { makeCertificate } from '../../support/certificate.ts'
import { cli, startCli } from '../../support/cli.ts'
import { managed } from '../../support/managed.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startEcho } from '../../support/targets.ts'
import { freePort, startTcpServer } from '../../support/tcp-server.ts'
import { startTlsFront } from '../../support/tls-front.ts'

describe('nexthop check', () => {
  it('prints each stage with its time, and that the hop works', async () => {
    const socks = await managed(startSocksServer())
    const { code, stdout, stderr } = await cli(['check', `socks5://127.0.0.1:${socks.port}`])
    expect(stdout).toMatch(
      /^connect-hop +[\d.]+ ms {2}127\.0\.0\.1:\d+, IPv4\ngreet +[\d.]+ ms {2}wants no login\nThe next hop 127\.0\.0\.1:\d+ works \([\d.]+ ms\)\.\n$/,
    )
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it('asks for a target', async () => {
    const echo = await managed(startEcho())
    const socks = await managed(startSocksServer())
    const target = `127.0.0.1:${echo.port}`
    const { code, stdout } = await cli(['check', `socks5h://127.0.0.1:${socks.port}`, '--target', target])
    expect(stdout).toMatch(new RegExp(`\nrequest .*\n.*The next hop .* reaches ${target} \\(.*\\)\\.\n$`))
    expect(code).toBe(0)
  })

  it('calls a target wrong usage that SOCKS4 can not carry, as "forward" does', async () => {
    const { code, stdout, stderr } = await cli(['check', 'socks4://127.0.0.1:1', '--target', '[::1]:80'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('is an IPv6 address, which SOCKS4 has not: give a name or an IPv4 address')
  })

  it('warns once of a password that npm shows as long as it runs', async () => {
    const url = `socks5://ann:secret@127.0.0.1:${await freePort()}`
    const npm = { env: { npm_lifecycle_event: 'npx' } }
    const { stderr } = await cli(['check', url], npm)
    expect(stderr).toBe(
      'nexthop: npm shows the password in the process list as long as this runs: ' +
        'set NEXTHOP_PASSWORD, or use --password-file\n',
    )
    for (const login of ['ann@example.com:secret', 'ann:my secret']) {
      expect((await cli(['check', url.replace('ann:secret', login)], npm)).stderr).toContain('npm shows')
    }
    expect((await cli(['check', url])).stderr).toBe('')
    expect((await cli(['check', url.replace(':secret', '')], npm)).stderr).toBe('')
    expect((await cli(['forward', '0', 'a:1', `--via=${url}`, '--drain', 'x'], npm)).stderr).toContain(
      'npm shows',
    )
  })

  it('prints JSON lines for programs', async () => {
    const hop = `127.0.0.1:${await freePort()}`
    const { code, stdout } = await cli(['check', `socks5://${hop}`, '--json'])
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
    expect(lines).toMatchObject([
      { event: 'stage', stage: 'connect-hop', failure: { code: 'hop-unreachable', errno: 'ECONNREFUSED' } },
      {
        event: 'verdict',
        ok: false,
        message: `The next hop ${hop} refused the connection: nothing listens there. Check that the proxy runs, and its address and port.`,
      },
    ])
    expect(code).toBe(1)
  })

  it('names a URL where the version is wrong, and says that it works only where it reached the target', async () => {
    const echo = await managed(startEcho())
    const open = await managed(
      startSocksServer({ versions: [4], connectTo: () => ({ host: '127.0.0.1', port: echo.port }) }),
    )
    const closed = await managed(startSocksServer({ versions: [4], reply: 0x5b }))
    const says = async (url: string, args: readonly string[]) => {
      const { code, stdout } = await cli(['check', url, ...args])
      expect(code).toBe(1)
      return stdout.trimEnd().split('\n').at(-1)
    }
    const [works, rejects] = [`127.0.0.1:${open.port}`, `127.0.0.1:${closed.port}`]
    const target = ['--target', 'name.invalid:5432']
    expect(await says(`socks5h://${works}`, target)).toBe(`This one works: socks4a://${works}`)
    expect(await says(`socks5h://${rejects}`, target)).toBe(
      `It answers as SOCKS4, but does not reach name.invalid:5432 with socks4a://${rejects}`,
    )
    expect(await says(`socks5://${rejects}`, [])).toBe(`It answers as SOCKS4: try socks4://${rejects}`)
    // The name did not leave this machine but in requests to the hop.
    expect(open.asks.at(-1)).toMatchObject({ version: 4, addressType: 'name', host: 'name.invalid' })
  })

  it('names a URL with TLS for SOCKS inside TLS', async () => {
    const certificate = await managed(makeCertificate())
    const echo = await managed(startEcho())
    // Speaks before it is asked, so that it is recognised by what it says to HTTP, too.
    const socks = await managed(
      startTcpServer((peer) => peer.socket.write(Uint8Array.of(5, 0, 5, 0, 0, 1, 127, 0, 0, 1, 0, 80))),
    )
    const front = await managed(startTlsFront(socks.port, certificate))
    const hop = `127.0.0.1:${front.port}`
    const target = ['--target', `127.0.0.1:${echo.port}`]
    const { stdout } = await cli(['check', `https://${hop}`, '--insecure', ...target])
    expect(stdout).toContain('Write socks5h+tls:// or socks5+tls:// in the URL.\n')
    expect(stdout).toContain(`This one works: socks5h+tls://${hop}\n`)
  })

  it('can be interrupted', async () => {
    const socks = await managed(startSocksServer({ at: { greeting: { then: 'stall' } } }))
    const running = await managed(startCli(['check', `socks5://127.0.0.1:${socks.port}`]))
    await running.says(/connect-hop/)
    running.signal('SIGINT')
    expect(await running.ended).toBe(1)
    expect(running.stderr()).toBe('nexthop: stopped before the check was over\n')
  })
})
