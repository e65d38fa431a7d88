import type * as english from '../en/backups.ts'

export const backups: typeof english.backups = {
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

export const defaults: typeof english.defaults = {
  title: 'Neue Next Hops und Regeln',
  idle: 'Leerlauf-Zeitlimit',
  idleHint: 'Einer neuen Regel. 0: Verbindungen dürfen beliebig lange ruhen.',
  limit: 'Höchstzahl der Verbindungen',
  limitHint: 'Einer neuen Regel. 0: unbegrenzt.',
  connect: 'Zeitlimit Verbinden',
  connectHint: 'Eines neuen Next Hops: um den Proxy zu erreichen.',
  handshake: 'Zeitlimit Handshake',
  handshakeHint: 'Eines neuen Next Hops: für seine SOCKS-Antworten.',
  retries: 'Wiederholungen',
  retriesHint: 'Eines neuen Next Hops: Versuche nach dem ersten.',
  wait: 'Wartezeit nach letztem Fehler',
  waitHint: 'Eines neuen Next Hops: so lange wird er dann in Ruhe gelassen.',
}
