import { existsSync } from 'node:fs'
import type { BenchOptions } from '../options.ts'
import { direct } from './direct.ts'
import { haproxy } from './haproxy.ts'
import { nexthop } from './nexthop.ts'
import { node as plainNode } from './node.ts'
import { nexthopServe } from './nexthop-serve.ts'
import type { Peer } from './peer.ts'
import { redsocks } from './redsocks.ts'
import { socat } from './socat.ts'
import { ssh } from './ssh.ts'
import { v2ray } from './v2ray.ts'

const builtCli = 'out/headless/cli.js'
const engine = 'main/engine/engine.ts'

function runner({ node = process.execPath, nodeArgs }: BenchOptions) {
  return { node, nodeArgs }
}

/** Nexthop in two threads, then in one to compare it with. An engine that is run alone has one only. */
export function threadCounts(options: BenchOptions): Peer[] {
  return ['2', '1'].map((count) =>
    nexthop({
      name: count === '1' ? '1 thread' : `${count} threads`,
      ...runner(options),
      program: builtCli,
      args: ['--threads', count],
    }),
  )
}

/** Nexthop with traces, the default, then with all of them saved, and without. */
export function traceChoices(options: BenchOptions): Peer[] {
  const choices = [
    ['traces', {}],
    ['traces saved', { save: 'all' }],
    ['no traces', { of: 'none' }],
  ] as const
  return choices.map(([name, traces]) =>
    nexthopServe({ name, ...runner(options), program: builtCli, settings: { threads: 1, traces } }),
  )
}

/** Those that were asked for, installed or not. Throws an Error where a name is unknown. */
export function choosePeers(options: BenchOptions): Peer[] {
  const { node, nodeArgs } = runner(options)
  const program = existsSync(builtCli) ? builtCli : engine
  const all = [
    nexthop({ name: 'nexthop', node, nodeArgs, program, args: [] }),
    haproxy({ splice: false }),
    haproxy({ splice: true }),
    v2ray,
    redsocks,
    socat,
    ssh,
    plainNode({ node, nodeArgs }),
    direct,
  ]
  const unknown = options.peers.find((name) => !all.some((peer) => peer.name === name))
  if (unknown !== undefined) {
    throw new Error(`there is no peer "${unknown}": ${all.map(({ name }) => name).join(', ')}`)
  }
  const chosen = all.filter(({ name }) => options.peers.length === 0 || options.peers.includes(name))
  const more = options.also.map((also) => nexthop({ ...also, node, nodeArgs }))
  const first = chosen.findLastIndex(({ kind }) => kind === 'nexthop') + 1
  return [...chosen.slice(0, first), ...more, ...chosen.slice(first)]
}
