import type { Texts } from '../texts.ts'

export const status: Texts['status'] = {
  off: 'Aus',
  forwardingOff: 'Aus, solange die Weiterleitung aus ist',
  starting: 'Startet…',
  listening: 'Lauscht',
  listeningOn: (address) => `Lauscht auf ${address}`,
  unbound: ({ route, isHop, why }) => {
    const state = { down: 'ausgefallen', maintenance: 'in Wartung', mixed: 'ausgefallen oder in Wartung' }[
      why
    ]
    const subject = isHop ? `der Next Hop „${route}“ ist` : `alle Next Hops von „${route}“ sind`
    return `Lauscht nicht: ${subject} ${state}`
  },
}

export const route: Texts['route'] = {
  direct: 'Direkt',
  block: 'Sperren',
  missing: 'fehlt',
  via: (kind, name) => {
    if (kind === 'direct') return 'direkt, ohne Next Hop'
    if (kind === 'block') return 'gesperrt'
    return `über ${name}`
  },
}

export const rules: Texts['rules'] = {
  subtitle: 'Programme verbinden sich mit einem lokalen Port; der Verkehr geht über einen Next Hop.',
  add: 'Regel hinzufügen',
  addTitle: 'Portregel hinzufügen',
  editTitle: (name) => `${name} bearbeiten`,
  search: 'Regeln suchen',
  none: 'Noch keine Portregeln',
  noneText: 'Eine Regel lauscht auf einem lokalen Port und leitet, was dort ankommt, an ein Ziel weiter.',
  nameAndAddress: 'Regel und Adresse',
  destinationAndRoute: 'Ziel und Weg',
  status: 'Zustand',
  open: 'Offen',
  rate: 'Rate',
  total: 'Summe',
  on: 'An',
  order: 'Reihenfolge',
  lastError: (when, what) => `${what}, ${when}`,
  selectAll: 'Alle Regeln auswählen',
  select: (name) => `${name} auswählen`,
  selected: (count) => `${count} ausgewählt`,
  clearSelection: 'Auswahl aufheben',
  switchOn: 'Einschalten',
  switchOff: 'Ausschalten',
  switch: (name) => `${name}: an oder aus`,
  reorder: (name) => `${name} verschieben`,
  reorderHint: 'Ziehen, oder die Pfeiltasten nach oben und unten drücken',
  edit: (name) => `${name} bearbeiten`,
  editItem: 'Bearbeiten…',
  explainItem: 'Weg erklären…',
  duplicate: 'Duplizieren…',
  copyOf: (name) => `Kopie von ${name}`,
  removedMany: (count) => `${count} Regeln gelöscht`,
  copyAddress: 'Adresse kopieren',
  copyLine: 'Diese Zeile kopieren',
  copyCommand: (program) => `${program}-Zeile kopieren`,
  showConnections: 'Verbindungen zeigen',
  closeConnections: (count) => (count === 1 ? '1 Verbindung schließen' : `${count} Verbindungen schließen`),
  tryIt: 'Ausprobieren',
  tryAgain: 'Erneut versuchen',
  listen: 'Lauscht auf',
  listenKind: 'Art des Listeners',
  tcp: 'TCP-Port',
  unix: 'Unix-Socket',
  listenHost: 'Adresse',
  listenPort: 'Lokaler Port',
  listenPath: 'Pfad des Sockets',
  suggest: 'Freier Port',
  suggestHint: 'Einen freien Port in der Nähe vorschlagen',
  exposed:
    'Diese Adresse steht auch anderen Rechnern offen, nicht nur Programmen auf diesem. Unten festlegen, wer sich verbinden darf.',
  host: 'Zielrechner',
  port: 'Zielport',
  route: 'Weg',
  chooseRoute: 'Einen Next Hop, eine Liste, direkt oder sperren wählen',
  withoutHop: 'Ohne Next Hop',
  newHop: 'Neuer Next Hop…',
  name: 'Name',
  namePlaceholder: 'Zum Beispiel: Produktionsdatenbank',
  sentence: 'Als Gateway-Regel',
  allowedClients: 'Erlaubte Clients',
  allowedClientsHint: 'Netze wie 192.168.0.0/16, eines je Zeile. Leer: nur dieser Rechner.',
  idle: 'Leerlauf-Zeitlimit (s)',
  idleHint: '0: Verbindungen dürfen beliebig lange ruhen',
  limit: 'Höchstzahl der Verbindungen',
  limitHint: '0: unbegrenzt',
  onFailure: 'Wenn eine Verbindung scheitert',
  onFailureChoice: {
    explain: 'Dem Client den Grund nennen',
    reset: 'Die Verbindung zurücksetzen',
    close: 'Die Verbindung schließen',
  },
  onFailureHint: {
    explain:
      'In seinem Protokoll: eine Seite für Browser, ein Fehler für Datenbanken und Mail; sonst zurücksetzen',
    reset: 'Der Client sieht, dass etwas gescheitert ist, aber nicht was',
    close: 'Der Client sieht eine leere Antwort',
  },
  optionsSummary: (idle, limit) =>
    [
      idle === '0' ? 'kein Leerlauf-Zeitlimit' : `${idle} s Leerlauf-Zeitlimit`,
      limit === '0' ? 'unbegrenzt' : `höchstens ${limit}`,
    ].join(', '),
  inUse: (open) =>
    open === 1
      ? '1 Verbindung ist offen. Sie bleibt und läuft weiter wie bisher.'
      : `${open} Verbindungen sind offen. Sie bleiben und laufen weiter wie bisher.`,
  closeOnSave: 'Beim Sichern schließen',
}
