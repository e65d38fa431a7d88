import { describe, expect, it } from 'vitest'
import { createRedactor } from '../../../../main/app/redactor.ts'
import { redactLine } from '../../../../main/app/traces/saved-traces.ts'
import { traceLine } from '../../../../shared/trace-filter.ts'

const failure = { code: 'hop-auth-failed', login: 'refused', untilChecked: true } as const
const detail = {
  id: '5',
  ruleId: 'r',
  client: '127.0.0.1:40000',
  target: 'db.internal:5432',
  stage: 'relay' as const,
  openedAt: 5,
  bytesUp: 5,
  bytesDown: 0,
  closeReason: { by: 'nexthop', how: 'reset', failure } as const,
  stages: [
    { stage: 'relay', startedAt: 5, note: 'said "x"; socks5://me:secret@host:1080', failure } as const,
  ],
}

describe('a secret in a line of a saved trace', () => {
  it.each(['","', '":', '{', '}', '[', 'true', 'null', 'relay', '5', '"', '\\', ',"stage":', 'é"\n', '127'])(
    '%j leaves it JSON, with its figures',
    (secret) => {
      const redactor = createRedactor()
      redactor.learn([secret, 'hunter2'])
      const line = redactLine(traceLine(detail, `Rule ${secret} hunter2`), redactor)
      const { ruleName, stages, ...read } = JSON.parse(line) as typeof detail & { ruleName: string }
      expect(ruleName).toBe('Rule *** ***')
      expect(read).toMatchObject({
        openedAt: 5,
        bytesUp: 5,
        bytesDown: 0,
        closeReason: { failure: { untilChecked: true } },
      })
      expect(stages[0]?.note).toContain('socks5://me:***@host')
    },
  )

  it('is looked for in the text alone where there is none', () => {
    const line = '{ "as": "it was" }'
    expect(redactLine(line, createRedactor())).toBe(line)
  })
})
