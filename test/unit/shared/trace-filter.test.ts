import { describe, expect, it } from 'vitest'
import type { ConnectionDetail } from '../../../shared/runtime.ts'
import { matchesDetail, matchesSummary, setupMs, traceLine } from '../../../shared/trace-filter.ts'

const detail: ConnectionDetail = {
  id: '1',
  ruleId: 'r',
  client: '10.1.2.3:4000',
  target: 'db:5432',
  stage: 'close',
  openedAt: 1000,
  closedAt: 9000,
  bytesUp: 1,
  bytesDown: 2,
  stages: [
    { stage: 'accept', startedAt: 1000, durationMs: 1 },
    { stage: 'connect-hop', startedAt: 1001, durationMs: 249 },
    { stage: 'relay', startedAt: 1250, durationMs: 7750 },
    { stage: 'close', startedAt: 9000, durationMs: 0 },
  ],
}
const failure = { code: 'timeout', stage: 'connect-hop', afterMs: 100 } as const
const failed: ConnectionDetail = {
  ...detail,
  closeReason: { by: 'nexthop', how: 'reset', failure },
  stages: detail.stages.filter(({ stage }) => stage !== 'relay'),
}

describe('matchesSummary', () => {
  it.each([
    [{}, true],
    [{ ruleId: 'r' }, true],
    [{ ruleId: 'other' }, false],
    [{ failed: true }, false],
    [{ client: '10.0.0.0/8' }, true],
    [{ client: '10.1.2.3/32' }, true],
    [{ client: '10.1.2.4/32' }, false],
    [{ client: 'fd00::/8' }, false],
    [{ ruleId: 'r', client: '11.0.0.0/8' }, false],
  ])('%j: %s', (filter, expected) => {
    expect(matchesSummary(filter, detail)).toBe(expected)
  })

  it('knows those that failed, IPv6 clients and unix sockets', () => {
    expect(matchesSummary({ failed: true }, failed)).toBe(true)
    expect(matchesSummary({ client: 'fd00::/8' }, { ...detail, client: '[fd00::1]:80' })).toBe(true)
    expect(matchesSummary({ client: '0.0.0.0/0' }, { ...detail, client: 'unix' })).toBe(false)
  })
})

describe('setupMs', () => {
  it('ends where the destination was reached, or where that failed', () => {
    expect(setupMs(detail)).toBe(250)
    expect(setupMs(failed)).toBe(8000)
    expect(matchesDetail({ slowMs: 250 }, detail)).toBe(true)
    expect(matchesDetail({ slowMs: 251 }, detail)).toBe(false)
    expect(matchesDetail({}, detail)).toBe(true)
  })
})

describe('traceLine', () => {
  it('is one object with the rule’s name and the cause', () => {
    expect(traceLine(failed, 'Database')).not.toContain('\n')
    expect(JSON.parse(traceLine(failed, 'Database'))).toMatchObject({
      ruleName: 'Database',
      cause: expect.stringMatching(/^The .*100 ms/) as string,
    })
    expect(JSON.parse(traceLine(detail, undefined))).toEqual(detail)
  })

  it('names all hops of a chain', () => {
    const hops = ['Gate', 'Inner']
    const route = { stage: 'route', startedAt: 1000, notes: [{ code: 'chain', hops }] } as const
    expect(JSON.parse(traceLine({ ...detail, stages: [route] }, undefined))).toMatchObject({ chain: hops })
  })
})
