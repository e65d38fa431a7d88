import { describe, expect, it } from 'vitest'
import { HopChecker } from '../../../main/engine/health/hop-checker.ts'
import { HopStates } from '../../../main/engine/hop-states.ts'
import type { Failure } from '../../../shared/errors.ts'
import type { HealthCheck } from '../../../shared/model/health-check.ts'
import { makeConfig, makeHop } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { until } from '../../support/until.ts'

const failure: Failure = { code: 'hop-unreachable', errno: 'ECONNREFUSED' }
const noNetwork: Failure = { code: 'hop-unreachable', errno: 'ENETUNREACH' }
const check: HealthCheck = { kind: 'tcp', intervalMs: 1, rise: 2, fall: 3 }

/** A checker whose probes find what `finds` says, and the state of its hop after each. */
async function start(finds: readonly (Failure | Error | undefined)[], before?: Failure) {
  const { hops } = makeConfig({
    hops: [makeHop({ port: 1080, healthCheck: { kind: 'tcp' }, failureWaitMs: 60_000 })],
  })
  const [hop] = hops
  if (!hop) throw new Error('no hop')
  const states = new HopStates(() => undefined)
  states.apply(hops)
  if (before) states.failed(hop, before, performance.now())
  const seen: string[] = []
  const problems: string[] = []
  const checker = new HopChecker(check, {
    probe: async (signal) => {
      seen.push(states.health('hop').state)
      const found = finds[seen.length - 1]
      if (found instanceof Error) throw found
      if (seen.length <= finds.length) return found
      return new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(new Error('closed'))),
      )
    },
    health: () => states.health('hop'),
    onUp: (at) => states.checkedUp('hop', at),
    onDown: (found, at) => states.checkedDown('hop', found, at, 1000),
    isOwnFault: ({ errno }) => errno === 'ENETUNREACH',
    onProblem: (problem) => problems.push(problem),
    random: () => 0,
  })
  await managed({ close: async () => checker.close() })
  await until('all have been found', () => seen.length > finds.length)
  return { seen: seen.slice(1), states, hop, problems }
}

describe('a health check', () => {
  it.each<[string, (Failure | undefined)[], string[]]>([
    ['is up at the first success', [undefined], ['up']],
    ['is down after "fall" failures in a row', [failure, failure, failure], ['unknown', 'unknown', 'down']],
    [
      'forgets failures once one succeeds',
      [failure, failure, undefined, failure, failure],
      ['unknown', 'unknown', 'up', 'up', 'up'],
    ],
    [
      'is up again after "rise" successes in a row',
      [failure, failure, failure, undefined, failure, undefined, undefined],
      ['unknown', 'unknown', 'down', 'down', 'down', 'down', 'up'],
    ],
    [
      'does not count what its own network did',
      [noNetwork, noNetwork, noNetwork, noNetwork, failure, failure],
      ['unknown', 'unknown', 'unknown', 'unknown', 'unknown', 'unknown'],
    ],
  ])('%s', async (_name, finds, expected) => {
    const { seen } = await start(finds)
    expect(seen).toEqual(expected)
  })

  it('goes on where something goes wrong with itself, and tells of it once until that is over', async () => {
    const broken = new Error('broken')
    const { seen, problems } = await start([broken, broken, undefined, broken])
    expect(seen).toEqual(['unknown', 'unknown', 'up', 'up'])
    expect(problems).toEqual(['broken', 'broken'])
  })

  it('decides alone when a hop is back that a connection found down', async () => {
    const { seen, states, hop } = await start([undefined], failure)
    expect(seen).toEqual(['down'])
    expect(states.health('hop')).toMatchObject({ untilChecked: true })
    states.succeeded(hop, performance.now())
    expect(states.health('hop').state).toBe('down')
    states.checkedUp('hop', performance.now())
    expect(states.health('hop').state).toBe('up')
  })

  it('leaves a hop alone that is out on purpose', () => {
    const states = new HopStates(() => undefined)
    states.apply(makeConfig({ hops: [makeHop({ port: 1 })] }).hops)
    states.failOnPurpose('hop', 60_000, 0)
    states.checkedUp('hop', 1)
    expect(states.health('hop')).toMatchObject({ state: 'down', failure: { onPurpose: true } })
  })
})
