import { describe, expect, it } from 'vitest'
import type { ConnectionDetail } from '../../../shared/runtime.ts'
import type { Noted, StageNote } from '../../../shared/stage-note.ts'
import { describeNotes, noteOf } from '../../../shared/texts/note-texts.ts'
import { traceLine } from '../../../shared/trace-filter.ts'

const down = { kind: 'down', forMs: 8000, onPurpose: false } as const

const cases: readonly (readonly [StageNote, string, string])[] = [
  [
    { code: 'found', target: 'db:443', how: { code: 'tls-name' } },
    'db:443, TLS server name',
    'db:443, Servername in TLS',
  ],
  [
    { code: 'found', target: 'db:443', how: { code: 'silence' }, isDefault: true },
    'db:443, the client said nothing: default destination',
    'db:443, der Client hat nichts gesagt: Standardziel',
  ],
  [{ code: 'found', target: 'db:80', how: { code: 'http-host' } }, 'db:80, HTTP Host', 'db:80, HTTP Host'],
  [{ code: 'client', client: '10.0.0.7:4000' }, 'client 10.0.0.7:4000', 'Client 10.0.0.7:4000'],
  [{ code: 'speaks', protocol: 'tls' }, 'the client speaks tls', 'der Client spricht tls'],
  [{ code: 'speaks', protocol: 'unknown' }, 'the protocol is not known', 'das Protokoll ist nicht bekannt'],
  [{ code: 'no-condition' }, 'no condition holds', 'keine Bedingung trifft zu'],
  [
    { code: 'condition', number: 2, isOfAll: true },
    'condition 2 of all rules holds',
    'Bedingung 2 aller Regeln trifft zu',
  ],
  [
    { code: 'condition', number: 1, name: 'Night', isOfAll: false },
    'condition 1 "Night" holds',
    'Bedingung 1 „Night“ trifft zu',
  ],
  [{ code: 'direct' }, 'direct', 'direkt'],
  [{ code: 'block' }, 'block', 'gesperrt'],
  [{ code: 'last-resort' }, 'directly, as a last resort', 'direkt, als letzter Ausweg'],
  [{ code: 'no-route' }, 'the route is no more', 'den Weg gibt es nicht mehr'],
  [
    { code: 'list', list: 'Office', hops: ['A', 'B'], more: 3 },
    'list Office: A, B and 3 more',
    'Liste Office: A, B und 3 weitere',
  ],
  [{ code: 'list', list: 'Office', hops: ['A'], more: 0 }, 'list Office: A', 'Liste Office: A'],
  [{ code: 'chain', hops: ['A', 'B'] }, 'chain A → B', 'Kette A → B'],
  [
    { code: 'not-used', hop: 'A', obstacle: down },
    'A left alone after a failure, for another 8 s',
    'A nach einem Fehler in Ruhe gelassen, noch 8 s',
  ],
  [
    { code: 'not-used', hop: 'A', obstacle: { ...down, onPurpose: true } },
    'A taken out of use on purpose, for another 8 s',
    'A absichtlich außer Betrieb, noch 8 s',
  ],
  [
    { code: 'not-used', hop: 'A', obstacle: { ...down, untilChecked: true } },
    'A left alone until its health check succeeds',
    'A in Ruhe gelassen, bis die Gesundheitsprüfung gelingt',
  ],
  [
    { code: 'not-used', hop: 'A', obstacle: { kind: 'full', limit: 1 } },
    'A has its limit of 1 connection',
    'A hat die Höchstzahl von 1 Verbindung',
  ],
  [
    { code: 'not-used', hop: 'A', obstacle: { kind: 'no-password' } },
    'A left alone: its password is not available',
    'A in Ruhe gelassen: sein Passwort fehlt',
  ],
  [
    { code: 'returning', hop: 'A', forMs: 9400 },
    'A comes later: it was down, and "Return after" lasts another 9.4 s',
    'A kommt später: er war ausgefallen, und „Rückkehr nach“ gilt noch 9.4 s',
  ],
  [
    { code: 'passed-over', hop: 'A', obstacle: { kind: 'maintenance' } },
    'A is passed over: in maintenance',
    'A wird übergangen: in Wartung',
  ],
  [{ code: 'leg', leg: 1, of: 2 }, 'leg 1 of 2', 'Abschnitt 1 von 2'],
  [
    { code: 'resolved', answers: ['10.0.0.1', '10.0.0.2'], ms: 12 },
    'the name resolved to 10.0.0.1, 10.0.0.2 in 12 ms',
    'der Name ergab 10.0.0.1, 10.0.0.2, in 12 ms',
  ],
  [
    { code: 'answers', name: 'db', answers: ['10.0.0.1', 'fd00::1'], chosen: '10.0.0.1' },
    'db is 10.0.0.1, fd00::1; 10.0.0.1 is asked for',
    'db ist 10.0.0.1, fd00::1; gefragt wird nach 10.0.0.1',
  ],
  [
    { code: 'answers', name: 'db', answers: ['10.0.0.1'], chosen: '10.0.0.1' },
    'db is 10.0.0.1',
    'db ist 10.0.0.1',
  ],
  [
    { code: 'attempt-failed', address: '10.0.0.5:1080', errno: 'ECONNREFUSED' },
    '10.0.0.5:1080 failed with ECONNREFUSED',
    '10.0.0.5:1080 scheiterte mit ECONNREFUSED',
  ],
  [
    { code: 'attempt-failed', address: '10.0.0.5:1080' },
    '10.0.0.5:1080 did not answer',
    '10.0.0.5:1080 hat nicht geantwortet',
  ],
  [{ code: 'certificate', isVerified: true }, 'certificate verified', 'Zertifikat geprüft'],
  [{ code: 'certificate', isVerified: false }, 'certificate not verified', 'Zertifikat nicht geprüft'],
  [{ code: 'hop-said', answer: 'wants-no-login' }, 'wants no login', 'will keine Anmeldung'],
  [
    { code: 'hop-said', answer: 'login-not-tried' },
    'wants no login: the given one was not tried',
    'will keine Anmeldung: die angegebene wurde nicht erprobt',
  ],
  [{ code: 'hop-said', answer: 'granted', status: '200' }, 'granted, 200', 'gewährt, 200'],
  [
    { code: 'first-byte', from: 'target', ms: 3 },
    'first byte from the target after 3 ms',
    'erstes Byte vom Ziel nach 3 ms',
  ],
  [
    { code: 'relayed', bytesUp: 5, bytesDown: 1500, seconds: 1 },
    '5 B up, 1.5 kB down, 1.5 kB/s',
    '5 B gesendet, 1.5 kB empfangen, 1.5 kB/s',
  ],
  [
    { code: 'relayed', bytesUp: 0, bytesDown: 0, seconds: 1 },
    '0 B up, 0 B down',
    '0 B gesendet, 0 B empfangen',
  ],
  [
    { code: 'told', protocol: 'HTTP/1' },
    'the client was told, as HTTP/1',
    'dem Client wurde es gesagt, als HTTP/1',
  ],
  [{ code: 'closed', how: 'reset', by: 'hop' }, 'reset by hop', 'vom Next Hop zurückgesetzt'],
  [{ code: 'closed', how: 'reset', by: 'nexthop' }, 'reset by nexthop', 'von Nexthop zurückgesetzt'],
  [
    { code: 'left-out', stages: 40 },
    '40 stages before it are left out',
    '40 Schritte davor sind ausgelassen',
  ],
]

describe('a note of a stage', () => {
  it.each(cases)('%j', (note, english, german) => {
    expect(describeNotes([note])).toBe(english)
    expect(describeNotes([note], 'de')).toBe(german)
  })

  it('stands among names and addresses, which are the same in any language', () => {
    const notes: Noted[] = ['10.0.0.5:1080, IPv4', { code: 'leg', leg: 1, of: 2 }]
    expect(describeNotes(notes, 'de')).toBe('10.0.0.5:1080, IPv4; Abschnitt 1 von 2')
  })

  it('is English where it is known in no other language', () => {
    expect(noteOf({ note: 'said long ago' }, 'de')).toBe('said long ago')
    expect(noteOf({}, 'de')).toBeUndefined()
  })

  it('is in a file of traces in words alone, and once', () => {
    const stages = [{ stage: 'route', startedAt: 1, note: 'direct', notes: [{ code: 'direct' }] }] as const
    const detail: ConnectionDetail = {
      id: '1',
      ruleId: 'r',
      client: 'unix',
      target: 'db:1',
      stage: 'close',
      openedAt: 1,
      bytesUp: 0,
      bytesDown: 0,
      stages,
    }
    const stagesOf = (line: string) => (JSON.parse(line) as ConnectionDetail).stages
    expect(stagesOf(traceLine(detail, 'Rule'))).toEqual([{ stage: 'route', startedAt: 1, note: 'direct' }])
    expect(stagesOf(traceLine(detail, 'Rule', 'de'))).toEqual([
      { stage: 'route', startedAt: 1, note: 'direkt' },
    ])
  })
})
