import { describe, expect, it } from 'vitest'
import { createConsole, redactLogins } from '../../../main/headless/console.ts'
import { slowTexts } from '../../support/slow-texts.ts'

function record(isJson: boolean) {
  const out: string[] = []
  const error: string[] = []
  const streams = {
    out: (text: string) => out.push(text),
    error: (text: string) => error.push(text),
    areTerminal: false,
  }
  return { out, error, console: createConsole(streams, isJson) }
}

describe('createConsole', () => {
  it('writes lines for people', () => {
    const { console, out, error } = record(false)
    console.result('listening 127.0.0.1:1', { event: 'listening' })
    console.note('a hint')
    console.error('it failed')
    expect(out).toEqual(['listening 127.0.0.1:1\n', 'a hint\n'])
    expect(error).toEqual(['nexthop: it failed\n'])
  })

  it('writes JSON lines for programs, and leaves hints out', () => {
    const { console, out, error } = record(true)
    console.result('listening 127.0.0.1:1', { event: 'listening', address: '127.0.0.1:1' })
    console.note('a hint')
    console.error('it failed')
    expect(out).toEqual(['{"event":"listening","address":"127.0.0.1:1"}\n'])
    expect(error).toHaveLength(1)
    expect(JSON.parse(error[0] ?? '')).toMatchObject({ level: 'error', message: 'it failed' })
  })
})

describe('numbers in JSON', () => {
  it('are whole for times, and short for what lasts less', () => {
    const { console, out } = record(true)
    const stages = [{ startedAt: 1.23456, durationMs: 0.98765 }]
    console.result('', { openedAt: 1700000000000.123, failure: { waitMs: 9900.200616999999 }, stages })
    expect(JSON.parse(out[0] ?? '')).toEqual({
      openedAt: 1700000000000,
      failure: { waitMs: 9900 },
      stages: [{ startedAt: 1.235, durationMs: 0.988 }],
    })
  })
})

describe('redactLogins', () => {
  it.each([
    ['"ann:topsecret@host:80" is not host:port', '"***@host:80" is not host:port'],
    ['socks5://ann:topsecret@host', '***@host'],
    ['x ann:top"se]cr@et@host y', 'x ***@host y'],
    ['write socks5h://[user[:password]@]host[:port]', 'write socks5h://[user[:password]@]host[:port]'],
    ['127.0.0.1:80 is in use', '127.0.0.1:80 is in use'],
    ['mail to ann@example.com', 'mail to ann@example.com'],
  ])('turns %j into %j', (text, redacted) => {
    expect(redactLogins(text)).toBe(redacted)
  })

  it.each(slowTexts)('takes no long time for much of %j', (piece) => {
    const text = piece.repeat(1_000_000 / piece.length)
    const startedAt = performance.now()
    expect(redactLogins(text)).toHaveLength(text.length)
    expect(performance.now() - startedAt).toBeLessThan(1000)
  })
})
