import { describe, expect, it } from 'vitest'
import type { Clue } from '../../../shared/clue.ts'
import type { Bar, Failure } from '../../../shared/errors.ts'
import { describeClue } from '../../../shared/texts/clues.ts'
import { explain } from '../../../shared/texts/explain.ts'

describe('a clue', () => {
  it.each<[Clue, string, string]>([
    [{ code: 'tls-name' }, 'TLS server name', 'Servername in TLS'],
    [
      { code: 'tls-hello-too-long', bytes: 32768, within: 'TLS' },
      'TLS, but its ClientHello is too long, more than 32768 bytes',
      'TLS, aber das ClientHello ist zu lang, mehr als 32768 Bytes',
    ],
    [
      { code: 'http-header-invalid', within: 'HTTP' },
      'HTTP, but it has a header line that is not valid',
      'HTTP, aber eine Header-Zeile ist nicht gültig',
    ],
    [{ code: 'ssh' }, 'ssh', 'ssh'],
    [{ code: 'unknown' }, 'the protocol is not known', 'das Protokoll ist nicht bekannt'],
  ])('%j', (clue, inEnglish, inGerman) => {
    expect(describeClue(clue, 'en')).toBe(inEnglish)
    expect(describeClue(clue, 'de')).toBe(inGerman)
  })

  it('stands behind the sentence that it explains', () => {
    const failure: Failure = {
      code: 'bad-request',
      stage: 'identify',
      unidentified: 'malformed',
      clue: { code: 'tls-version', within: 'TLS' },
    }
    expect(explain(failure, 'de').what).toBe(
      'was der Client gesandt hat, ist nicht gültig; sein Ziel ist daraus nicht zu erkennen ' +
        '(TLS, aber die TLS-Version ist nicht bekannt)',
    )
  })
})

describe('what does not let a connection pass', () => {
  it.each<[Bar, string, string]>([
    [
      { kind: 'client', client: '10.0.0.7:4000', rule: 'Web' },
      'the client 10.0.0.7:4000 is not among the allowed clients of the rule "Web"',
      'der Client 10.0.0.7:4000 gehört nicht zu denen, die die Regel „Web“ zulässt',
    ],
    [
      { kind: 'limit', rule: 'Web', limit: 1 },
      'the rule "Web" has its limit of 1 connection',
      'die Regel „Web“ hat ihre Höchstzahl von 1 Verbindung',
    ],
    [
      { kind: 'hop', hop: 'A', obstacle: { kind: 'full', limit: 2 } },
      'the next hop "A" has its limit of 2 connections',
      'der Next Hop „A“ hat die Höchstzahl von 2 Verbindungen',
    ],
    [
      { kind: 'hop', hop: 'A', obstacle: { kind: 'maintenance' } },
      'the next hop "A" is in maintenance',
      'der Next Hop „A“ ist in Wartung',
    ],
    [{ kind: 'route-changed' }, 'the route of the rule was changed', 'der Weg der Regel wurde geändert'],
  ])('%j', (bar, inEnglish, inGerman) => {
    const failure: Failure = { code: 'blocked', stage: 'accept', bar }
    expect(explain(failure).what).toBe(inEnglish)
    expect(explain(failure, 'de').what).toBe(inGerman)
  })
})
