import type { traces as en } from '../en/traces.ts'

export const traces: typeof en = {
  title: 'Traces',
  of: 'Traces aufzeichnen',
  ofChoice: { all: 'Alle Verbindungen', chosen: 'Ausgewählte', none: 'Keine' },
  ofHint: {
    all: 'Von jeder Verbindung werden die Schritte aufgezeichnet, mit ihren Zeiten und dem, was entschieden wurde.',
    chosen:
      'Von Regeln, deren Optionen das sagen, und von den Clients unten. Von anderen ist nur bekannt, wie es ausging: ob sie scheiterten, und warum.',
    none: 'Von einer Verbindung ist nur bekannt, wie es ausging: ob sie scheiterte, und warum.',
  },
  rules: (names) =>
    names.length === 0 ? 'Noch keine Regel sagt das.' : `Regeln, die das sagen: ${names.join(', ')}.`,
  clients: 'Clients',
  clientsHint: 'Adressen und Netze wie 10.0.0.7 oder 192.168.0.0/16, eins je Zeile.',
  save: 'Traces als Dateien sichern',
  saveChoice: { off: 'Nein', failed: 'Von gescheiterten', all: 'Alle aufgezeichneten' },
  saveHint: {
    off: (folder) =>
      `Sie sind fort, wenn Nexthop endet oder spätere ihren Platz einnehmen. Dateien von früher bleiben in ${folder}.`,
    on: (folder) => `Als JSON-Zeilen in ${folder}, ohne Passwörter, nur für diesen Benutzer.`,
    nothing: 'Nichts wird aufgezeichnet, also gibt es nichts zu sichern.',
  },
  size: 'Größe aller Dateien',
  sizeHint:
    'Die älteste Datei macht einer neuen Platz. Solange auf der Platte weniger als 200 MB frei sind, wird nichts geschrieben.',
  megabytes: 'MB',
  age: 'Alter einer Datei',
  ageHint: 'Ältere Dateien werden gelöscht.',
  days: 'Tage',
}
