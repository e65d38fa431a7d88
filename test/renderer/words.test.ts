import { describe, expect, it } from 'vitest'
import { matches, moveBy } from '../../renderer/state/search.ts'
import { freeName, statusText } from '../../renderer/state/selectors.ts'
import { ago } from '../../renderer/state/times.ts'
import { de } from '../../renderer/texts/de.ts'
import { en } from '../../renderer/texts/en.ts'
import { chooseLanguage } from '../../renderer/texts/texts.ts'
import { movedBefore } from '../../renderer/lib/row-drag.svelte.ts'
import { visibleRows } from '../../renderer/lib/visible-rows.ts'
import { ruleSentence } from '../../renderer/views/rules/rule-sentence.ts'
import { sampleCommands } from '../../renderer/views/rules/sample-commands.ts'
import { FakeClient } from './fake-client.ts'

describe('a rule as a sentence', () => {
  it.each([
    [
      { kind: 'tcp', host: '127.0.0.1', port: 9102 },
      'hop',
      'SOCKS Next-Hop',
      'Proxy.Port equals 9102 → Continue → Enable Next-Hop Proxy<SOCKS Next-Hop>',
    ],
    [{ kind: 'tcp', host: '127.0.0.1', port: 80 }, 'direct', '', 'Proxy.Port equals 80 → Continue'],
    [{ kind: 'tcp', host: '127.0.0.1', port: 80 }, 'block', '', 'Proxy.Port equals 80 → Block'],
    [
      { kind: 'unix', path: '/run/x' },
      'hop',
      '',
      'Proxy.Path equals /run/x → Continue → Enable Next-Hop Proxy<…>',
    ],
  ] as const)('%j', (listen, route, target, sentence) => {
    expect(ruleSentence(listen, route, target)).toBe(sentence)
  })
})

describe('a line to try a rule with', () => {
  const listen = { kind: 'tcp', host: '127.0.0.1', port: 9102 } as const

  it.each([
    ['db.internal', 5432, 'psql -h 127.0.0.1 -p 9102'],
    ['jump.example.org', 22, 'ssh -p 9102 -o HostKeyAlias=jump.example.org 127.0.0.1'],
    ['example.org', 443, 'curl --connect-to example.org:443:127.0.0.1:9102 https://example.org/'],
    ['example.org', 8080, 'curl --connect-to example.org:8080:127.0.0.1:9102 http://example.org:8080/'],
    ['2001:db8::1', 80, 'curl http://127.0.0.1:9102/'],
    ['2001:db8::1', 443, "curl --connect-to '[2001:db8::1]:443:127.0.0.1:9102' 'https://[2001:db8::1]/'"],
    ['cache', 6379, 'redis-cli -h 127.0.0.1 -p 9102'],
  ])('to %s:%d', (host, port, line) => {
    expect(sampleCommands(listen, { kind: 'fixed', host, port })[0]).toBe(line)
  })

  it('connects to this machine where the rule listens everywhere, and quotes paths', () => {
    const destination = { kind: 'fixed', host: 'cache', port: 6379 } as const
    expect(sampleCommands({ ...listen, host: '0.0.0.0' }, destination)).toEqual([
      'redis-cli -h 127.0.0.1 -p 9102',
    ])
    expect(sampleCommands({ kind: 'unix', path: "/run/it's" }, destination)[0]).toBe("nc -U '/run/it'\\''s'")
  })
})

describe('a rule that is off its port', () => {
  it.each([
    [
      true,
      'down',
      'Not listening: the next hop “A” is down',
      'Lauscht nicht: der Next Hop „A“ ist ausgefallen',
    ],
    [
      false,
      'maintenance',
      'Not listening: all next hops of “A” are in maintenance',
      'Lauscht nicht: alle Next Hops von „A“ sind in Wartung',
    ],
  ] as const)('says why: %s, %s', (isHop, why, english, german) => {
    const out = { route: 'A', isHop, why }
    expect([en.status.unbound(out), de.status.unbound(out)]).toEqual([english, german])
  })
})

describe('texts', () => {
  it('are in the language that was chosen, or the first of the system that we have', () => {
    expect(chooseLanguage('de', ['en'])).toBe('de')
    expect(chooseLanguage('system', ['fr-FR', 'de-AT', 'en'])).toBe('de')
    expect(chooseLanguage('system', ['fr'])).toBe('en')
  })

  it('have the same keys in every language', () => {
    const keys = (value: object): string[] =>
      Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
        typeof inner === 'object' && inner !== null ? keys(inner).map((rest) => `${key}.${rest}`) : [key],
      )
    expect(keys(de).sort()).toEqual(keys(en).sort())
  })

  it('say the status of a rule', () => {
    const client = new FakeClient({
      version: 1,
      rules: [
        {
          id: 'r',
          name: 'R',
          listen: { kind: 'tcp', port: 9102 },
          destination: { kind: 'fixed', host: 'x', port: 1 },
          route: { kind: 'direct' },
        },
      ],
    })
    const [rule] = client.config.rules
    if (!rule) throw new Error('no rule')
    const failure = {
      code: 'port-in-use',
      target: '127.0.0.1:9102',
      holder: { pid: 812, name: 'postgres' },
    } as const
    expect(statusText(en, { state: 'failed', failure }, rule, true)).toBe(
      '127.0.0.1:9102 is in use by postgres (pid 812)',
    )
    expect(statusText(en, { state: 'off' }, rule, false)).toBe('Off while forwarding is off')
    expect(statusText(de, { state: 'listening', address: rule.listen }, rule, true)).toBe('Lauscht')
  })

  it('say the state of forwarding', () => {
    const counts = { rules: 3, enabled: 3, listening: 3, failed: 0 }
    expect(en.header.state(true, counts)).toBe('On: 3 rules listen')
    expect(en.header.state(true, { ...counts, listening: 2, failed: 1 })).toBe(
      'On: 2 of 3 rules listen, 1 can not',
    )
    expect(en.header.state(false, counts)).toBe('Off: nothing listens')
  })

  it('say how long ago something was', () => {
    expect(ago('en', 0, 125_000)).toBe('2 min. ago')
    expect(ago('de', 0, 3_600_000)).toBe('vor 1 Std.')
    expect(ago('en', 10, 5)).toBe('now')
  })
})

describe('lists', () => {
  it('are searched by all words', () => {
    expect(matches('DB 54', 'Production', 'db.internal:5432')).toBe(true)
    expect(matches('db web', 'db.internal')).toBe(false)
    expect(matches('  ', undefined)).toBe(true)
  })

  it('are reordered, and hold at their ends', () => {
    expect(moveBy(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
    expect(moveBy(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c'])
    expect(movedBefore(['a', 'b', 'c'], 'c', 'a')).toEqual(['c', 'a', 'b'])
    expect(movedBefore(['a', 'b', 'c'], 'a', 'end')).toEqual(['b', 'c', 'a'])
  })

  it('give copies names that are free', () => {
    expect(freeName('Copy of X', ['copy of x', 'Copy of X 2'])).toBe('Copy of X 3')
    expect(freeName('x'.repeat(64), []).length).toBeLessThanOrEqual(64)
  })

  it('show only the rows around what is seen', () => {
    expect(visibleRows(10_000, 36, 0, 360)).toEqual({ first: 0, end: 20 })
    const middle = visibleRows(10_000, 36, 36 * 5001, 360)
    expect(middle.first).toBeLessThanOrEqual(4991)
    expect(middle.first % 2).toBe(0)
    expect(middle.end).toBe(5021)
    expect(visibleRows(3, 36, 99_999, 360).end).toBe(3)
  })
})
