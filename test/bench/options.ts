import { parseArgs } from 'node:util'
import { benchmarkNames, onlyOnRequest, type BenchmarkName } from './measure/benchmark.ts'

export interface BenchOptions {
  readonly only: readonly BenchmarkName[]
  readonly rounds: number
  readonly seconds: number
  readonly holdSeconds: number
  readonly isQuick: boolean
  /** Connections of the benchmark "million". */
  readonly total: number
  /** Names of peers; empty for all. */
  readonly peers: readonly string[]
  /** More Nexthops to compare: a name, then a program and its options. */
  readonly also: readonly {
    readonly name: string
    readonly program: string
    readonly args: readonly string[]
  }[]
  readonly node: string | undefined
  readonly nodeArgs: readonly string[]
  readonly json: string
  /** Results to report on, instead of a run. */
  readonly from: string | undefined
  readonly writesDocs: boolean
  readonly isHelp: boolean
}

export const help = `Usage: npm run bench -- [options]

Measures Nexthop side by side with the proxies that are installed (Debian: apt-get install haproxy v2ray redsocks
socat openssh-server), and writes what it found to a JSON file.

  --only NAMES      ${benchmarkNames.join(', ')}; separated by commas (all but ${onlyOnRequest.join()})
  --peers NAMES     nexthop, haproxy, haproxy-splice, v2ray, redsocks, socat, ssh, node, direct; separated by commas
  --rounds N        rounds (5; 1 with --quick)
  --seconds S       length of one measurement (2; 0.5 with --quick)
  --hold S          how long idle connections are held (2; 600 to see that none is lost)
  --total N         connections of "million", which runs only where it is named (1000000; 20000 with --quick)
  --quick           fewer cases, one short round: to see whether all works, not to compare
  --node PATH       the Node that runs Nexthop (this one)
  --node-args ARGS  its options, for example "--cpu-prof --cpu-prof-dir=out"
  --also NAME=PATH  another Nexthop to compare with: a cli.js, or an engine.ts that is run alone; options of "forward"
                    may follow the path; may be given several times
  --json FILE       where results go (out/bench/results.json); earlier ones of other benchmarks are kept in it
  --write-docs      writes docs/benchmarks.md from the results
  --from FILE       no run: reports on a JSON file

Examples:
  npm run bench -- --quick
  npm run bench -- --only throughput,connections --peers nexthop,haproxy
  npm run bench -- --only connections --also "before=../before/out/headless/cli.js"
  npm run bench -- --only million --rounds 1
  npm run bench -- --from out/bench/results.json --write-docs`

const usual = benchmarkNames.filter((name) => !onlyOnRequest.includes(name))

/** Reads the command line. Throws an Error with a sentence for what is wrong. */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      peers: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      hold: { type: 'string' },
      total: { type: 'string' },
      quick: { type: 'boolean', default: false },
      node: { type: 'string' },
      'node-args': { type: 'string', default: '' },
      also: { type: 'string', multiple: true, default: [] },
      json: { type: 'string', default: 'out/bench/results.json' },
      'write-docs': { type: 'boolean', default: false },
      from: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  return {
    only: values.only === undefined ? usual : list(values.only).map(benchmarkName),
    rounds: positive('--rounds', values.rounds, values.quick ? 1 : 5),
    seconds: positive('--seconds', values.seconds, values.quick ? 0.5 : 2),
    holdSeconds: positive('--hold', values.hold, 2),
    isQuick: values.quick,
    total: positive('--total', values.total, values.quick ? 20_000 : 1_000_000),
    peers: list(values.peers ?? ''),
    also: values.also.map(parseAlso),
    node: values.node,
    nodeArgs: words(values['node-args']),
    json: values.json,
    from: values.from,
    writesDocs: values['write-docs'],
    isHelp: values.help,
  }
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}

function benchmarkName(text: string): BenchmarkName {
  const name = benchmarkNames.find((known) => known === text)
  if (name === undefined) throw new Error(`there is no benchmark "${text}": ${benchmarkNames.join(', ')}`)
  return name
}

function positive(option: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text)
  if (!(value > 0 && Number.isFinite(value)))
    throw new Error(`${option} must be a number above 0, not "${text}"`)
  return value
}

function parseAlso(text: string): BenchOptions['also'][number] {
  const [name = '', rest = ''] = text.split(/=(.*)/s)
  const [program, ...args] = words(rest)
  if (name === '' || program === undefined) throw new Error(`--also must be NAME=PATH, not "${text}"`)
  return { name, program, args }
}
