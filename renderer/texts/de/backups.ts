import type { Texts } from '../texts.ts'

export const backups: Texts['backups'] = {
  label: 'Sicherungen',
  hint: 'Vor der ersten Änderung jeder Stunde wird der bisherige Stand aufgehoben.',
  button: 'Wiederherstellen…',
  title: 'Sicherung wiederherstellen',
  text: 'Next Hops, Listen, Regeln und Einstellungen werden, was sie damals waren. Das lässt sich rückgängig machen.',
  none: 'Es gibt noch keine Sicherung: Die erste entsteht vor der nächsten Änderung.',
  holds: (hops, rules) =>
    `${hops === 1 ? '1 Next Hop' : `${hops} Next Hops`}, ${rules === 1 ? '1 Regel' : `${rules} Regeln`}`,
  restore: 'Wiederherstellen',
  restoreOf: (date) => `Sicherung vom ${date} wiederherstellen`,
  restored: (date) => `Sicherung vom ${date} wiederhergestellt`,
}

export const defaults: Texts['defaults'] = {
  title: 'Neue Next Hops und Regeln',
  idle: 'Leerlaufzeit',
  idleHint: 'Einer neuen Regel. 0: Verbindungen dürfen beliebig lange ruhen.',
  limit: 'Höchstzahl der Verbindungen',
  limitHint: 'Einer neuen Regel. 0: unbegrenzt.',
  connect: 'Zeit für den Verbindungsaufbau',
  connectHint: 'Eines neuen Next Hops: um den Proxy zu erreichen.',
  handshake: 'Zeit für den Handshake',
  handshakeHint: 'Eines neuen Next Hops: für seine SOCKS-Antworten.',
  retries: 'Wiederholungen',
  retriesHint: 'Eines neuen Next Hops: Versuche nach dem ersten.',
  wait: 'Pause nach dem letzten Fehlschlag',
  waitHint: 'Eines neuen Next Hops: so lange wird er dann in Ruhe gelassen.',
}

export const confirm: Texts['confirm'] = {
  label: 'Vor dem Schließen mehrerer Verbindungen fragen',
  hint: 'Gelöschtes lässt sich zurückholen, eine geschlossene Verbindung nicht.',
  closeQuestion: (count) => `${count} Verbindungen schließen?`,
  closeText: 'Die Programme, die sie benutzen, sehen ihre Verbindungen zurückgesetzt.',
  close: 'Schließen',
}
