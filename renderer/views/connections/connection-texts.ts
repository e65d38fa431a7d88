import type { ConnectionKind } from '../../state/connection-filter.ts'
import type { Texts } from '../../texts/texts.ts'

const kinds: Record<ConnectionKind, string> = { all: 'All', open: 'Open', failed: 'Failed', slow: 'Slow' }

const en = {
  filters: 'What is shown',
  show: 'Connections that are shown',
  kinds,
  slowFrom: 'Set up in at least',
  allRules: 'All rules',
  allHops: 'All next hops',
  withoutHop: 'Without a next hop',
  saveTraces: 'Save traces',
  saveTracesHint: 'Stages, times and causes of the connections that are shown, as one file',
  savedTraces: (saved: number, shown: number) => {
    const what = saved === 1 ? 'Saved 1 trace' : `Saved ${saved} traces`
    return saved < shown ? `${what} of ${shown} connections` : what
  },
  notRecorded: 'The stages of this connection were not recorded: see “Traces” in the settings.',
  failedAt: (stage: string, after: string) => `Failed after ${after}, at the stage “${stage}”.`,
  testHop: (name: string) => `Test ${name}…`,
  longest: (stage: string, time: string, hop: string | undefined) =>
    `Most of the set-up was “${stage}”${hop === undefined ? '' : ` (${hop})`}: ${time}.`,
}

export type ConnectionTexts = typeof en

const de: ConnectionTexts = {
  filters: 'Was gezeigt wird',
  show: 'Gezeigte Verbindungen',
  kinds: { all: 'Alle', open: 'Offen', failed: 'Fehler', slow: 'Langsam' },
  slowFrom: 'Aufbau mindestens',
  allRules: 'Alle Regeln',
  allHops: 'Alle Next Hops',
  withoutHop: 'Ohne Next Hop',
  saveTraces: 'Traces sichern',
  saveTracesHint: 'Schritte, Zeiten und Ursachen der gezeigten Verbindungen in einer Datei',
  savedTraces: (saved, shown) => {
    const what = saved === 1 ? '1 Trace gesichert' : `${saved} Traces gesichert`
    return saved < shown ? `${what}, von ${shown} Verbindungen` : what
  },
  notRecorded:
    'Die Schritte dieser Verbindung wurden nicht aufgezeichnet: siehe „Traces“ in den Einstellungen.',
  failedAt: (stage, after) => `Gescheitert nach ${after}, beim Schritt „${stage}“.`,
  testHop: (name) => `${name} testen…`,
  longest: (stage, time, hop) =>
    `Der größte Teil des Aufbaus war „${stage}“${hop === undefined ? '' : ` (${hop})`}: ${time}.`,
}

/** Of filters, traces and causes; they come with their view, so that the page does not have to load them at first. */
export const connectionTexts: Record<Texts['code'], ConnectionTexts> = { en, de }
