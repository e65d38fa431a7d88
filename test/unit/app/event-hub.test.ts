import { describe, expect, it } from 'vitest'
import { createEventHub } from '../../../main/app/event-hub.ts'
import type { AppEvent } from '../../../shared/contract.ts'
import { judgeEvent } from '../../../shared/event-sequence.ts'
import { noTotals } from '../../../shared/runtime.ts'

const tick = { at: 1, totals: noTotals, rules: [] }
const running = { state: 'running', restarts: 0 } as const

describe('event hub', () => {
  it('numbers general events without gaps for those who watch and those who do not', () => {
    const hub = createEventHub()
    const plain: AppEvent[] = []
    const watching: AppEvent[] = []
    hub.subscribe([], (event) => plain.push(event))
    hub.subscribe(['traffic'], (event) => watching.push(event))
    hub.publish('engine.statusChanged', running)
    hub.publish('traffic.ticked', tick)
    hub.publish('connections.changed', { connections: [] })
    hub.publish('engine.statusChanged', running)
    expect(plain.map(({ seq, name }) => [seq, name])).toEqual([
      [1, 'engine.statusChanged'],
      [2, 'engine.statusChanged'],
    ])
    expect(watching.map(({ seq, name }) => [seq, name])).toEqual([
      [1, 'engine.statusChanged'],
      [1, 'traffic.ticked'],
      [2, 'engine.statusChanged'],
    ])
    expect(hub.seq).toBe(2)
  })

  it('tells when a topic gets its first watcher and loses its last one', () => {
    const told: string[] = []
    const hub = createEventHub({ onWatchedChange: (watched) => told.push([...watched].join('+')) })
    const one = hub.subscribe(['traffic'], () => undefined)
    const two = hub.subscribe(['traffic', 'connections'], () => undefined)
    const three = hub.subscribe([], () => undefined)
    expect(told).toEqual(['traffic', 'traffic+connections'])
    one()
    one()
    three()
    expect(told).toHaveLength(2)
    two()
    expect(told).toEqual(['traffic', 'traffic+connections', ''])
  })

  it('keeps an event from nobody when one subscriber throws', () => {
    const errors: unknown[] = []
    const hub = createEventHub({ onSubscriberError: (error) => errors.push(error) })
    const got: number[] = []
    hub.subscribe([], () => {
      throw new Error('broken')
    })
    hub.subscribe([], ({ seq }) => got.push(seq))
    hub.publish('engine.statusChanged', running)
    expect(got).toEqual([1])
    expect(errors).toEqual([new Error('broken')])
  })
})

describe('judgeEvent', () => {
  const general = (seq: number): AppEvent => ({ seq, name: 'engine.statusChanged', data: running })
  const ticked = (seq: number): AppEvent => ({ seq, name: 'traffic.ticked', data: tick })
  it.each([
    [general(4), 5, 'old'],
    [general(5), 5, 'old'],
    [general(6), 5, 'apply'],
    [general(7), 5, 'gap'],
    [ticked(4), 5, 'old'],
    [ticked(5), 5, 'apply'],
    [ticked(6), 5, 'apply'],
  ] as const)('%o after %i: %s', (event, lastSeq, expected) => {
    expect(judgeEvent(event, lastSeq)).toBe(expected)
  })
})
