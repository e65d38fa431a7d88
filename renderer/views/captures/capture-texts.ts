import type { CaptureEnd } from '../../../shared/captures.ts'
import type { Texts } from '../../texts/texts.ts'

const endedBy: Record<CaptureEnd, string> = {
  asked: 'Ended',
  size: 'Ended: it was full',
  time: 'Ended: its time was over',
  'connection-closed': 'Ended with its connection',
  disk: 'Broken off: the disk could not follow',
  engine: 'Broken off: the engine stopped',
}

const en = {
  none: 'No recordings',
  noneText:
    'Record the packets of a rule to look at them in Wireshark, both legs and the SOCKS handshake included.',
  kept: 'The latest 50 are kept, beside the configuration.',
  record: 'Record',
  recordPasswords: 'Record with passwords',
  lead: 'Packets from now on, of open and new connections, as a file for Wireshark.',
  of: 'What to record',
  everything: 'Everything',
  connection: 'One connection',
  earlier: 'From an earlier run',
  minutes: 'Ends after (minutes)',
  megabytes: 'or at (MB)',
  endsHint: 'Or when you stop it',
  payload: 'Payload kept of each packet (bytes)',
  payloadAll: 'All of it',
  payloadHint: 'Cut it where the content is nobody’s business. Sizes stay right.',
  decodeFriendly: 'Easy to decode',
  decodeHint: 'Shows the port of SOCKS hops as 1080, which Wireshark decodes without a setting.',
  keepPasswords: 'With passwords',
  passwordsHint: 'Else they are blanked with stars of the same length.',
  passwordsWarning:
    'The file will hold logins to next hops and those in the traffic, readable by anybody who gets it. Delete it when you are done.',
  between: (min: number, max: number) => `Enter a number from ${min} to ${max}`,
  started: 'Recording. It shows at the top for as long as it goes on.',
  stopped: (packets: number) => `Recorded ${packets === 1 ? '1 packet' : `${packets} packets`}`,
  endedBy,
  packets: (count: number) => (count === 1 ? '1 packet' : `${count} packets`),
  connections: (count: number) => (count === 1 ? '1 connection' : `${count} connections`),
  stop: 'Stop',
  stopAndSave: 'Stop and save',
  save: 'Save',
  open: 'Open in Wireshark',
  remove: (filename: string) => `Delete ${filename}`,
  removeQuestion: 'Delete this recording?',
  removeText: (filename: string) => `${filename} is deleted from the disk, and can not be brought back.`,
}

export type CaptureTexts = typeof en

const de: CaptureTexts = {
  none: 'Keine Aufzeichnungen',
  noneText:
    'Die Pakete einer Regel aufzeichnen und in Wireshark ansehen, beide Teilstrecken samt SOCKS-Handshake.',
  kept: 'Die neuesten 50 bleiben, neben der Konfiguration.',
  record: 'Aufzeichnen',
  recordPasswords: 'Mit Passwörtern aufzeichnen',
  lead: 'Pakete ab jetzt, von offenen und neuen Verbindungen, als Datei für Wireshark.',
  of: 'Was aufgezeichnet wird',
  everything: 'Alles',
  connection: 'Eine Verbindung',
  earlier: 'Aus einem früheren Lauf',
  minutes: 'Endet nach (Minuten)',
  megabytes: 'oder bei (MB)',
  endsHint: 'Oder wenn sie beendet wird',
  payload: 'Nutzdaten je Paket (Bytes)',
  payloadAll: 'Alle',
  payloadHint: 'Kürzen, wo der Inhalt niemanden angeht. Größen bleiben richtig.',
  decodeFriendly: 'Leicht zu dekodieren',
  decodeHint: 'Zeigt den Port von SOCKS-Hops als 1080, den Wireshark ohne Einstellung dekodiert.',
  keepPasswords: 'Mit Passwörtern',
  passwordsHint: 'Sonst stehen an ihrer Stelle gleich viele Sterne.',
  passwordsWarning:
    'Die Datei enthält dann Anmeldungen an Next Hops und die im Verkehr, lesbar für jeden, der sie bekommt. Danach löschen.',
  between: (min, max) => `Eine Zahl von ${min} bis ${max} eingeben`,
  started: 'Die Aufzeichnung läuft. Solange steht sie oben.',
  stopped: (packets) => `${packets === 1 ? '1 Paket' : `${packets} Pakete`} aufgezeichnet`,
  endedBy: {
    asked: 'Beendet',
    size: 'Beendet: sie war voll',
    time: 'Beendet: die Zeit war um',
    'connection-closed': 'Mit der Verbindung beendet',
    disk: 'Abgebrochen: der Datenträger kam nicht mit',
    engine: 'Abgebrochen: der Motor hielt an',
  },
  packets: (count) => (count === 1 ? '1 Paket' : `${count} Pakete`),
  connections: (count) => (count === 1 ? '1 Verbindung' : `${count} Verbindungen`),
  stop: 'Beenden',
  stopAndSave: 'Beenden und sichern',
  save: 'Sichern',
  open: 'In Wireshark öffnen',
  remove: (filename) => `${filename} löschen`,
  removeQuestion: 'Diese Aufzeichnung löschen?',
  removeText: (filename) => `${filename} wird vom Datenträger gelöscht und kommt nicht wieder.`,
}

/** Of the dialogs about recordings; they come with these, so that the page does not have to load them at first. */
export const captureTexts: Record<Texts['code'], CaptureTexts> = { en, de }
