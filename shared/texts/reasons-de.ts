import type { Unidentified } from '../errors.ts'
import type { Explanation } from './failure-texts.ts'

// Why what a client sent does not say where it wants to go, in words.

export const germanReasons: Readonly<Record<Unidentified, Explanation>> = {
  malformed: {
    what: 'was der Client gesandt hat, ist nicht gültig; sein Ziel ist daraus nicht zu erkennen',
    advice: 'prüfen Sie, welches Protokoll der Client spricht',
  },
  nameless: {
    what: 'was der Client gesandt hat, nennt kein Ziel',
    advice: 'geben Sie ein Standardziel an, oder verbinden Sie mit einem Namen statt mit einer Adresse',
  },
  'not-proxy': {
    what: 'der Client fragt nicht wie der eines SOCKS- oder HTTP-Proxys',
    advice: 'tragen Sie diesen Port als seinen Proxy ein, oder geben Sie ein festes Ziel an',
  },
  'wants-login': {
    what: 'der Client verbindet sich nur mit einer Anmeldung, und Nexthop verlangt keine',
    advice: 'lassen Sie den Client den Proxy ohne Benutzer und Passwort nutzen',
  },
  refused: {
    what: 'der Client verlangt etwas, das Nexthop nicht tut',
    advice: 'nutzen Sie es für TCP-Verbindungen zu einem Rechner und Port',
  },
  'no-header': {
    what: 'die Verbindung beginnt nicht mit dem PROXY-Protokoll-Kopf, der hier verlangt wird',
    advice: 'lassen Sie den Lastverteiler ihn senden, oder verlangen Sie ihn hier nicht',
  },
  'header-without-address': {
    what: 'der PROXY-Protokoll-Kopf nennt kein Ziel',
    advice: 'lassen Sie den Lastverteiler Adressen senden, oder geben Sie ein festes Ziel an',
  },
}
