import type { Texts } from '../texts.ts'

export const confirm: Texts['confirm'] = {
  label: 'Vor dem Schließen mehrerer Verbindungen fragen',
  hint: 'Gelöschtes lässt sich zurückholen, eine geschlossene Verbindung nicht.',
  closeQuestion: (count) => `${count} Verbindungen schließen?`,
  closeText: 'Die Programme, die sie benutzen, sehen ihre Verbindungen zurückgesetzt.',
  close: 'Schließen',
}
