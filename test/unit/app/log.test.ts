import { describe, expect, it } from 'vitest'
import { createLog } from '../../../main/app/log.ts'
import { jsonSink, textSink } from '../../../main/app/log-sinks.ts'
import type { LogEntry } from '../../../shared/runtime.ts'
import { managed } from '../../support/managed.ts'
import { until } from '../../support/until.ts'

const at = Date.UTC(2026, 0, 31, 12, 0, 0, 5)

describe('log', () => {
  it('numbers entries and keeps the latest', async () => {
    const log = await managed(createLog({ capacity: 2, now: () => at }))
    log.info('one')
    log.warn('two', { ruleId: 'r' })
    log.error('three')
    expect(log.entries()).toEqual([
      { number: 2, at, level: 'warn', message: 'two', ruleId: 'r' },
      { number: 3, at, level: 'error', message: 'three' },
    ])
  })

  it('leaves out what is below its level, which can change', async () => {
    const log = await managed(createLog({ level: 'warn' }))
    log.info('no')
    log.debug('no')
    log.setLevel('debug')
    log.debug('yes')
    expect(log.entries().map(({ message }) => message)).toEqual(['yes'])
  })

  it('blanks passwords in its own messages, in those of others, and in every sink', async () => {
    const written: LogEntry[] = []
    const log = await managed(createLog({ sinks: [(entry) => written.push(entry)] }))
    log.learnSecrets(['hunter2'])
    log.error('hunter2 and socks5://u:other@h')
    log.add({ at, level: 'warn', message: 'from a thread: hunter2' })
    const messages = ['*** and socks5://u:***@h', 'from a thread: ***']
    expect(log.entries().map(({ message }) => message)).toEqual(messages)
    expect(written.map(({ message }) => message)).toEqual(messages)
  })

  it('keeps a message to one line of bounded length, without half a password at its end', async () => {
    const log = await managed(createLog())
    log.learnSecrets(['hunter2'])
    log.info('first\r\nsecond\x1b[31m')
    log.info(`${'x'.repeat(3996)}hunter2`)
    const [line, long] = log.entries()
    expect(line?.message).toBe('first second [31m')
    expect(long?.message).toBe(`${'x'.repeat(3996)}***`)
    log.info('y'.repeat(9000))
    expect(log.entries()[2]?.message).toHaveLength(4001)
  })

  it('hands entries on several at a time', async () => {
    const log = await managed(createLog())
    const batches: number[][] = []
    const stop = log.onAppended((entries) => batches.push(entries.map(({ number }) => number)))
    log.info('one')
    log.info('two')
    expect(batches).toEqual([])
    await until('a batch', () => batches.length > 0)
    expect(batches).toEqual([[1, 2]])
    log.info('three')
    await log.close()
    expect(batches).toEqual([[1, 2], [3]])
    stop()
    log.info('four')
    await log.close()
    expect(batches).toHaveLength(2)
  })
})

describe('sinks', () => {
  const entry: LogEntry = { number: 1, at, level: 'warn', message: 'It "broke"', ruleId: 'r' }

  it('writes text', () => {
    const lines: string[] = []
    textSink((line) => lines.push(line))(entry)
    expect(lines).toEqual(['2026-01-31T12:00:00.005Z warn  It "broke"\n'])
  })

  it('writes JSON lines', () => {
    const lines: string[] = []
    jsonSink((line) => lines.push(line))(entry)
    expect(lines).toEqual([
      '{"at":"2026-01-31T12:00:00.005Z","number":1,"level":"warn","message":"It \\"broke\\"","ruleId":"r"}\n',
    ])
  })
})
