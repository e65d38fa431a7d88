import type { Updates } from '../../../shared/model/settings.ts'

const channels: Record<Updates, string> = { off: 'Off', stable: 'Stable', beta: 'Beta' }

export const updates = {
  title: 'Updates',
  search: 'Look for updates',
  searchHint: 'Once a day. Nothing is downloaded or installed before you say so.',
  channels,
  version: (version: string) => `Version ${version}`,
  none: 'This copy of the app does not look for updates: install the newer package.',
  idle: 'No newer version is known.',
  checking: 'Looking for a newer version …',
  available: 'It is newer than this one.',
  byHand: 'It is newer than this one. This copy belongs to the system: install the newer package.',
  downloading: (percent: number) => `Downloading, ${percent} %`,
  ready:
    'Downloaded and verified. Installing ends the app, and with it all connections, and starts it again.',
  failed: (reason: string) => `That did not work: ${reason}. Check the network, then try again.`,
  check: 'Check now',
  download: 'Download',
  install: 'Install and restart',
  notes: 'What is new',
}
