import type { Texts } from '../texts.ts'

export const totals: Texts['totals'] = {
  title: 'Summen je Tag',
  open: 'Summen',
  period: 'Zeitraum',
  days: (count) => `${count} Tage`,
  chart: 'Bytes je Tag',
  rule: 'Portregel',
  hop: 'Next Hop',
  connections: 'Verbindungen',
  failures: 'Gescheitert',
  count: (connections) => (connections === 1 ? '1 Verbindung' : `${connections} Verbindungen`),
  failed: (count) => `${count} gescheitert`,
  sum: 'Alle',
  noHop: 'keiner',
  none: 'In dieser Zeit wurde nichts gezählt',
  noneText:
    'Bytes, Verbindungen und Fehler je Regel und Next Hop werden 400 Tage lang aufgehoben, auch über Neustarts.',
  save: 'Als CSV speichern',
}
