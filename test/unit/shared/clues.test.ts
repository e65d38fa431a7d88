import { describe, expect, it } from 'vitest'
import type { Clue } from '../../../shared/clue.ts'
import type { Bar, Failure } from '../../../shared/errors.ts'
import { englishClues } from '../../../shared/texts/clues-en.ts'
import { germanClues } from '../../../shared/texts/clues-de.ts'
import { describeClue } from '../../../shared/texts/clues.ts'
import { explain, explainInFull } from '../../../shared/texts/explain.ts'

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
    expect(describeClue(clue, englishClues)).toBe(inEnglish)
    expect(describeClue(clue, germanClues)).toBe(inGerman)
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
      'The client 10.0.0.7:4000 is not among the allowed clients of the rule "Web". Add it to them if it may connect.',
      'Der Client 10.0.0.7:4000 gehört nicht zu denen, die die Regel „Web“ zulässt. Fügen Sie ihn den erlaubten Clients hinzu, wenn er sich verbinden darf.',
    ],
    [
      { kind: 'limit', rule: 'Web', limit: 1 },
      'The rule "Web" has its limit of 1 connection. Raise its connection limit if it may have more.',
      'Die Regel „Web“ hat ihre Höchstzahl von 1 Verbindung. Erhöhen Sie die Höchstzahl, wenn es mehr sein dürfen.',
    ],
    [
      { kind: 'hop', hop: 'A', obstacle: { kind: 'full', limit: 2 } },
      'The next hop "A" has its limit of 2 connections. Raise its connection limit, or give the route another hop.',
      'Der Next Hop „A“ hat die Höchstzahl von 2 Verbindungen. Erhöhen Sie die Höchstzahl, oder geben Sie dem Weg einen weiteren Next Hop.',
    ],
    [
      { kind: 'hop', hop: 'A', obstacle: { kind: 'maintenance' } },
      'The next hop "A" is in maintenance. End its maintenance, or give the route another hop.',
      'Der Next Hop „A“ ist in Wartung. Beenden Sie die Wartung, oder geben Sie dem Weg einen weiteren Next Hop.',
    ],
    [
      { kind: 'route-changed' },
      'The route of the rule was changed. Connect again: it takes the new route.',
      'Der Weg der Regel wurde geändert. Verbinden Sie sich neu: dann gilt der neue Weg.',
    ],
  ])('%j', (bar, inEnglish, inGerman) => {
    const failure: Failure = { code: 'blocked', stage: 'accept', bar }
    expect(explainInFull(failure)).toBe(inEnglish)
    expect(explainInFull(failure, 'de')).toBe(inGerman)
  })
})
