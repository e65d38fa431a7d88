import type { Machine } from '../machine.ts'
import type { PeerResult, Results, Section } from '../results.ts'
import { remarksOf, tablesOf, type Table } from './tables.ts'

/** docs/benchmarks.md. */
export function renderMarkdown({ machine, sections }: Results): string {
  return `${[
    '# Benchmarks',
    'Written by `npm run bench -- --write-docs`; do not edit. All figures are medians of interleaved rounds; ± is half ' +
      'the distance between the lowest and the highest round, as a share of the median. "Nexthop ÷ it" is Nexthop\'s ' +
      'figure as a multiple of that row\'s; "best peer" is the best of all but Nexthop, `ssh`, `node` (as little as a forwarder made of ' +
      "Node's sockets can do: test/bench/plain-forwarder.ts) and `direct`. What bounds the figures, and what was tried: " +
      '[performance.md](performance.md).',
    '## Machine',
    describe(machine),
    ...sections.flatMap(renderSection),
    '## What took part',
    ...uniquePeers(sections).map(renderPeer),
    '## Limits',
    limits,
  ].join('\n\n')}\n`
}

const limits = [
  'Load generator, forwarder and sink share one machine and its cores: where all cores are busy, a figure tells what ' +
    'the three can do together, and a faster forwarder shows less than it would with a core of its own.',
  'Loopback has no loss, no latency and no network card. It measures the cost of forwarding, not that of a network.',
  'Processor time is what the system charges to the forwarder and its descendants (utime and stime), in steps of ' +
    '10 ms. What the kernel does in interrupts is charged to whoever is running.',
  'The system limits the open files of a process, and each forwarded connection needs two: where 10,000 idle ones do ' +
    'not fit, as many are opened as do.',
  'Children that a forwarder does not wait for are not counted once they have ended.',
  'Nexthop runs with its defaults: one thread, and a second one as soon as the first has been busy for two seconds.',
  'HAProxy speaks SOCKS4 to the sink, socat SOCKS4a, the others SOCKS5: one round trip more.',
  'redsocks runs without the firewall rule that it usually needs, which costs it nothing and is in its favour.',
  'The peers are the versions of the distribution, with the settings shown above and defaults otherwise. They do ' +
    'other things than Nexthop: ratios hold for this one job.',
]
  .map((line) => `- ${line}`)
  .join('\n')

function describe({ cpu, cores, memoryBytes, kernel, openFiles }: Machine): string {
  const memory = `${(memoryBytes / 2 ** 30).toFixed(1)} GiB`
  return [
    `- ${cpu}, ${cores} cores, ${memory} of memory`,
    `- ${kernel}`,
    `- at most ${openFiles.toLocaleString('en')} open files per process`,
  ].join('\n')
}

function renderSection(section: Section): string[] {
  const { title, explanation, benchmark, rounds, hasWarmUp, at } = section
  const remarks = remarksOf(section).map((remark) => `- ${remark}`)
  const again = `${rounds} ${rounds === 1 ? 'round' : 'rounds'}${hasWarmUp ? ' after one to warm up,' : ''} on ${at.slice(0, 10)}; again: \`npm run bench -- --only ${benchmark}\`.`
  return [
    `## ${title}`,
    `${explanation} ${again}`,
    ...tablesOf(section).map(renderTable),
    ...(remarks.length > 0 ? [remarks.join('\n')] : []),
  ]
}

function renderTable({ title, rows }: Table): string {
  const [head = [], ...body] = rows
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell || ' ').join(' | ')} |`
  const rule = head.map((_, column) => (column === 0 ? ':--' : '--:'))
  return [`**${title}**`, '', line(head), line(rule), ...body.map(line)].join('\n')
}

/** Of those that took part more than once, the last. */
function uniquePeers(sections: readonly Section[]): PeerResult[] {
  const all = sections.flatMap(({ peers }) => peers).filter(({ command }) => command !== 'none')
  return [...new Map(all.map((peer) => [peer.name, peer])).values()]
}

function renderPeer({ name, version, command, config }: PeerResult): string {
  const head = `### ${name}\n\n${version}\n\n\`\`\`sh\n${command}\n\`\`\``
  return config === undefined ? head : `${head}\n\n\`\`\`text\n${config.trimEnd()}\n\`\`\``
}
