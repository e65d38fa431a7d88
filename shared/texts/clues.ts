import type { Clue, NamedClue } from '../clue.ts'
import type { TextLanguage } from './explain.ts'

// What is wrong is said of what the client sent.

/** In English and German. */
const words: Readonly<Record<NamedClue | 'unknown', readonly [string, string]>> = {
  'tls-name': ['TLS server name', 'Servername in TLS'],
  'tls-outer-name': [
    'TLS server name (another one may be encrypted)',
    'Servername in TLS (ein anderer kann verschlüsselt sein)',
  ],
  'http-host': ['HTTP Host', 'HTTP Host'],
  'http-connect': ['HTTP CONNECT', 'HTTP CONNECT'],
  'http-proxy-request': ['HTTP proxy request', 'Anfrage an einen HTTP-Proxy'],
  'socks4-request': ['SOCKS4 request', 'SOCKS4-Anfrage'],
  'socks5-request': ['SOCKS5 request', 'SOCKS5-Anfrage'],
  'proxy-header': ['PROXY header', 'PROXY-Kopf'],

  unknown: ['the protocol is not known', 'das Protokoll ist nicht bekannt'],
  silence: ['the client said nothing', 'der Client hat nichts gesagt'],
  incomplete: ['its beginning is not complete', 'der Anfang ist nicht vollständig'],
  'tls-without-name': ['TLS without a server name', 'TLS ohne Servername'],
  'tls-name-invalid': ['its server name is not valid', 'der Servername ist nicht gültig'],
  'http-proxy-client': ['a request for an HTTP proxy', 'eine Anfrage an einen HTTP-Proxy'],

  'tls-no-handshake': ['it does not begin with a TLS handshake', 'am Anfang steht kein TLS-Handshake'],
  'tls-version': ['its TLS version is not known', 'die TLS-Version ist nicht bekannt'],
  'tls-record-length': [
    'it has a TLS record of a length that is not allowed',
    'ein TLS-Record hat eine Länge, die nicht erlaubt ist',
  ],
  'tls-no-hello': [
    'its first TLS message is not a ClientHello',
    'die erste TLS-Nachricht ist kein ClientHello',
  ],
  'tls-hello-too-long': ['its ClientHello is too long', 'das ClientHello ist zu lang'],
  'tls-hello-incomplete': [
    'its ClientHello is not complete in itself',
    'das ClientHello ist in sich nicht vollständig',
  ],

  'http-no-request': [
    'its first line is not that of an HTTP/1 request',
    'die erste Zeile ist nicht die einer HTTP/1-Anfrage',
  ],
  'http-no-response': [
    'its first line is not that of an HTTP/1 response',
    'die erste Zeile ist nicht die einer HTTP/1-Antwort',
  ],
  'http-header-invalid': ['it has a header line that is not valid', 'eine Header-Zeile ist nicht gültig'],
  'http-head-too-long': ['its head is too long', 'der Kopf ist zu lang'],
  'http-no-host': ['it has no Host header', 'der Host-Header fehlt'],
  'http-several-hosts': ['it has more than one Host header', 'es gibt mehr als einen Host-Header'],
  'http-host-invalid': ['its Host header is not valid', 'der Host-Header ist nicht gültig'],
  'http-connect-invalid': ['its CONNECT names no host and port', 'CONNECT nennt keinen Host und Port'],
  'http-needs-connect': [
    'it asks for an address that is not http://; such need CONNECT',
    'die verlangte Adresse ist nicht http://; solche brauchen CONNECT',
  ],
  'http-address-invalid': [
    'the host in its address is not valid',
    'der Host in der Adresse ist nicht gültig',
  ],
  'http-no-address': [
    'a request without the address of its server',
    'eine Anfrage ohne die Adresse ihres Servers',
  ],
  'http-body-length': ['the length of its body is not certain', 'die Länge des Inhalts ist nicht sicher'],
  'http-chunk-invalid': ['a chunk of its body is not valid', 'ein Teil (Chunk) des Inhalts ist nicht gültig'],

  'socks4-other': ['it is not SOCKS4', 'es ist nicht SOCKS4'],
  'socks4-too-long': [
    'a text in its SOCKS4 request is too long',
    'ein Text in der SOCKS4-Anfrage ist zu lang',
  ],
  'socks5-other': ['it is not SOCKS5', 'es ist nicht SOCKS5'],
  'socks5-no-method': [
    'its SOCKS5 greeting offers no method',
    'die SOCKS5-Begrüßung bietet keine Methode an',
  ],
  'socks5-request-version': [
    'its SOCKS5 request has another version',
    'die SOCKS5-Anfrage hat eine andere Version',
  ],
  'socks-address-kind': ['its kind of address is not known', 'die Art der Adresse ist nicht bekannt'],
  'socks-command': ['it asks for something other than CONNECT', 'verlangt wird etwas anderes als CONNECT'],
  'socks-address-invalid': [
    'the host or port it asks for is not valid',
    'der verlangte Host oder Port ist nicht gültig',
  ],

  'proxy-header-version': [
    'its PROXY header has a version that is not known',
    'der PROXY-Kopf hat eine Version, die nicht bekannt ist',
  ],
  'proxy-header-command': [
    'its PROXY header has a command that is not known',
    'der PROXY-Kopf hat einen Befehl, der nicht bekannt ist',
  ],
  'proxy-header-too-long': ['its PROXY header is too long', 'der PROXY-Kopf ist zu lang'],
  'proxy-header-too-short': [
    'its PROXY header is too short for its addresses',
    'der PROXY-Kopf ist zu kurz für seine Adressen',
  ],
  'proxy-line-too-long': ['its PROXY line is too long', 'die PROXY-Zeile ist zu lang'],
  'proxy-line-invalid': ['its PROXY line is not valid', 'die PROXY-Zeile ist nicht gültig'],
}

/** As part of a line. Names of protocols stand for themselves. */
export function describeClue({ code, within, bytes }: Clue, language: TextLanguage): string {
  const isGerman = language === 'de'
  const texts: Readonly<Partial<Record<Clue['code'], readonly [string, string]>>> = words
  const [text, more, but] = isGerman
    ? [texts[code]?.[1], `mehr als ${bytes} Bytes`, 'aber']
    : [texts[code]?.[0], `more than ${bytes} bytes`, 'but']
  const whole = `${text ?? code}${bytes === undefined ? '' : `, ${more}`}`
  return within === undefined ? whole : `${within}, ${but} ${whole}`
}
