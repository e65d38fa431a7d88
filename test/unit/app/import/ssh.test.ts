import { describe, expect, it } from 'vitest'
import { summarizeForeign } from '../../../support/foreign-summary.ts'

describe('an ssh command', () => {
  it('with -D is a next hop, and its -L go through it', () => {
    expect(summarizeForeign('ssh -N -D 1081 -L 5433:db.internal:5432 -p 2222 me@bastion')).toEqual({
      format: 'ssh',
      hops: ['ssh me@bastion = socks5h://127.0.0.1:1081'],
      lists: [],
      rules: ['db.internal:5432 by ssh: 127.0.0.1:5433 -> db.internal:5432 by ssh me@bastion'],
      notes: [
        'Nexthop does not start ssh: keep "ssh -N -p 2222 -D 1081 me@bastion" running for the next hop "ssh me@bastion"',
      ],
      unmapped: [],
    })
  })

  it('without -D gets a port for one, each host its own', () => {
    const { hops, notes } = summarizeForeign('ssh -L 80:a:80 one\nssh -L 81:b:80 two\nssh -L 82:c:80 one')
    expect(hops).toEqual(['ssh one = socks5h://127.0.0.1:1080', 'ssh two = socks5h://127.0.0.1:1081'])
    expect(notes[0]).toBe(
      '"ssh one" has no -D, which is what Nexthop goes through: start "ssh -N -D 1080 one" in place of the -L line',
    )
  })

  it.each([
    ['-L 8080:db:80', '127.0.0.1:8080 -> db:80'],
    ['-L8080:db:80', '127.0.0.1:8080 -> db:80'],
    ['-fNL 8080:db:80', '127.0.0.1:8080 -> db:80'],
    ['-L localhost:8080:db:80', 'localhost:8080 -> db:80'],
    ['-L 127.0.0.2:8080:10.0.0.1:80', '127.0.0.2:8080 -> 10.0.0.1:80'],
    ['-L [::1]:8080:[2001:db8::1]:80', '[::1]:8080 -> 2001:db8::1:80'],
    ['-L /run/db.sock:db:5432', 'unix:/run/db.sock -> db:5432'],
    ['-o LocalForward="8080 db:80"', '127.0.0.1:8080 -> db:80'],
    ['-o "LocalForward 8080 db:80"', '127.0.0.1:8080 -> db:80'],
  ])('reads %s', (options, rule) => {
    const { rules, unmapped } = summarizeForeign(`ssh ${options} host`)
    expect(unmapped).toEqual([])
    expect(rules).toEqual([expect.stringContaining(rule)])
  })

  it.each(['-L *:8080:db:80', '-L :8080:db:80', '-L 0.0.0.0:8080:db:80', '-g -L 8080:db:80'])(
    'keeps %s from other machines until the user lets them in, and says so',
    (options) => {
      const { rules, notes } = summarizeForeign(`ssh ${options} host`)
      expect(rules).toEqual([expect.stringContaining('127.0.0.1:8080 -> db:80')])
      expect(notes).toContainEqual(expect.stringContaining('listens on 127.0.0.1 alone'))
    },
  )

  it.each([
    [
      '-R 8080:db:80',
      'ssh host: -R 8080:db:80: it listens on the other machine, and Nexthop listens on this one',
    ],
    ['-W db:80', 'ssh host: -W db:80: Nexthop has nothing like it'],
    [
      '-L 8080:/run/x.sock',
      'ssh host: -L 8080:/run/x.sock: it leads to a unix socket, and Nexthop to host and port',
    ],
    ['-L 8080', 'ssh host: -L 8080: it is not [address:]port:host:port'],
    ['-D nowhere', 'ssh host: -D nowhere: it has no port'],
    ['-v', 'ssh host: it forwards nothing (no -L, no -D)'],
    ['-L 99999:db:80', 'Port rule "db:80 by ssh": Listen port must be a whole number from 0 to 65535'],
  ])('lists %s as not imported', (options, reason) => {
    expect(summarizeForeign(`ssh ${options} host`).unmapped).toEqual([reason])
  })

  it.each(['-J gate,inner', '-o ProxyJump=gate,inner'])(
    'keeps its way through other machines: %s',
    (jump) => {
      const { notes, unmapped } = summarizeForeign(`ssh ${jump} -L 8080:a:80 host`)
      expect(notes[0]).toContain(`start "ssh -N ${jump} -D 1080 host"`)
      expect(unmapped).toEqual([])
    },
  )

  it('is found behind prompts, comments, continued lines and in unit files', () => {
    const text = [
      '# tunnels',
      '$ sudo autossh -M 0 -N \\',
      "  -L 8080:a:80 'me@host'",
      'ExecStart=/usr/bin/ssh -N -L 8081:b:80 me@host &',
      'echo ssh is great',
    ].join('\n')
    const { rules, unmapped } = summarizeForeign(text)
    expect(rules.map((rule) => rule.split(': ')[1])).toEqual([
      '127.0.0.1:8080 -> a:80 by ssh me@host',
      '127.0.0.1:8081 -> b:80 by ssh me@host',
    ])
    expect(unmapped).toEqual(['Line 5: it is no ssh and no gost command that forwards'])
  })

  it.each([
    'ssh -L 8080:a:80 h; ssh -L 8081:b:80 h',
    'ssh -L 8080:a:80 h &ssh -L 8081:b:80 h &',
    'ssh -L 8080:a:80 h >/dev/null 2>&1 && ssh -L 8081:b:80 h | tee log',
    'ssh -L 8080:a:80 h &> log || ssh -L 8081:b:80 h',
  ])('is found behind another one: %s', (text) => {
    const { rules, unmapped } = summarizeForeign(text)
    expect(rules.map((rule) => rule.split(': ')[1])).toEqual([
      '127.0.0.1:8080 -> a:80 by ssh h',
      '127.0.0.1:8081 -> b:80 by ssh h',
    ])
    expect(unmapped).toEqual([])
  })

  it('names a few of the lines that are no commands, and counts the others', () => {
    const unmappedOf = (...rows: string[]) =>
      summarizeForeign(['ssh -D 1080 me@host', ...rows].join('\n')).unmapped
    const end = 'they are no ssh and no gost commands that forward'
    expect(unmappedOf('ssh is nice', 'ssh', 'x')).toEqual([`Lines 2, 3 and 4: ${end}`])
    expect(unmappedOf('a', 'b', '# c', 'd', 'e', 'f')).toEqual([`Lines 2, 3, 5 and 2 more: ${end}`])
  })
})
