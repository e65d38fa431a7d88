import { describe, expect, it } from 'vitest'
import { Trace } from '../../../../main/engine/trace.ts'
import { Traces, type TraceBatch } from '../../../../main/engine/traces/traces.ts'
import type { ConnectionDetail } from '../../../../shared/runtime.ts'
import { defaultSettings } from '../../../../shared/model/settings.ts'
import { makeConfig, makeRule } from '../../../support/config.ts'

const rules = makeConfig({
  rules: [
    makeRule({ id: 'a', to: 1, route: { kind: 'direct' } }),
    makeRule({ id: 'b', to: 1, route: { kind: 'direct' }, trace: true }),
  ],
}).rules
const [plain, chosen] = rules as [(typeof rules)[number], (typeof rules)[number]]

function make(settings: Partial<typeof defaultSettings.traces>) {
  const batches: TraceBatch[] = []
  const traces = new Traces((batch) => batches.push(batch))
  traces.configure({ ...defaultSettings.traces, ...settings })
  return { traces, batches }
}

function closed(id: string, failed = false, isTraced = true) {
  const failure = { code: 'timeout' } as const
  const closeReason = { by: 'nexthop', how: 'reset', ...(failed && { failure }) } as const
  return {
    rule: plain,
    isTraced,
    closeReason,
    detail: () => ({ id, stages: [] as ConnectionDetail['stages'] }) as ConnectionDetail,
  }
}

describe('Traces', () => {
  it.each([
    [{ of: 'all' as const }, [true, true, true]],
    [{ of: 'none' as const }, [false, false, false]],
    [{ of: 'chosen' as const }, [false, true, false]],
    [{ of: 'chosen' as const, clients: ['10.0.0.0/8'] }, [false, true, true]],
    [{ of: 'none' as const, clients: ['10.0.0.0/8'] }, [false, false, false]],
  ])('%j', (settings, expected) => {
    const { traces } = make(settings)
    const asked = [
      traces.isWanted(plain, '127.0.0.1'),
      traces.isWanted(chosen, undefined),
      traces.isWanted(plain, '10.1.1.1'),
    ]
    expect(asked).toEqual(expected)
  })

  it('hands over what is to be saved, several at a time', () => {
    const { traces, batches } = make({ save: 'failed' })
    traces.closed(closed('1'))
    traces.closed(closed('2', true))
    traces.closed(closed('3', true, false))
    traces.closed(closed('4', true))
    traces.flush()
    const line = (id: string) => JSON.stringify({ id, stages: [], ruleName: plain.name })
    expect(batches).toEqual([{ lines: [line('2'), line('4')], missed: 0 }])
    traces.flush()
    expect(batches).toHaveLength(1)
  })

  it('tells nothing where nothing is saved', () => {
    const { traces, batches } = make({})
    traces.closed(closed('1', true))
    traces.flush()
    expect(batches).toEqual([])
  })

  it('counts what is too much', () => {
    const { traces, batches } = make({ save: 'all' })
    for (let id = 0; id < 2500; id += 1) traces.closed(closed(String(id)))
    traces.flush()
    expect(batches[0]?.lines).toHaveLength(2000)
    expect(batches[0]?.missed).toBe(500)
  })
})

describe('Trace', () => {
  it('knows only the present stage where nobody wants more', () => {
    const trace = new Trace(undefined, false)
    trace.begin('accept')
    trace.note('x')
    trace.begin('relay')
    expect(trace.stage).toBe('relay')
    expect(trace.stages).toEqual([])
  })

  it('keeps the first and the latest of very many stages', () => {
    const trace = new Trace()
    for (let count = 0; count < 10_000; count += 1) trace.begin('relay', undefined, `number ${count}`)
    expect(trace.stages.length).toBeLessThanOrEqual(300)
    expect(trace.stages[0]?.note).toBe('number 0')
    expect(trace.stages[99]?.note).toBe('number 99')
    expect(trace.stages.at(-1)?.note).toBe('number 9999')
    const left = trace.stages.filter(({ note }) => note?.includes('are left out'))
    expect(left.at(0)?.note).toMatch(/^number \d+; 9\d\d\d stages before it are left out$/)
    expect(left).toHaveLength(1)
  })
})
