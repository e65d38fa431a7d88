import { describe, expect, it } from 'vitest'
import { parseOptions } from '../../bench/options.ts'

describe('parseOptions', () => {
  it('measures everything in five rounds by default', () => {
    expect(parseOptions([])).toEqual({
      only: ['throughput', 'connections', 'threads', 'latency', 'memory', 'startup', 'traces'],
      rounds: 5,
      seconds: 2,
      holdSeconds: 2,
      isQuick: false,
      total: 1_000_000,
      peers: [],
      also: [],
      node: undefined,
      nodeArgs: [],
      json: 'out/bench/results.json',
      from: undefined,
      writesDocs: false,
      isHelp: false,
    })
  })

  it('is short with --quick, unless told otherwise', () => {
    expect(parseOptions(['--quick'])).toMatchObject({ rounds: 1, seconds: 0.5 })
    expect(parseOptions(['--quick', '--rounds', '3'])).toMatchObject({ rounds: 3, seconds: 0.5 })
  })

  it('reads lists and further Nexthops', () => {
    const args = [
      '--only',
      'latency, memory',
      '--peers',
      'nexthop,v2ray',
      '--also',
      'two=../b/cli.js --threads 2',
    ]
    expect(parseOptions(args)).toMatchObject({
      only: ['latency', 'memory'],
      peers: ['nexthop', 'v2ray'],
      also: [{ name: 'two', program: '../b/cli.js', args: ['--threads', '2'] }],
    })
  })

  it.each([
    [
      ['--only', 'speed'],
      'there is no benchmark "speed": throughput, connections, threads, latency, memory, startup, traces, million',
    ],
    [['--rounds', '0'], '--rounds must be a number above 0, not "0"'],
    [['--seconds', 'two'], '--seconds must be a number above 0, not "two"'],
    [['--also', 'cli.js'], '--also must be NAME=PATH, not "cli.js"'],
  ])('refuses %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message)
  })
})
