import type { Texts } from '../texts.ts'

export const common: Texts['common'] = {
  save: 'Sichern',
  cancel: 'Abbrechen',
  close: 'Schließen',
  copy: 'Kopieren',
  stop: 'Anhalten',
  undo: 'Rückgängig',
  remove: 'Löschen',
  retry: 'Erneut versuchen',
  notLoaded: 'Dieser Teil von Nexthop konnte nicht geladen werden',
  notLoadedHelp: 'Er kommt vom laufenden Nexthop: prüfen Sie, ob es noch läuft, und versuchen Sie es erneut.',
  dismiss: 'Ausblenden',
  notes: 'Mitteilungen',
  actions: 'Aktionen',
  moveUp: 'Nach oben',
  moveDown: 'Nach unten',
  moreOptions: 'Weitere Optionen',
  discardQuestion: 'Änderungen verwerfen?',
  keepEditing: 'Weiter bearbeiten',
  discard: 'Verwerfen',
  nothingFound: 'Nichts gefunden',
  clearSearch: 'Suche leeren',
  notCopied: 'Der Browser erlaubt das Kopieren nicht: Text markieren und selbst kopieren',
  more: (name) => `Mehr zu ${name}`,
  copied: (text) => `Kopiert: ${text}`,
  removed: (name) => `„${name}“ gelöscht`,
  nothingFoundText: (query) => `Hier passt nichts zu „${query}“.`,
}

export const nav: Texts['nav'] = {
  label: 'Ansichten',
  skip: 'Zum Inhalt springen',
  rules: 'Portregeln',
  hops: 'Next Hops',
  connections: 'Verbindungen',
  log: 'Protokoll',
  settings: 'Einstellungen',
  failed: (count) => (count === 1 ? '1 Regel kann nicht lauschen' : `${count} Regeln können nicht lauschen`),
}

export const header: Texts['header'] = {
  forwarding: 'Weiterleitung',
  opened: (count) => `${count} bisher`,
  state: (isOn, { rules, enabled, listening, failed }) => {
    if (rules === 0) return 'Noch keine Regeln'
    if (!isOn) return 'Aus: nichts lauscht'
    if (failed > 0) return `An: ${listening} von ${enabled} lauschen, ${failed} nicht möglich`
    if (enabled === 0) return 'An, aber jede Regel ist aus'
    return listening === 1 ? 'An: 1 Regel lauscht' : `An: ${listening} Regeln lauschen`
  },
}

export const line: Texts['line'] = {
  loading: 'Wird geladen…',
  lost: 'Die Verbindung zu Nexthop ist unterbrochen. Sie wird neu aufgebaut… Zu sehen ist der letzte bekannte Stand.',
  signedOut:
    'Nexthop kennt diesen Browser nicht mehr. Den Link öffnen, den „nexthop serve“ ausgegeben hat; dann geht es hier von selbst weiter.',
  noState: 'Nexthop ist nicht erreichbar',
  engineRestarting:
    'Der Motor ist stehen geblieben und startet neu. Offene Verbindungen sind verloren, die Regeln kommen zurück.',
  engineStopped:
    'Der Motor steht: nichts wird weitergeleitet. Nexthop neu starten; das Protokoll nennt den Grund.',
}

export const traffic: Texts['traffic'] = {
  all: 'Verkehr aller Regeln',
  ofRule: 'Verkehr dieser Regel',
  down: 'Empfangen',
  up: 'Gesendet',
  empty: 'Warten auf Verkehr…',
}

export const palette: Texts['palette'] = {
  title: 'Befehle',
  hint: 'Suchen, ausführen…',
  placeholder: 'Was möchten Sie tun?',
  forwardingOn: 'Weiterleitung einschalten',
  forwardingOff: 'Weiterleitung ausschalten',
  goTo: (view) => `Gehe zu ${view}`,
  problems: 'Probleme zeigen',
  ruleOn: (name) => `${name} einschalten`,
  ruleOff: (name) => `${name} ausschalten`,
  editRule: (name) => `Regel ${name} bearbeiten`,
  copyAddress: (name) => `Adresse von ${name} kopieren`,
  testHop: (name) => `${name} testen`,
  editHop: (name) => `Next Hop ${name} bearbeiten`,
  nothing: (query) => `Kein Befehl passt zu „${query}“.`,
}

export const shortcuts: Texts['shortcuts'] = {
  title: 'Tastenkürzel',
  everywhere: 'Überall',
  inTables: 'Auf einer Regel',
  goTo: 'Zu einer Ansicht',
  search: 'In dieser Ansicht suchen',
  forwarding: 'Weiterleitung an oder aus',
  add: 'Regel hinzufügen (dort: Next Hop)',
  addHop: 'Next Hop hinzufügen',
  close: 'Schließen',
  move: 'Zur nächsten oder vorigen Zeile',
  details: 'Einzelheiten ein- oder ausblenden',
  edit: 'Bearbeiten',
  duplicate: 'Duplizieren',
  remove: 'Löschen',
  reorder: 'Regel nach oben oder unten',
}

export const stages: Texts['stages'] = {
  accept: 'Angenommen',
  identify: 'Ziel',
  route: 'Weg',
  resolve: 'Namensauflösung',
  'connect-hop': 'Verbinden',
  secure: 'TLS',
  greet: 'SOCKS-Begrüßung',
  authenticate: 'Anmeldung',
  request: 'Anfrage',
  'first-byte': 'Erstes Byte',
  relay: 'Durchleitung',
  close: 'Ende',
}
