import type { Unidentified } from '../errors.ts'
import type { Explanation } from './failure-texts.ts'

// Why what a client sent does not say where it wants to go, in words.

export const englishReasons: Readonly<Record<Unidentified, Explanation>> = {
  malformed: {
    what: 'what the client sent is not valid, so its destination can not be told',
    advice: 'check which protocol the client speaks',
  },
  nameless: {
    what: 'what the client sent names no destination',
    advice: 'give a default destination, or connect by name and not by address',
  },
  'not-proxy': {
    what: 'the client does not ask like the client of a SOCKS or HTTP proxy',
    advice: 'set this port as its proxy, or give a fixed destination',
  },
  'wants-login': {
    what: 'the client connects only with a login, and Nexthop asks for none',
    advice: 'let the client use the proxy without user and password',
  },
  refused: {
    what: 'the client asks for something that Nexthop does not do',
    advice: 'use it for TCP connections to a host and port',
  },
  'no-header': {
    what: 'the connection does not begin with a PROXY protocol header, which is required here',
    advice: 'let the load balancer send it, or do not require it here',
  },
  'header-without-address': {
    what: 'the PROXY protocol header tells no destination',
    advice: 'let the load balancer send addresses, or give a fixed destination',
  },
}

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
