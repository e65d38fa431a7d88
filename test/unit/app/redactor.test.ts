import { describe, expect, it } from 'vitest'
import { createRedactor, redactUrls } from '../../../main/app/redactor.ts'
import { slowTexts } from '../../support/slow-texts.ts'

describe('redactUrls', () => {
  it.each([
    ['socks5://user:pass@10.0.0.5:1080', 'socks5://user:***@10.0.0.5:1080'],
    ['via socks5h://u:p@h:1 and on', 'via socks5h://u:***@h:1 and on'],
    ['socks5://user:p@ss/w:rd@host', 'socks5://user:***@host'],
    ['socks5://:only@host', 'socks5://:***@host'],
    ['socks5://ann@corp.com:pass@host:1', 'socks5://ann@corp.com:***@host:1'],
    ['socks5://ann@[::1]:1080', 'socks5://ann@[::1]:1080'],
    ['http://one:1@a http://two:2@b', 'http://one:***@a http://two:***@b'],
    ['socks5://user@host:1080', 'socks5://user@host:1080'],
    ['socks5://host:1080', 'socks5://host:1080'],
    ['mail someone@example.org', 'mail someone@example.org'],
    ['[::1]:1080', '[::1]:1080'],
  ])('%s', (text, expected) => {
    expect(redactUrls(text)).toBe(expected)
  })

  it.each(slowTexts)('takes no long time for much of %j', (piece) => {
    const text = piece.repeat(1_000_000 / piece.length)
    const startedAt = performance.now()
    expect(redactUrls(text)).toHaveLength(text.length)
    expect(performance.now() - startedAt).toBeLessThan(1000)
  })
})

describe('createRedactor', () => {
  it.each([
    ['hunter2', 'login failed: hunter2!', 'login failed: ***!'],
    ['hunter2', 'xhunter2x', 'x***x'],
    ['a+b/c d', 'GET /?p=a%2Bb%2Fc%20d', 'GET /?p=***'],
    ['a"b\\c', '{"password":"a\\"b\\\\c"}', '{"password":"***"}'],
    ['.*+?^${}()|[]\\-', 'is .*+?^${}()|[]\\- here', 'is *** here'],
    ['pässwörd', 'pässwörd', '***'],
    // A short one is blanked where it stands alone; inside of words that would garble every message.
    ['abc', 'user abc: "abc" of abcdef', 'user ***: "***" of abcdef'],
    ['', 'nothing', 'nothing'],
  ])('blanks %j', (secret, text, expected) => {
    const redactor = createRedactor()
    redactor.learn([secret])
    expect(redactor.redact(text)).toBe(expected)
  })

  it('blanks the longer of two passwords that start alike', () => {
    const redactor = createRedactor()
    redactor.learn(['hunter', 'hunter22'])
    expect(redactor.redact('hunter22 hunter')).toBe('*** ***')
  })

  it('keeps blanking a password after it was changed', () => {
    const redactor = createRedactor()
    redactor.learn(['first-one'])
    redactor.learn(['second-one'])
    expect(redactor.redact('first-one second-one')).toBe('*** ***')
  })

  it('copes with half a surrogate pair', () => {
    const redactor = createRedactor()
    redactor.learn(['bad\ud800pair'])
    expect(redactor.redact('good')).toBe('good')
  })
})
