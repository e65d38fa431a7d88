import { rm, stat, writeFile } from 'node:fs/promises'
import { devNull } from 'node:os'
import { describe, expect, it } from 'vitest'
import { noiseBuffer, sha256 } from '../../support/data.ts'
import { cli, listeningPort, startCli } from '../../support/cli.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { noPortIsForbidden } from '../../support/rights.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startEcho } from '../../support/targets.ts'
import { freePort, startTcpServer } from '../../support/tcp-server.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { until } from '../../support/until.ts'

describe('nexthop forward', () => {
  it('forwards through a SOCKS server, and ends in peace', async () => {
    const echo = await managed(startEcho())
    const socks = await managed(startSocksServer())
    const running = await managed(
      startCli(['forward', '0', `127.0.0.1:${echo.port}`, '--via', `socks5://127.0.0.1:${socks.port}`]),
    )
    const client = await connectTo(await listeningPort(running))
    const data = noiseBuffer(1_000_000)
    client.socket.write(data)
    expect(sha256(await client.take(data.length))).toBe(sha256(data))
    client.end()
    expect((await client.takeRest()).length).toBe(0)
    running.signal('SIGTERM')
    expect(await running.ended).toBe(0)
    expect(running.stdout()).toMatch(/^listening 127\.0\.0\.1:\d+\n$/)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'lets connections end on %s; a second one ends it at once',
    async (name) => {
      const echo = await managed(startEcho())
      const running = await managed(
        startCli(['forward', '0', `127.0.0.1:${echo.port}`, '--direct', '--drain', '30s']),
      )
      const port = await listeningPort(running)
      const client = await connectTo(port)
      client.socket.write('before')
      expect(await client.takeText(6)).toBe('before')
      running.signal(name)
      await until('it stops listening', () =>
        connectTo(port).then(
          () => false,
          () => true,
        ),
      )
      client.socket.write('after')
      expect(await client.takeText(5)).toBe('after')
      running.signal(name)
      expect(await running.ended).toBeNull()
    },
  )

  it('ends by itself once the last connection has ended', async () => {
    const echo = await managed(startEcho())
    const running = await managed(
      startCli(['forward', '0', `127.0.0.1:${echo.port}`, '--direct', '--drain', '30s']),
    )
    const client = await connectTo(await listeningPort(running))
    client.socket.write('x')
    await client.takeText(1)
    running.signal('SIGTERM')
    client.end()
    expect(await running.ended).toBe(0)
  })

  it('goes on to the next hop where one fails', async () => {
    const echo = await managed(startEcho())
    const socks = await managed(startSocksServer())
    const dead = `socks5://127.0.0.1:${await freePort()}`
    const running = await managed(
      startCli([
        ...['forward', '0', `127.0.0.1:${echo.port}`, '--retries', '0', '--drain', '0'],
        ...['--via', dead, '--via', `socks5h://127.0.0.1:${socks.port}`],
      ]),
    )
    const client = await connectTo(await listeningPort(running))
    client.socket.write('hello')
    expect(await client.takeText(5)).toBe('hello')
    // The connection did not fail: only this tells that something is wrong.
    await running.warns(/warn +The next hop "\S+" is down\. .* refused the connection/)
  })

  it('tells once how to wait less for a hop that is left alone after a failure', async () => {
    const running = await managed(
      startCli([
        'forward',
        '0',
        'db:1',
        '--retries',
        '0',
        '--via',
        `socks5h://127.0.0.1:${await freePort()}`,
      ]),
    )
    const port = await listeningPort(running)
    for (let times = 0; times < 4; times += 1) await (await connectTo(port)).ending
    running.signal('SIGTERM')
    expect(await running.ended).toBe(0)
    const told = running.stderr()
    expect(told).toMatch(/ it is left alone for another \S+ s, as its “After final failure wait” says\. /)
    expect(told.match(/info +A shorter --failure-wait lets /g)).toHaveLength(1)
  })

  it('goes through each of several hops in order with --chain', async () => {
    const echo = await managed(startEcho())
    const [first, second] = [await managed(startSocksServer()), await managed(startSocksServer())]
    const via = [`socks5h://127.0.0.1:${first.port}`, `socks4://127.0.0.1:${second.port}`]
    const running = await managed(
      startCli([
        ...['forward', '0', `127.0.0.1:${echo.port}`, '--drain', '0', '--trace', '--chain'],
        ...via.flatMap((url) => ['--via', url]),
      ]),
    )
    const client = await connectTo(await listeningPort(running))
    client.socket.write('hello')
    expect(await client.takeText(5)).toBe('hello')
    expect(first.asks).toMatchObject([{ version: 5, port: second.port }])
    expect(second.asks).toMatchObject([{ version: 4, port: echo.port }])
    client.end()
    await running.says(/ via 127\.0\.0\.1:\d+ → 127\.0\.0\.1:\d+: fine/)
  })

  it('tells of all hops where none of several works', async () => {
    const dead = [await freePort(), await freePort()].map((port) => `127.0.0.1:${port}`)
    const running = await managed(
      startCli([
        ...['forward', '0', 'db:5432', '--retries', '0'],
        ...dead.flatMap((address) => ['--via', `socks5h://${address}`]),
      ]),
    )
    await connectTo(await listeningPort(running))
    await running.warns(
      new RegExp(
        `The next hop ${dead[1]} refused the connection: nothing listens there; ` +
          `also, the next hop ${dead[0]} refused the connection: nothing listens there\\.`,
      ),
    )
  })

  it('tells why a connection failed, at which hop, and what to try', async () => {
    const hop = `127.0.0.1:${await freePort()}`
    const running = await managed(
      startCli(['forward', '0', 'db:5432', '--via', `socks5h://${hop}`, '--retries', '0']),
    )
    await connectTo(await listeningPort(running))
    await running.warns(
      new RegExp(
        `The next hop ${hop} refused the connection: nothing listens there\\. ` +
          'Check that the proxy runs, and its address and port\\.',
        'i',
      ),
    )
  })

  it('takes the login from the environment or a file', async () => {
    const echo = await managed(startEcho())
    const login = { user: 'ann', password: 'top secret' }
    const socks = await managed(startSocksServer({ login }))
    const dir = await managed(makeTempDir())
    await writeFile(dir.file('password'), 'top secret\nnot this\n')
    const via = ['--via', `socks5://ann@127.0.0.1:${socks.port}`]
    const ways: [string[], Record<string, string>][] = [
      [via, { NEXTHOP_PASSWORD: 'top secret' }],
      [[...via, '--password-file', dir.file('password')], { NEXTHOP_PASSWORD: 'wrong' }],
      [['--via', `socks5://127.0.0.1:${socks.port}`, '--user', 'ann'], { NEXTHOP_PASSWORD: 'top secret' }],
    ]
    for (const [args, env] of ways) {
      const running = await managed(
        startCli(['forward', '0', `127.0.0.1:${echo.port}`, '--drain', '0', ...args], { env }),
      )
      const client = await connectTo(await listeningPort(running))
      client.socket.write('x')
      expect(await client.takeText(1)).toBe('x')
      expect((await socks.lastAsk()).login).toEqual(login)
    }
  })

  it.each([
    ['here', 'ipv4', '127.0.0.1'],
    ['hop', 'name', 'localhost'],
  ])('resolves names %s where told', async (where, addressType, host) => {
    const echo = await managed(startEcho())
    const socks = await managed(
      startSocksServer({ connectTo: () => ({ host: '127.0.0.1', port: echo.port }) }),
    )
    const via = `socks5h://127.0.0.1:${socks.port}`
    const running = await managed(
      startCli(['forward', '0', 'localhost:7', '--via', via, '--resolve', where, '--drain', '0']),
    )
    await connectTo(await listeningPort(running))
    const ask = await socks.lastAsk()
    if (where === 'hop' || ask.addressType === 'ipv4')
      expect(ask).toMatchObject({ addressType, host, port: 7 })
    else expect(ask).toMatchObject({ addressType: 'ipv6', host: '::1' })
  })

  it('says who holds a busy port, and ends with 1', async () => {
    const other = await managed(startTcpServer())
    const { code, stdout, stderr } = await cli(['forward', `${other.port}`, 'a:1', '--direct'])
    const holder = process.platform === 'linux' ? `by .+ \\(pid ${process.pid}\\)` : 'by'
    expect(stderr).toMatch(
      new RegExp(
        `127\\.0\\.0\\.1:${other.port} is in use ${holder}.*\\. Stop that program, or choose another listen port\\.`,
      ),
    )
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  })

  it('says that a port is forbidden, and ends with 1', async ({ skip }) => {
    skip(noPortIsForbidden !== undefined, noPortIsForbidden)
    const { code, stderr } = await cli(['forward', '1', 'a:1', '--direct'], { unprivileged: true })
    expect(stderr).toContain('This user may not listen on 127.0.0.1:1.')
    expect(code).toBe(1)
  })

  it('says that an address is not of this machine, and ends with 1', async () => {
    const { code, stderr } = await cli([
      'forward',
      '192.0.2.1:0',
      'a:1',
      '--direct',
      '--allow',
      '192.0.2.0/24',
    ])
    expect(stderr).toContain('192.0.2.1:0 is not an address of this machine.')
    expect(code).toBe(1)
  })

  it('says that a password file can not be read, and ends with 1', async () => {
    const args = ['forward', '0', 'a:1', '--via', 'socks5://ann@b', '--password-file', '/nowhere/password']
    expect(await cli(args)).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'nexthop: The password file /nowhere/password can not be read: there is no such file (ENOENT).\n',
    })
  })

  it('says that a password file is empty, and ends with 1', async () => {
    const args = ['forward', '0', 'a:1', '--via', 'socks5://ann@b', '--password-file', devNull]
    expect(await cli(args)).toMatchObject({
      code: 1,
      stderr: `nexthop: The first line of the password file ${devNull} is empty.\n`,
    })
  })

  it('listens on a unix socket, and removes it', async ({ skip }) => {
    skip(process.platform === 'win32', 'Windows has named pipes instead')
    const echo = await managed(startEcho())
    const dir = await managed(makeTempDir())
    const path = dir.file('nexthop.sock')
    const running = await managed(startCli(['forward', `unix:${path}`, `127.0.0.1:${echo.port}`, '--direct']))
    await running.says(/listening unix:.+sock\n/)
    expect((await stat(path)).isSocket()).toBe(true)
    running.signal('SIGTERM')
    expect(await running.ended).toBe(0)
    await expect(rm(path)).rejects.toThrow('ENOENT')
  })

  it('tells all ports of a range', async () => {
    const first = await freePort('127.0.0.1', 3)
    const args = ['forward', String(first), 'a:5000', '--ports', '3', '--direct']
    const running = await managed(startCli(args))
    await running.says(new RegExp(`^listening 127\\.0\\.0\\.1:${first}-${first + 2}\n`))
    running.signal('SIGTERM')
    await running.ended
    const forPrograms = await managed(startCli([...args, '--json']))
    expect(JSON.parse(await forPrograms.says(/.+\n/))).toEqual({
      event: 'listening',
      address: `127.0.0.1:${first}`,
      ports: 3,
    })
  })

  it('prints JSON lines for programs', async () => {
    const running = await managed(startCli(['forward', '0', 'a:1', '--direct', '--json']))
    const line = await running.says(/.+\n/)
    expect(JSON.parse(line)).toEqual({
      event: 'listening',
      address: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string,
    })
    running.signal('SIGTERM')
    await running.ended
    for (const text of running.stderr().trimEnd().split('\n')) {
      expect(JSON.parse(text)).toMatchObject({ level: 'info', message: expect.any(String) as string })
    }
  })
})
