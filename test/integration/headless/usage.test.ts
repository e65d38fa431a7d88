import { devNull } from 'node:os'
import { describe, expect, it } from 'vitest'
import { commands } from '../../../main/headless/commands.ts'
import { cli } from '../../support/cli.ts'

const names = commands.map(({ name }) => name)

describe('nexthop', () => {
  it('shows its help', async () => {
    for (const args of [['--help'], ['-h'], ['help']]) {
      const { code, stdout, stderr } = await cli(args)
      expect(stdout).toContain('Usage: nexthop COMMAND [options]')
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    }
  })

  it('shows the help of each command', async () => {
    for (const name of names) {
      for (const args of [
        [name, '--help'],
        ['help', name],
      ]) {
        const { code, stdout, stderr } = await cli(args)
        expect(stdout).toContain(`Usage: nexthop ${name}`)
        expect(stdout).toContain('Examples:')
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      }
    }
  })

  it.runIf(process.platform === 'linux')('fails where its output can not be written', async () => {
    const script = 'exec "$@" >/dev/full'
    const { code, stderr } = await cli(['man'], { through: ['sh', '-c', script, 'sh'] })
    expect(stderr).toContain('ENOSPC')
    expect(code).toBe(1)
  })

  it('shows its version', async () => {
    for (const option of ['--version', '-v', '-V']) {
      expect(await cli([option])).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' })
    }
    expect(await cli(['--version', '--json'])).toEqual({
      code: 0,
      stdout: '{"version":"0.1.0"}\n',
      stderr: '',
    })
  })

  it('names the option, or the file, that holds a wrong value', async () => {
    const direct = ['forward', '0', 'a:1', '--direct']
    const hops = ['forward', '0', 'a:1', '--via', 'https://b', '--via', 'https://c']
    const cases: [string[], number, string][] = [
      [[...direct, '--log-level', 'loud'], 2, '--log-level: Log level must be'],
      [[...direct, '--threads', '99'], 2, '--threads: Threads must be'],
      [[...hops, '--retries', '-1'], 2, '--retries must be a whole number, 0 or more'],
      [[...hops, '--failure-wait', '-5s'], 2, '--failure-wait must be a time like 10, 500ms'],
      [[...hops, '--ca-file', devNull], 1, `The CA file ${devNull} holds no certificate as PEM text`],
    ]
    for (const [args, exit, message] of cases) {
      const { code, stderr } = await cli(args)
      expect({ code, told: stderr.split(message).length - 1 }).toEqual({ code: exit, told: 1 })
    }
  })

  it('says what is wrong with the usage, and ends with 2', async () => {
    const forward = 'See "nexthop forward --help".\n'
    const cases: [string[], string][] = [
      [['forwad'], 'nexthop: there is no command "forwad"; did you mean forward?\nSee "nexthop --help".\n'],
      [
        ['version'],
        'nexthop: there is no command "version"; did you mean --version?\nSee "nexthop --help".\n',
      ],
      [
        ['forward', '0', '5432', '--direct'],
        `nexthop: TARGET: "5432" is not host:port: write host:port; for this machine itself, localhost:5432\n${forward}`,
      ],
      [
        ['xyzzy'],
        `nexthop: there is no command "xyzzy"; the commands are ${names.join(', ')}\nSee "nexthop --help".\n`,
      ],
      [
        ['forward', '9102', 'a:1'],
        `nexthop: --via URL is missing: say through which next hop, or --direct for none\n${forward}`,
      ],
      [
        ['forward', '9102', 'a:1', '--direct', '--via', 'socks5://b'],
        `nexthop: --via and --direct exclude each other: keep one\n${forward}`,
      ],
      [
        ['forward', '9102', 'a:1', '--chain', '--via', 'socks5://b'],
        `nexthop: --chain needs at least two next hops: give --via URL once more\n${forward}`,
      ],
      [
        ['forward', '9102', 'a:1', '--via', 'socks5://b,socks5://c'],
        'nexthop: each next hop needs a --via of its own: "--via A --via B" tries one after the other, and with --chain, ' +
          `B is reached through A\n${forward}`,
      ],
      [
        [
          'forward',
          '9102',
          'a:1',
          '--via',
          'socks5://u:pw@b',
          '--via',
          'socks5://c',
          '--via',
          'socks5://u:pw@b:1080',
        ],
        `nexthop: --via number 3 is the same as one before it: leave it out\n${forward}`,
      ],
      [
        ['forward', '9102', 'a:1', '--via', 'socks5://b', '--connect-timeout', '0'],
        `nexthop: --connect-timeout: Connect time-out must be a time from 100ms to 5min\n${forward}`,
      ],
      [
        ['check', 'socks5://b', '--handshake-timeout', '10min'],
        'nexthop: Handshake time-out must be a time from 100ms to 5min.\nSee "nexthop check --help".\n',
      ],
      [
        ['forward', '99999', 'a:1', '--direct'],
        `nexthop: LISTEN: port "99999" is not a whole number from 0 to 65535\n${forward}`,
      ],
      [
        ['forward', '0', 'a', '--direct'],
        `nexthop: TARGET: "a" is not host:port: write host:port\n${forward}`,
      ],
      [
        ['forward', '0', 'a:1', '--via', 'ftp://b:80'],
        'nexthop: "ftp://" is not a scheme of next hops: write socks4, socks4a, socks5, socks5h (each also with +tls), ' +
          `http or https://[user[:password]@]host[:port]\n${forward}`,
      ],
      [
        ['forward', '0', '[::1]:1', '--via', 'socks4://b'],
        'nexthop: Destination host is an IPv6 address, which the next hop "b:1080" can\'t reach with SOCKS4: ' +
          `use SOCKS5, or a name or IPv4 address\n${forward}`,
      ],
      [
        ['forward', '0', 'a:1', '--direct', '--idle-timeout', 'soon'],
        `nexthop: --idle-timeout must be a time like 10, 500ms, 10s, 5min or 2h\n${forward}`,
      ],
      [
        ['forward', '0.0.0.0:0', 'a:1', '--direct'],
        'nexthop: LISTEN is open to other machines: say who may connect with --allow NETWORK, for example --allow ' +
          `192.168.0.0/16, or --allow 0.0.0.0/0 and --allow ::/0 for everybody\n${forward}`,
      ],
      [
        ['check', 'socks5://b', '--target', 'nowhere'],
        'nexthop: Target "nowhere" is not host:port: write host:port.\nSee "nexthop check --help".\n',
      ],
      [
        ['serve', '--host', 'example.com'],
        'nexthop: --host must be an IP address of this machine, or localhost\nSee "nexthop serve --help".\n',
      ],
    ]
    for (const [args, stderr] of cases) expect(await cli(args)).toEqual({ code: 2, stdout: '', stderr })
  })

  it('asks for a command, and lists them', async () => {
    const { code, stdout, stderr } = await cli([])
    expect(stderr).toMatch(/^nexthop: a command is missing\n[^]*Commands:\n {2}forward/)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })

  it('tells programs of errors as JSON', async () => {
    const { code, stderr } = await cli(['forward', '0', '--json'])
    expect(JSON.parse(stderr)).toMatchObject({
      level: 'error',
      message: expect.stringMatching(/^TARGET is missing/) as string,
    })
    expect(code).toBe(2)
  })
})
