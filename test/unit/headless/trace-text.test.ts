import { expect, it } from 'vitest'
import { formatBriefly, formatTrace } from '../../../main/headless/trace-text.ts'
import type { ConnectionDetail } from '../../../shared/runtime.ts'

const hop = { id: 'h', name: '10.0.0.5:1080', address: '10.0.0.5:1080', version: '5' } as const
const failure = { code: 'hop-unreachable', stage: 'connect-hop', errno: 'ECONNREFUSED', hop } as const
const at = Date.UTC(2026, 0, 2)
const detail: ConnectionDetail = {
  id: '7',
  ruleId: 'r',
  client: '127.0.0.1:4000',
  target: 'db:5432',
  stage: 'close',
  openedAt: at,
  closedAt: at + 300,
  bytesUp: 0,
  bytesDown: 0,
  closeReason: { by: 'nexthop', how: 'reset', failure },
  stages: [
    { stage: 'accept', startedAt: at, durationMs: 0.1, note: '127.0.0.1:4000' },
    ...[1, 251].map((after) => ({
      stage: 'connect-hop' as const,
      startedAt: at + after,
      durationMs: 1,
      hopName: hop.name,
      note: '10.0.0.5:1080 failed with ECONNREFUSED',
      failure,
    })),
    { stage: 'close', startedAt: at + 299, durationMs: 0, note: 'reset by nexthop' },
  ],
}

it('tells a sentence and an address once', () => {
  expect(formatTrace(detail)).toEqual([
    '2026-01-02T00:00:00.300Z connection 7, 127.0.0.1:4000 to db:5432: failed, 0 B up, 0 B down, 300 ms',
    '      +0 ms  accept                 0.1 ms  127.0.0.1:4000',
    '      +1 ms  connect-hop failed       1 ms  10.0.0.5:1080 failed with ECONNREFUSED',
    '    +251 ms  connect-hop failed       1 ms  10.0.0.5:1080 failed with ECONNREFUSED',
    '    +299 ms  close                    0 ms  reset by nexthop',
    '  The next hop 10.0.0.5:1080 refused the connection: nothing listens there. ' +
      'Check that the proxy runs, and its address and port.',
  ])
})

it('keeps to one line where all went well', () => {
  const fine: ConnectionDetail = { ...detail, bytesUp: 5, closeReason: { by: 'target', how: 'end' } }
  expect(formatBriefly(fine, { rule: 'Database', hop: 'Office' })).toEqual([
    '2026-01-02T00:00:00.300Z Database, connection 7, 127.0.0.1:4000 to db:5432 via Office: ' +
      'fine, 5 B up, 0 B down, 300 ms, ended by the destination',
  ])
  const reset: ConnectionDetail = { ...fine, closeReason: { by: 'client', how: 'reset' } }
  expect(formatBriefly(reset, {})[0]).toContain(': broken off, 5 B up, 0 B down, 300 ms, reset by the client')
  expect(formatBriefly(detail, {}).length).toBeGreaterThan(1)
})
