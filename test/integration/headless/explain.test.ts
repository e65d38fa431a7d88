import { writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { cli } from '../../support/cli.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

async function prepare() {
  const dir = await managed(makeTempDir())
  const config = makeConfig({
    hops: [
      makeHop({ id: 'a', name: 'Office', port: 1080, maintenance: true }),
      makeHop({ id: 'b', name: 'Backup', host: 'proxy.example.com', port: 1081 }),
    ],
    lists: [{ id: 'l', name: 'All', mode: 'round-robin', hopIds: ['a', 'b'] }],
    rules: [
      makeRule({
        name: 'Browsers',
        listen: 9102,
        to: { kind: 'proxy' },
        route: { kind: 'list', listId: 'l' },
        conditions: [
          { id: 'n', name: 'Night', time: { from: '22:00', to: '06:00' }, route: { kind: 'block' } },
          { id: 'i', destination: ['*.example.com'], route: { kind: 'direct' } },
        ],
      }),
    ],
    conditions: [{ id: 'x', client: ['10.0.0.0/8'], route: { kind: 'block' } }],
  })
  await writeFile(dir.file('config.json'), JSON.stringify(config))
  return (...args: string[]) =>
    cli(['explain', '--config', dir.file('config.json'), '--rule', 'browsers', ...args])
}

describe('nexthop explain', () => {
  it('tells which condition decides, and which hops would be tried', async () => {
    const explain = await prepare()
    const common = ['--client', '192.0.2.1', '--at', 'mon 12:00']
    const { code, stdout } = await explain(...common, '--target', 'db.internal:5432')
    expect(code).toBe(0)
    expect(stdout.trimEnd().split('\n')).toEqual([
      'Browsers: from 192.0.2.1, to db.internal:5432, mon 12:00',
      '',
      'Condition 1 of all rules: no, the client does not match',
      'Condition 1 "Night": no, the time of day does not match',
      'Condition 2: no, the destination does not match',
      '',
      'Route of the rule itself: the list "All", round robin: each in turn',
      '  1. Backup (proxy.example.com:1081, SOCKS5)',
      '  -  Office (127.0.0.1:1080, SOCKS5): skipped, in maintenance',
      'Whether hops are down or full is not known here.',
    ])
    const inside = await explain(...common, '--target', 'www.example.com:443')
    expect(inside.stdout).toContain('Condition 2: holds\n')
    expect(inside.stdout).toContain('Route of condition 2: direct, without a next hop\n')
  })

  it('says what it depends on, where that was not given', async () => {
    const explain = await prepare()
    const { stdout } = await explain('--at', 'sat 23:30')
    expect(stdout).toContain(
      'Condition 1 of all rules: open, it depends on the client, which was not given\n',
    )
    expect(stdout).toContain('Route of condition 1 "Night", unless an open condition holds: blocked\n')
  })

  it('tells it to programs', async () => {
    const explain = await prepare()
    const { stdout } = await explain('--client', '10.1.1.1', '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      event: 'explanation',
      ruleName: 'Browsers',
      decidedBy: { of: 'all', number: 1 },
      isHealthKnown: false,
      route: { kind: 'block' },
    })
  })

  it.each([
    [['--client', 'nobody'], 2, 'Client must be an IP address'],
    [['--target', 'db'], 2, 'Target: "db" is not host:port'],
    [['--protocol', 'smtp'], 2, '--protocol must be one of tls, http'],
    [['--at', 'noon'], 2, 'Time must be like 14:05'],
  ])('refuses %j', async (args, code, message) => {
    const explain = await prepare()
    const result = await explain(...args)
    expect(result.code).toBe(code)
    expect(result.stderr).toContain(message)
  })

  it('needs a rule that is there', async () => {
    const dir = await managed(makeTempDir())
    const config = ['--config', dir.file('config.json')]
    await writeFile(
      dir.file('config.json'),
      JSON.stringify(makeConfig({ rules: [makeRule({ name: 'Mail', to: 25, route: { kind: 'direct' } })] })),
    )
    expect((await cli(['explain', ...config])).code).toBe(2)
    const { code, stderr } = await cli(['explain', ...config, '--rule', 'x'])
    expect(code).toBe(2)
    expect(stderr).toContain('there is no port rule "x"; there are "Mail"')
  })
})
