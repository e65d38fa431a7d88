import type { Texts } from '../../texts/texts.ts'

const en = {
  period: 'Period',
  days: (count: number) => `${count} days`,
  chart: 'Bytes per day',
  rule: 'Port rule',
  hop: 'Next hop',
  connections: 'Connections',
  failures: 'Failed',
  count: (connections: number) => (connections === 1 ? '1 connection' : `${connections} connections`),
  failed: (count: number) => `${count} failed`,
  sum: 'All',
  noHop: 'none',
  none: 'Nothing was counted in this time',
  noneText:
    'Bytes, connections and failures per rule and next hop are kept for 400 days, also over restarts.',
  save: 'Save as CSV',
}

const de: typeof en = {
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
  save: 'Als CSV sichern',
}

/** They come with the dialog, so that the page does not have to load them at first. */
export const totalsTexts: Record<Texts['code'], typeof en> = { en, de }
