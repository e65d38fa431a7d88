import { problemsOf } from '../../../shared/problems.ts'
import type { AppSnapshot, Totals } from '../../../shared/runtime.ts'

// The state as Prometheus text, version 0.0.4. Names are those that the user gave; nothing of a client or a login is in
// it.

export const prometheusType = 'text/plain; version=0.0.4; charset=utf-8'

type Labels = Readonly<Record<string, string>>
type Sample = readonly [labels: Labels, value: number]

export function prometheusText(snapshot: AppSnapshot): string {
  const { info, runtime, engine } = snapshot
  const rules = ruleSamples(snapshot)
  const bytes = rules((totals) => [
    [{ direction: 'up' }, totals.bytesUp],
    [{ direction: 'down' }, totals.bytesDown],
  ])
  return [
    metric('nexthop_info', 'gauge', 'The version that runs.', [[{ version: info.version }, 1]]),
    metric('nexthop_start_time_seconds', 'gauge', 'When the engine started.', [
      [{}, runtime.startedAt / 1000],
    ]),
    metric('nexthop_engine_running', 'gauge', '1 while the engine runs.', [
      [{}, flag(engine.state === 'running')],
    ]),
    metric('nexthop_engine_restarts_total', 'counter', 'How often it had to be restarted.', [
      [{}, engine.restarts],
    ]),
    metric('nexthop_problems', 'gauge', 'What "nexthop" would call a problem now.', [
      [{}, problemsOf(snapshot).length],
    ]),
    metric('nexthop_rule_listening', 'gauge', '1 where a rule listens.', listening(snapshot)),
    metric(
      'nexthop_connections_open',
      'gauge',
      'Open connections.',
      rules(({ open }) => [[{}, open]]),
    ),
    metric(
      'nexthop_connections_total',
      'counter',
      'Accepted connections.',
      rules(({ opened }) => [[{}, opened]]),
    ),
    metric(
      'nexthop_connections_failed_total',
      'counter',
      'Failed connections.',
      rules(({ failed }) => [[{}, failed]]),
    ),
    metric('nexthop_bytes_total', 'counter', 'Bytes passed on; up is towards the destination.', bytes),
    metric('nexthop_hop_state', 'gauge', '1 for the state that a next hop is in.', hopStates(snapshot)),
  ].join('')
}

function ruleSamples({ config, runtime }: AppSnapshot) {
  return (samplesOf: (totals: Totals) => readonly Sample[]): Sample[] =>
    runtime.rules.flatMap(({ ruleId, totals }) => {
      const rule = config.rules.find(({ id }) => id === ruleId)
      if (!rule) return []
      return samplesOf(totals).map(([labels, value]): Sample => [{ rule: rule.name, ...labels }, value])
    })
}

function listening({ config, runtime }: AppSnapshot): Sample[] {
  const states = new Map(runtime.rules.map(({ ruleId, status }) => [ruleId, status.state]))
  return config.rules.map(({ id, name }) => [{ rule: name }, flag(states.get(id) === 'listening')])
}

function hopStates({ config, runtime }: AppSnapshot): Sample[] {
  const states = new Map(runtime.hops.map(({ hopId, health }) => [hopId, health.state]))
  return config.hops.flatMap(({ id, name }) =>
    (['unknown', 'up', 'down'] as const).map((state): Sample => [
      { hop: name, state },
      flag((states.get(id) ?? 'unknown') === state),
    ]),
  )
}

function flag(isTrue: boolean): number {
  return isTrue ? 1 : 0
}

function metric(name: string, type: 'gauge' | 'counter', help: string, samples: readonly Sample[]): string {
  const lines = samples.map(([labels, value]) => `${name}${formatLabels(labels)} ${value}`)
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n')
}

function formatLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
