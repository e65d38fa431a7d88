import type { Failure } from '../errors.ts'
import { germanBar, germanCondition } from './bars-de.ts'
import { germanBreaks } from './breaks-de.ts'
import { atStage } from './breaks.ts'
import { germanClues } from './clues-de.ts'
import { describeClue } from './clues.ts'
import type { FailureTexts } from './failure-texts.ts'
import { germanListening, moreFiles } from './listen-failures-de.ts'
import { germanLooks } from './looks-de.ts'
import { inGerman } from './mistakes-de.ts'
import { germanReasons } from './reasons-de.ts'
import { germanReplies } from './socks-replies-de.ts'
import { describeReply, nameReply } from './socks-replies.ts'

export const german: FailureTexts = {
  hop: (hop) => {
    if (!hop) return 'der Next Hop'
    return hop.name === hop.address
      ? `der Next Hop ${hop.address}`
      : `der Next Hop „${hop.name}“ (${hop.address})`
  },
  destination: 'das Ziel',
  reply: (reply) => describeReply(reply, germanReplies),
  replyName: (reply) => nameReply(reply, germanReplies),
  noReply: 'ohne Angabe eines Grundes',
  within: (duration) => ` innerhalb von ${duration}`,
  leftAlone: (duration) => `er wird noch ${duration} in Ruhe gelassen`,
  waitsAfterFailure: (duration) =>
    `er wird noch ${duration} in Ruhe gelassen, wie seine „Wartezeit nach letztem Fehler“ sagt`,
  leftAloneUntilChecked: 'er wird in Ruhe gelassen, bis seine Prüfung gelingt',
  brokenOff: 'er brach die Verbindung ab',
  also: (sentences, more) => `außerdem: ${sentences.join('; ')}${more > 0 ? `; und ${more} weitere` : ''}`,
  atLeg: (number, of) => `das ist Abschnitt ${number} von ${of} der Kette`,

  ...germanListening,

  hopOutOnPurpose: ({ hop }) => ({
    what: `${hop} wurde absichtlich außer Betrieb genommen`,
    advice: 'warten Sie, bis das vorbei ist, oder beenden Sie es',
  }),
  hopRefusedConnection: ({ hop }) => ({
    what: `${hop} hat die Verbindung abgelehnt: dort lauscht niemand`,
    advice: 'prüfen Sie, ob der Proxy läuft, und seine Adresse und seinen Port',
  }),
  hopBrokeOff: ({ hop, failure: { stage } }) => ({
    what: `${hop} hat die Verbindung abgebrochen, ${atStage(germanBreaks.during, stage)}`,
    advice: atStage(germanBreaks.advice, stage),
  }),
  noPathToHop: ({ hop, errno }) => ({
    what: `von diesem Rechner führt kein Weg zu: ${hop}${errno}`,
    advice: 'prüfen Sie das Netz, das VPN, falls eines nötig ist, und die Adresse des Next Hops',
  }),
  noFileForHop: ({ hop, errno }) => ({
    what: `mehr Dateien und Verbindungen können nicht offen sein, daher ist keine Verbindung möglich${errno}: ${hop}`,
    advice: moreFiles,
  }),
  noFileForTarget: ({ target, errno }) => ({
    what: `mehr Dateien und Verbindungen können nicht offen sein, daher ist keine Verbindung zu ${target} möglich${errno}`,
    advice: moreFiles,
  }),
  hopUnreachable: ({ hop, errno }) => ({
    what: `${hop} ist nicht erreichbar${errno}`,
    advice: 'prüfen Sie, ob der Proxy läuft, und seine Adresse und seinen Port',
  }),
  hopUnreachableThrough: ({ hop, through, cause }) => ({
    what: `${hop} ist über ${through} nicht zu erreichen${cause}`,
    advice:
      'prüfen Sie, ob dieser Proxy läuft, ob der davor ihn unter dieser Adresse sieht, und ob er sich mit ihm verbinden darf',
  }),
  notSocks: ({ hop, failure }, { what, advice }) => ({
    what: `${hop} spricht dort nicht SOCKS${failure.hop?.version ?? ''}: ${what}`,
    advice,
  }),
  looks: germanLooks,
  notHttp: ({ hop }, { what, advice }) => ({
    what: `${hop} antwortet nicht wie ein HTTP-Proxy: ${what}`,
    advice,
  }),
  notTls: ({ hop, errno }) => ({
    what: `${hop} spricht dort kein TLS${errno}`,
    advice: 'schalten Sie TLS für diesen Next Hop aus, oder geben Sie seinen TLS-Port an',
  }),
  tlsExpired: ({ hop, errno }) => ({
    what: `das Zertifikat ist zurzeit nicht gültig: ${hop}${errno}`,
    advice: 'prüfen Sie die Uhr dieses Rechners; geht sie richtig, braucht der Proxy ein neues Zertifikat',
  }),
  tlsUnknownIssuer: ({ hop, errno }) => ({
    what: `das Zertifikat hat niemand ausgestellt, dem dieser Rechner traut: ${hop}${errno}`,
    advice: 'geben Sie dem Next Hop das CA-Zertifikat Ihrer Organisation',
  }),
  tlsWrongName: ({ hop, errno }) => ({
    what: `das Zertifikat gilt für einen anderen Namen: ${hop}${errno}`,
    advice: 'geben Sie den Next Hop mit dem Namen aus dem Zertifikat an, oder diesen als Servernamen',
  }),
  tlsWantsCertificate: ({ hop, errno }) => ({
    what: `${hop} verlangt ein Client-Zertifikat, und Nexthop hat keines${errno}`,
    advice:
      'geben Sie einen Port des Proxys an, der keines verlangt, oder als Next Hop ein Programm wie stunnel auf diesem Rechner, das eines hat',
  }),
  tlsFailed: ({ hop, errno }) => ({
    what: `der TLS-Handshake ist gescheitert: ${hop}${errno}`,
    advice:
      'sehen Sie im Protokoll des Proxys nach, und ob er TLS 1.2 oder neuer kann und kein Client-Zertifikat verlangt',
  }),
  tlsTimedOut: ({ hop, within }) => ({
    what: `${hop} hat die Verbindung angenommen, aber den TLS-Handshake${within} nicht abgeschlossen`,
    advice: 'prüfen Sie, ob dieser Port TLS spricht, oder erhöhen Sie das Zeitlimit für den Handshake',
  }),
  loginMissing: ({ hop }) => ({
    what: `${hop} verlangt eine Anmeldung`,
    advice: 'geben Sie dem Next Hop einen Benutzer und ein Passwort',
  }),
  loginNotOffered: ({ hop }) => ({
    what: `${hop} nimmt keine unserer Arten an, sich anzumelden`,
    advice:
      'vielleicht verlangt er keine Anmeldung, oder eine wie GSSAPI, die Nexthop nicht hat: fragen Sie seinen Verwalter',
  }),
  otherLogins: ({ hop, offers }) => ({
    what: `${hop} nimmt keine unserer Arten an, sich anzumelden, nur ${offers}`,
    advice:
      'nehmen Sie als Next Hop ein Hilfsprogramm auf diesem Rechner, das es kann, etwa px oder cntlm für NTLM, oder lassen Sie diesen Rechner am Proxy ohne Anmeldung freigeben',
  }),
  userIdRefused: ({ hop, reply }) => ({
    what: `${hop} hat die Benutzerkennung abgelehnt: ${reply}`,
    advice:
      'prüfen Sie den Benutzer des Next Hops, und ob der Ident-Dienst dieses Rechners dem Proxy denselben nennt',
  }),
  loginRefused: ({ hop }) => ({
    what: `${hop} hat Benutzer oder Passwort abgelehnt`,
    advice: 'prüfen Sie Benutzer und Passwort des Next Hops',
  }),
  passwordUnavailable: ({ hop, failure: { message = 'dort ist nichts' } }) => ({
    what: `${hop} ist nicht zu benutzen, sein Passwort fehlt: ${message}`,
    advice: 'beheben Sie das und starten Sie Nexthop neu, oder geben Sie dem Next Hop ein anderes Passwort',
  }),
  passwordMissing: ({ hop }) => ({
    what: `${hop} hat den Benutzer abgelehnt, zu dem kein Passwort angegeben ist`,
    advice: 'geben Sie dem Next Hop sein Passwort',
  }),
  forbiddenByHop: ({ hop, target, reply }) => ({
    what: `${hop} wollte ${target} nicht verbinden: ${reply}`,
    advice: 'bitten Sie den Verwalter des Proxys, es zu erlauben',
  }),
  commandUnknown: ({ hop, target, reply }) => ({
    what: `${hop} wollte ${target} nicht verbinden: ${reply}`,
    advice: 'nehmen Sie einen anderen Proxy: dieser leitet kein TCP weiter',
  }),
  addressKindUnknown: ({ hop, target, reply }) => ({
    what: `${hop} wollte ${target} nicht verbinden: ${reply}`,
    advice: 'geben Sie das Ziel als Namen oder IPv4-Adresse an',
  }),
  socks4Refused: ({ hop, target, reply }) => ({
    what: `${hop} wollte ${target} nicht verbinden: ${reply}`,
    advice: 'prüfen Sie das Ziel, und ob die Regeln des Proxys es erlauben',
  }),
  hopRefused: ({ hop, target, reply }) => ({
    what: `${hop} wollte ${target} nicht verbinden: ${reply}`,
    advice: 'prüfen Sie das Ziel und das Protokoll des Proxys',
  }),
  targetUnreachable: ({ hop, target, reply }) => ({
    what: `${hop} konnte ${target} nicht erreichen: ${reply}`,
    advice: 'prüfen Sie Namen und Adresse des Ziels, und ob ein Weg dorthin führt',
  }),
  targetUnreachableDirectly: ({ target, errno }) => ({
    what: `${target} ist von diesem Rechner aus nicht erreichbar${errno}`,
    advice: 'prüfen Sie Namen und Adresse des Ziels, und ob ein Weg dorthin führt',
  }),
  targetRefused: ({ hop, target, replyNumber }) => ({
    what: `${target} hat die Verbindung abgelehnt, um die ${hop} gebeten hat${replyNumber}`,
    advice: 'prüfen Sie, ob der Dienst dort läuft und der Port stimmt',
  }),
  targetRefusedDirectly: ({ target }) => ({
    what: `${target} hat die Verbindung abgelehnt`,
    advice: 'prüfen Sie, ob der Dienst dort läuft und der Port stimmt',
  }),
  connectTimedOut: ({ hop, within }) => ({
    what: `${hop} hat${within} nicht geantwortet`,
    advice:
      'prüfen Sie seine Adresse, und ob eine Firewall die Pakete verwirft; oder erhöhen Sie das Zeitlimit für das Verbinden',
  }),
  greetingTimedOut: ({ hop, within, failure }) => {
    const protocol = failure.hop?.protocol === 'http' ? 'HTTP' : 'SOCKS'
    return {
      what: `${hop} hat die Verbindung angenommen, aber${within} keine ${protocol}-Antwort gesandt`,
      advice: `prüfen Sie, ob dieser Port ${protocol} spricht, oder erhöhen Sie das Zeitlimit für den Handshake`,
    }
  },
  loginTimedOut: ({ hop, within }) => ({
    what: `${hop} hat die Begrüßung beantwortet, aber${within} nicht die Anmeldung`,
    advice: 'sehen Sie in das Protokoll des Proxys, oder erhöhen Sie das Zeitlimit für den Handshake',
  }),
  requestTimedOut: ({ hop, target, within }) => ({
    what: `${hop} hat ${target}${within} nicht erreicht`,
    advice: 'prüfen Sie das Ziel, oder erhöhen Sie das Zeitlimit für den Handshake',
  }),
  idleTimedOut: ({ within }) => ({
    what: `in keiner Richtung wurde${within} etwas gesandt`,
    advice: 'erhöhen Sie das Leerlauf-Zeitlimit, wenn solche Pausen normal sind',
  }),
  closeTimedOut: ({ within }) => ({
    what: `die Verbindung endete${within} nicht, nachdem das Ende verlangt wurde`,
    advice: '',
  }),
  targetTimedOut: ({ target, within }) => ({
    what: `${target} hat${within} nicht geantwortet`,
    advice: 'prüfen Sie das Ziel, und ob eine Firewall die Pakete verwirft',
  }),
  hopNameNotFound: ({ hop }) => ({
    what: `der Name ist nicht bekannt: ${hop}`,
    advice: 'prüfen Sie die Schreibweise und das DNS dieses Rechners',
  }),
  targetNameNotFound: ({ target }) => ({
    what: `der Name von ${target} ist auf diesem Rechner nicht bekannt`,
    advice: 'prüfen Sie die Schreibweise und das DNS dieses Rechners',
  }),
  targetNameNotFoundHere: ({ target }) => ({
    what: `der Name von ${target} ist auf diesem Rechner nicht bekannt`,
    advice:
      'prüfen Sie die Schreibweise, oder lassen Sie den Next Hop ihn auflösen (socks5h:// oder socks4a://)',
  }),
  hopNameTimedOut: ({ hop, within }) => ({
    what: `der Name wurde${within} nicht aufgelöst: ${hop}`,
    advice:
      'prüfen Sie das DNS dieses Rechners, oder geben Sie die Adresse des Next Hop statt seines Namens an',
  }),
  targetNameTimedOut: ({ target, within }) => ({
    what: `der Name von ${target} wurde auf diesem Rechner${within} nicht aufgelöst`,
    advice: 'prüfen Sie das DNS dieses Rechners',
  }),
  targetNameTimedOutHere: ({ target, within }) => ({
    what: `der Name von ${target} wurde auf diesem Rechner${within} nicht aufgelöst`,
    advice:
      'prüfen Sie das DNS dieses Rechners, oder lassen Sie den Next Hop ihn auflösen (socks5h:// oder socks4a://)',
  }),
  identifyTimedOut: ({ within }) => ({
    what: `der Client hat${within} nicht gesagt, wohin er will`,
    advice:
      'geben Sie ein Standardziel an, wenn der Server zuerst sprechen soll, oder erhöhen Sie das Zeitlimit für das Ziel',
  }),
  unidentified: ({ failure }, { what, advice }) => ({
    what: failure.clue ? `${what} (${describeClue(failure.clue, germanClues)})` : what,
    advice,
  }),
  reasons: germanReasons,
  notAllowed: ({ target }) => ({
    what: `${target} gehört nicht zu den erlaubten Zielen`,
    advice: 'nehmen Sie es darin auf, wenn es durchgehen soll',
  }),
  blocked: ({ target, failure: { bar, condition } }) =>
    bar
      ? germanBar(bar)
      : {
          what: `${condition === undefined ? 'eine Regel' : germanCondition(condition)} sperrt ${target}`,
          advice: `ändern Sie den Weg der ${condition === undefined ? 'Regel' : 'Bedingung'}, wenn es durchgehen soll`,
        },
  loop: ({ target }) => ({
    what: `${target} führt zu Nexthop selbst zurück`,
    advice: 'geben Sie die Adresse des Proxys oder Dienstes selbst an',
  }),
  noIpv6: ({ hop, target, failure }) => ({
    what: `${hop} kann nicht nach ${target} gefragt werden: SOCKS${failure.hop?.version} kennt keine IPv6-Adressen`,
    advice: 'nehmen Sie einen Next Hop mit SOCKS5, oder geben Sie das Ziel als Namen oder IPv4-Adresse an',
  }),
  badRequest: ({ failure }) => ({ what: said(failure) ?? 'die Anfrage ist nicht gültig', advice: '' }),
  notFound: ({ failure }) => ({ what: said(failure) ?? 'das gibt es nicht', advice: '' }),
  conflict: ({ failure }) => ({
    what: said(failure) ?? 'das widerspricht dem jetzigen Zustand',
    advice: '',
  }),
  internal: ({ failure }) =>
    failure.told
      ? { what: said(failure) ?? '', advice: '' }
      : {
          what: `in Nexthop selbst ging etwas schief${failure.message ? `: ${failure.message}` : ''}`,
          advice: 'versuchen Sie es noch einmal; bleibt es so, melden Sie es mit dem Protokoll',
        },
}

/** What the app said of a request. */
function said({ message, told }: Failure): string | undefined {
  return message === undefined ? undefined : inGerman(told ? { message, told } : { message })
}
