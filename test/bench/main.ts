import { rmSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { format, resolveConfig } from 'prettier'
import type { Participant } from './collector.ts'
import { Load } from './load.ts'
import { describeMachine, mostConnections } from './machine.ts'
import type { Benchmark } from './measure/benchmark.ts'
import { connections } from './measure/connections.ts'
import { latency } from './measure/latency.ts'
import { memory } from './measure/memory.ts'
import { million } from './measure/million.ts'
import { startup } from './measure/startup.ts'
import { traces } from './measure/traces.ts'
import { threads } from './measure/threads.ts'
import { throughput } from './measure/throughput.ts'
import { buildTools } from './native-tools.ts'
import { help, parseOptions, type BenchOptions } from './options.ts'
import { choosePeers, threadCounts, traceChoices } from './peers/all-peers.ts'
import type { Peer } from './peers/peer.ts'
import { Processes } from './processes.ts'
import { renderMarkdown } from './report/markdown.ts'
import { renderTerminal } from './report/terminal.ts'
import { mergeResults, type Results, type Section } from './results.ts'
import { runBenchmark, type RunContext } from './run-benchmark.ts'
import { startSink } from './services.ts'

// The benchmark, from the command line to the report. Paths count from the project's folder.

const docs = 'docs/benchmarks.md'

async function main(args: readonly string[]): Promise<void> {
  const options = parseOptions(args)
  if (options.isHelp) return console.log(help)
  if (process.platform !== 'linux') throw new Error('the benchmark needs Linux: epoll, /proc and its peers')
  if (options.from === undefined) await measureAndSave(options)
  const results = await readResults(options.from ?? options.json)
  if (!results) throw new Error(`there are no results in ${options.from ?? options.json}`)
  if (options.from !== undefined) for (const section of results.sections) console.log(renderTerminal(section))
  if (options.writesDocs) {
    await mkdir(dirname(docs), { recursive: true })
    const style = await resolveConfig(docs)
    await writeFile(docs, await format(renderMarkdown(results), { ...style, filepath: docs }))
    console.log(`\nwritten: ${docs}`)
  }
}

async function measureAndSave(options: BenchOptions): Promise<void> {
  const machine = describeMachine()
  const earlier = await readResults(options.json)
  const sections = await measure(options, mostConnections(machine))
  const results = mergeResults(earlier, { version: 1, machine, sections })
  await mkdir(dirname(options.json), { recursive: true })
  await writeFile(options.json, `${JSON.stringify(results, null, 2)}\n`)
  console.log(`\nwritten: ${options.json}`)
}

async function measure(options: BenchOptions, most: number): Promise<Section[]> {
  const peers = await findPeers(choosePeers(options))
  const counts = await findPeers(threadCounts(options))
  const tracers = await findPeers(traceChoices(options))
  const tools = await buildTools(resolve('out/bench'))
  const processes = new Processes()
  const directory = await mkdtemp(join(tmpdir(), 'nexthop-bench-'))
  // Also where a signal ends the run.
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }))
  try {
    const context: RunContext = {
      processes,
      directory,
      sink: await startSink(processes, tools.sink),
      load: new Load(processes, tools.load),
      mostConnections: most,
      rounds: options.rounds,
      onProgress: (text) => console.error(text),
    }
    const sections: Section[] = []
    for (const benchmark of benchmarksOf(options, most)) {
      const { participants, missing } = { threads: counts, traces: tracers, million: tracers, usual: peers }[
        participantsOf(benchmark.name)
      ]
      const section = await runBenchmark(benchmark, participants, missing, context)
      console.log(renderTerminal(section))
      sections.push(section)
    }
    return sections
  } finally {
    await processes.closeAll()
  }
}

function participantsOf(name: Benchmark['name']): 'threads' | 'traces' | 'million' | 'usual' {
  return name === 'threads' || name === 'traces' || name === 'million' ? name : 'usual'
}

function benchmarksOf(options: BenchOptions, most: number): Benchmark[] {
  const settings = { ...options, mostConnections: most }
  const all = [
    throughput(settings),
    connections(settings),
    threads(settings),
    latency(settings),
    memory(settings),
    startup(),
    traces(settings),
    million(settings),
  ]
  return all.filter(({ name }) => options.only.includes(name))
}

async function findPeers(
  peers: readonly Peer[],
): Promise<{ participants: Participant[]; missing: Section['missing'] }> {
  const found = await Promise.all(peers.map(async (peer) => ({ peer, found: await peer.find() })))
  return {
    participants: found.flatMap(({ peer, found }) =>
      'version' in found ? [{ peer, version: found.version }] : [],
    ),
    missing: found.flatMap(({ peer, found }) =>
      'missing' in found ? [{ name: peer.name, reason: found.missing }] : [],
    ),
  }
}

async function readResults(path: string): Promise<Results | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Results
  } catch {
    return undefined
  }
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  console.error(`bench: ${(error as Error).message}`)
  process.exitCode = 1
}
