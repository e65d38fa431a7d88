import type { Texts } from '../texts.ts'

export const captures: Texts['captures'] = {
  title: 'Aufzeichnungen',
  show: 'Aufzeichnungen zeigen',
  recordTitle: 'Pakete aufzeichnen',
  recordItem: 'Pakete aufzeichnen…',
  stopItem: 'Aufzeichnung beenden',
  recording: 'Zeichnet auf',
  running: (count) => (count === 1 ? '1 Aufzeichnung läuft' : `${count} Aufzeichnungen laufen`),
}
