import type { ImportFormat } from '../../../shared/calls/config-calls.ts'
import type { LogEntry, AppInfo, EngineStatus } from '../../../shared/runtime.ts'
import type { Language, Theme } from '../../../shared/model/settings.ts'

const levels: Record<LogEntry['level'], string> = {
  error: 'Error',
  warn: 'Warning',
  info: 'Info',
  debug: 'Debug',
}
const upTo: Record<LogEntry['level'], string> = {
  error: 'Errors only',
  warn: 'Warnings and errors',
  info: 'Info and above',
  debug: 'Everything',
}
const themes: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' }
const languages: Record<Language, string> = { system: 'System', en: 'English', de: 'Deutsch' }
const shells: Record<AppInfo['shell'], string> = {
  electron: 'Desktop app',
  headless: 'Server (nexthop serve)',
}
const formats: Record<ImportFormat, string> = {
  nexthop: 'Nexthop',
  ssh: 'ssh',
  gost: 'GOST',
  xray: 'V2Ray or Xray',
  mihomo: 'mihomo',
  proxifier: 'Proxifier',
}
const engineStates: Record<EngineStatus['state'], string> = {
  running: 'running',
  restarting: 'restarting',
  stopped: 'stopped',
}

export const log = {
  summary: (count: number) => (count === 1 ? '1 entry' : `${count} entries`),
  level: 'Level',
  levels,
  upTo,
  search: 'Filter the log',
  follow: 'Follow',
  save: 'Save',
  copied: (count: number) => (count === 1 ? 'Copied 1 entry' : `Copied ${count} entries`),
  none: 'Nothing logged',
  noneText: 'What happens to rules, next hops and connections is written here.',
  noMatch: 'No entry matches the filter.',
}

export const settings = {
  subtitle: 'Changes apply at once.',
  look: 'Appearance',
  theme: 'Theme',
  themes,
  language: 'Language',
  languages,
  kept: 'Closed connections kept',
  keptHint: 'How many stay in the list to be looked at.',
  drain: 'Time to finish',
  drainHint: 'How long connections may go on when Nexthop stops.',
  seconds: 'seconds',
  threads: 'Threads',
  threadsHint: 'How many share the work of forwarding. Automatic starts more when one is busy. Needs Linux.',
  automatic: 'Automatic',
  logLevel: 'Log level',
  logLevelHint: 'What is written to the log from now on.',
  desktop: 'Desktop',
  switches: {
    startAtLogin: { label: 'Start at login', hint: 'Nexthop starts when you log in to this computer.' },
    startHidden: { label: 'Start hidden', hint: 'At login, only the tray icon appears.' },
    closeToTray: { label: 'Close to tray', hint: 'Closing the window keeps forwarding; quit from the tray.' },
    notifications: { label: 'Notifications', hint: 'When a next hop goes down, or a rule can not listen.' },
  },
  transfer: 'Import, export and help',
  exportLabel: 'Export',
  exportHint: 'All next hops, lists, rules and settings in one file.',
  exportButton: 'Export…',
  exportTitle: 'Export the configuration',
  exportPasswords: 'Include the passwords',
  passphrase: 'Passphrase',
  passphraseHint: 'Locks the passwords in the file. It is needed to import them; nobody can recover it.',
  exported: (filename: string) => `Exported to ${filename}`,
  importLabel: 'Import',
  importHint:
    'An export or config of Nexthop, ssh or GOST command lines, or a file of V2Ray, Xray, mihomo or Proxifier. You see what changes first.',
  formats,
  foreign: (program: string) => `This is of ${program}.`,
  unmapped: (count: number) => `${count} left out`,
  importButton: 'Import…',
  importTitle: (filename: string) => `Import ${filename}`,
  importMode: 'What happens to what is here',
  modes: { merge: 'Add to it', replace: 'Replace it' },
  importPassphrase: 'Passphrase of the file',
  importPassphraseHint: 'The file holds locked passwords. Leave this empty to import without them.',
  importFile: 'File to import',
  importNow: 'Import',
  imported: (filename: string) => `Imported ${filename}`,
  added: (count: number) => `${count} added`,
  changed: (count: number) => `${count} changed`,
  gone: (count: number) => `${count} removed`,
  nothingChanges: 'This file changes nothing.',
  diagnostics: 'Diagnostics',
  diagnosticsHint: 'Versions, configuration and log in one file for a bug report, without passwords.',
  diagnosticsButton: 'Save file',
  passwords: 'Passwords',
  passwordsKept: {
    keychain: 'encrypted with the system’s keychain',
    file: 'in a file that only this user can read; there is no keychain',
  },
  about: 'About',
  version: 'Version',
  shell: 'Running as',
  shells,
  platform: 'Platform',
  engine: 'Engine',
  engineState: (state: EngineStatus['state'], restarts: number) =>
    restarts === 0 ? engineStates[state] : `${engineStates[state]}, restarted ${restarts} times`,
  configPath: 'Configuration',
  copyAbout: 'Copy',
  aboutCopied: 'Copied the versions',
}

/** Of the demo; what the first steps say beside it comes with them. */
export const welcome = {
  demo: 'Try the demo',
  demoRuns: 'The demo runs: a SOCKS5 server and a page on this machine.',
  demoOpen: 'Open the page',
  demoStop: 'End the demo',
  demoEnded: 'The demo is over, and cleaned up.',
}
