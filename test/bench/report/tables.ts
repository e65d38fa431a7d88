import type { Metric } from '../measure/benchmark.ts'
import type { PeerResult, Section } from '../results.ts'
import { best, median, ratio, spread } from '../statistics.ts'
import { formatRatio, formatValue } from './units.ts'

/** Rows of cells; the first row is the head. */
export interface Table {
  readonly title: string
  readonly rows: readonly (readonly string[])[]
}

/** One table per metric: peers down, cases across; what a case gave, and the first Nexthop as a multiple of it. */
export function tablesOf(section: Section): Table[] {
  return section.metrics
    .filter((metric) => hasValues(section, metric))
    .map((metric) => tableOf(section, metric))
}

function tableOf(section: Section, metric: Metric): Table {
  const { peers } = section
  const cases = section.cases.filter((name) =>
    peers.some((peer) => valueOf(peer, name, metric) !== undefined),
  )
  const nexthop = peers.find(({ kind }) => kind === 'nexthop')
  const base = (name: string) => nexthop && valueOf(nexthop, name, metric)
  const rows = peers.map((peer) => [
    peer.name,
    ...cases.flatMap((name) => {
      const value = valueOf(peer, name, metric)
      const against = peer === nexthop ? undefined : ratio(base(name), value)
      return [cellOf(peer, name, metric), against === undefined ? '' : formatRatio(against)]
    }),
  ])
  const goal = cases.flatMap((name) => {
    const against = ratio(base(name), bestOf(peers, name, metric))
    return ['', against === undefined ? '' : formatRatio(against)]
  })
  const head = ['', ...cases.flatMap((name) => [name, 'Nexthop ÷ it'])]
  const direction = metric.better === 'more' ? 'more is better' : 'less is better'
  return { title: `${metric.label} (${direction})`, rows: [head, ...rows, ['Nexthop ÷ best peer', ...goal]] }
}

function cellOf(peer: PeerResult, name: string, metric: Metric): string {
  const values = peer.values[name]?.[metric.name] ?? []
  const middle = median(values)
  if (middle === undefined) return peer.failures[name] === undefined ? '–' : 'failed'
  const width = spread(values)
  const noise = width === undefined || values.length < 2 ? '' : ` ±${Math.round(width * 100)}%`
  return formatValue(middle, metric.unit) + noise
}

function valueOf(peer: PeerResult, name: string, metric: Metric): number | undefined {
  return median(peer.values[name]?.[metric.name] ?? [])
}

function bestOf(peers: readonly PeerResult[], name: string, metric: Metric): number | undefined {
  const values = peers
    .filter(({ kind }) => kind === 'peer')
    .map((peer) => valueOf(peer, name, metric))
    .filter((value) => value !== undefined)
  return best(values, metric.better)
}

function hasValues({ peers, cases }: Section, metric: Metric): boolean {
  return peers.some((peer) => cases.some((name) => valueOf(peer, name, metric) !== undefined))
}

/** What could not be measured, a line each. */
export function remarksOf({ peers, missing }: Section): string[] {
  return [
    ...missing.map(({ name, reason }) => `${name} left out: ${reason}`),
    ...peers.flatMap(({ name, failures }) =>
      Object.entries(failures).map(([measured, reason]) => `${name}, ${measured}: ${reason}`),
    ),
  ]
}
