import type * as english from '../en/updates.ts'

export const updates: typeof english.updates = {
  title: 'Updates',
  search: 'Nach Updates suchen',
  searchHint: 'Einmal am Tag. Geladen und installiert wird erst, wenn Sie es sagen.',
  channels: { off: 'Aus', stable: 'Stabil', beta: 'Beta' },
  version: (version) => `Version ${version}`,
  none: 'Diese Kopie der App sucht keine Updates: Installieren Sie das neuere Paket.',
  idle: 'Es ist keine neuere Version bekannt.',
  checking: 'Sucht nach einer neueren Version …',
  available: 'Sie ist neuer als diese.',
  byHand: 'Sie ist neuer als diese. Diese Kopie gehört dem System: Installieren Sie das neuere Paket.',
  downloading: (percent) => `Wird geladen, ${percent} %`,
  ready: 'Geladen und geprüft. Das Installieren beendet die App und alle Verbindungen und startet sie neu.',
  failed: (reason) => `Das ging nicht: ${reason}. Prüfen Sie das Netz, dann noch einmal.`,
  check: 'Jetzt suchen',
  download: 'Laden',
  install: 'Installieren und neu starten',
  notes: 'Was neu ist',
}
