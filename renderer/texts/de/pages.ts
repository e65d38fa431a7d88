import type { EngineStatus } from '../../../shared/runtime.ts'
import type { Texts } from '../texts.ts'

const engineStates: Record<EngineStatus['state'], string> = {
  running: 'läuft',
  restarting: 'startet neu',
  stopped: 'steht',
}

export const log: Texts['log'] = {
  summary: (count) => (count === 1 ? '1 Eintrag' : `${count} Einträge`),
  level: 'Stufe',
  levels: { error: 'Fehler', warn: 'Warnung', info: 'Info', debug: 'Debug' },
  upTo: {
    error: 'Nur Fehler',
    warn: 'Warnungen und Fehler',
    info: 'Ab Info',
    debug: 'Alles',
  },
  search: 'Protokoll filtern',
  follow: 'Folgen',
  save: 'Sichern',
  copied: (count) => (count === 1 ? '1 Eintrag kopiert' : `${count} Einträge kopiert`),
  none: 'Nichts protokolliert',
  noneText: 'Was mit Regeln, Next Hops und Verbindungen geschieht, steht hier.',
  noMatch: 'Kein Eintrag passt zum Filter.',
}

export const settings: Texts['settings'] = {
  subtitle: 'Änderungen gelten sofort.',
  look: 'Darstellung',
  theme: 'Design',
  themes: { system: 'System', light: 'Hell', dark: 'Dunkel' },
  language: 'Sprache',
  languages: { system: 'System', en: 'English', de: 'Deutsch' },
  kept: 'Geschlossene Verbindungen behalten',
  keptHint: 'So viele bleiben zum Nachsehen in der Liste.',
  drain: 'Zeit zum Beenden',
  drainHint: 'So lange dürfen Verbindungen weiterlaufen, wenn Nexthop anhält.',
  seconds: 'Sekunden',
  threads: 'Threads',
  threadsHint:
    'So viele teilen sich das Weiterleiten. Automatisch startet mehr, wenn einer ausgelastet ist. Braucht Linux.',
  automatic: 'Automatisch',
  logLevel: 'Protokollstufe',
  logLevelHint: 'Was von jetzt an ins Protokoll geschrieben wird.',
  desktop: 'Desktop',
  switches: {
    startAtLogin: {
      label: 'Beim Anmelden starten',
      hint: 'Nexthop startet, wenn Sie sich an diesem Rechner anmelden.',
    },
    startHidden: {
      label: 'Verborgen starten',
      hint: 'Beim Anmelden erscheint nur das Symbol in der Leiste.',
    },
    closeToTray: {
      label: 'In die Leiste schließen',
      hint: 'Ohne Fenster wird weitergeleitet; beenden über das Symbol.',
    },
    notifications: {
      label: 'Mitteilungen',
      hint: 'Wenn ein Next Hop ausfällt oder eine Regel nicht lauschen kann.',
    },
  },
  transfer: 'Import, Export und Hilfe',
  exportLabel: 'Exportieren',
  exportHint: 'Alle Next Hops, Listen, Regeln und Einstellungen in einer Datei.',
  exportButton: 'Exportieren…',
  exportTitle: 'Konfiguration exportieren',
  exportPasswords: 'Passwörter mitnehmen',
  passphrase: 'Passphrase',
  passphraseHint: 'Verschließt die Passwörter in der Datei. Ohne sie sind sie verloren.',
  exported: (filename) => `Exportiert nach ${filename}`,
  importLabel: 'Importieren',
  importHint:
    'Ein Export oder eine Konfiguration von Nexthop, Befehlszeilen von ssh oder GOST, oder eine Datei von V2Ray, Xray, mihomo oder Proxifier. Was sich ändert, sehen Sie vorher.',
  formats: {
    nexthop: 'Nexthop',
    ssh: 'ssh',
    gost: 'GOST',
    xray: 'V2Ray oder Xray',
    mihomo: 'mihomo',
    proxifier: 'Proxifier',
  },
  foreign: (program) => `Das ist von ${program}.`,
  unmapped: (count) => `${count} weggelassen`,
  importButton: 'Importieren…',
  importTitle: (filename) => `${filename} importieren`,
  importMode: 'Was mit dem Vorhandenen geschieht',
  modes: { merge: 'Ergänzen', replace: 'Ersetzen' },
  importPassphrase: 'Passphrase der Datei',
  importPassphraseHint:
    'Die Datei enthält verschlossene Passwörter. Leer lassen, um ohne sie zu importieren.',
  importFile: 'Zu importierende Datei',
  importNow: 'Importieren',
  imported: (filename) => `${filename} importiert`,
  added: (count) => `${count} neu`,
  changed: (count) => `${count} geändert`,
  gone: (count) => `${count} entfernt`,
  nothingChanges: 'Diese Datei ändert nichts.',
  diagnostics: 'Diagnose',
  diagnosticsHint: 'Versionen, Konfiguration und Protokoll in einer Datei, ohne Passwörter.',
  diagnosticsButton: 'Datei sichern',
  passwords: 'Passwörter',
  passwordsKept: {
    keychain: 'verschlüsselt mit dem Schlüsselbund des Systems',
    file: 'in einer Datei, die nur dieser Benutzer lesen kann; es gibt keinen Schlüsselbund',
  },
  about: 'Über',
  version: 'Version',
  shell: 'Läuft als',
  shells: { electron: 'Desktop-App', headless: 'Server (nexthop serve)' },
  platform: 'Plattform',
  engine: 'Motor',
  engineState: (state, restarts) =>
    restarts === 0 ? engineStates[state] : `${engineStates[state]}, ${restarts}-mal neu gestartet`,
  configPath: 'Konfiguration',
  copyAbout: 'Kopieren',
  aboutCopied: 'Versionen kopiert',
}

export const welcome: Texts['welcome'] = {
  demo: 'Demo ausprobieren',
  demoRuns: 'Die Demo läuft: ein SOCKS5-Server und eine Seite auf diesem Rechner.',
  demoOpen: 'Seite öffnen',
  demoStop: 'Demo beenden',
  demoEnded: 'Die Demo ist beendet und aufgeräumt.',
}
