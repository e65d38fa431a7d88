// The replies of SOCKS proxies in words. Each says what the proxy says, as the end of "the next hop … says that …".

type Replies = Readonly<Record<number, string>>

interface ReplyTexts {
  /** RFC 1928 section 6; F0 to F7 are Tor's extended errors (socks-extensions.txt section 5). */
  readonly socks5: Replies
  /** SOCKS4 protocol, "CD" of the reply. */
  readonly socks4: Replies
  readonly unassigned: string
  /** RFC 9110 section 15; for the statuses that proxies answer CONNECT with. */
  readonly http: Replies
  readonly httpNumber: (code: number) => string
  readonly number: (version: 4 | 5, code: string) => string
}

const english: ReplyTexts = {
  socks5: {
    0x01: 'it failed, without giving a reason',
    0x02: 'its rules forbid this destination',
    0x03: 'it has no route to that network',
    0x04: 'it can not reach the host, or not resolve its name',
    0x05: 'the destination refused: the service is down, or the port is wrong',
    0x06: 'the connection timed out on the way (TTL expired)',
    0x07: 'it does not support this command',
    0x08: 'it does not take this kind of address',
    0xf0: 'the onion service was not found (descriptor not found)',
    0xf1: 'the onion service published an invalid descriptor',
    0xf2: 'the introduction to the onion service failed',
    0xf3: 'the rendezvous with the onion service failed',
    0xf4: 'the onion service asks for a client authorisation that is missing',
    0xf5: 'the onion service refused the client authorisation',
    0xf6: 'the onion address is not valid',
    0xf7: 'the introduction to the onion service timed out',
  },
  socks4: {
    0x5b: 'the request was rejected or failed',
    0x5c: 'it can not reach the ident service on this machine',
    0x5d: 'the ident service reports a different user id',
  },
  http: {
    400: 'it does not take this request',
    403: 'its rules forbid this destination',
    404: 'it is a web server, not a proxy',
    405: 'it does not forward TCP',
    407: 'it wants a login',
    500: 'it failed, without giving a reason',
    501: 'it does not forward TCP',
    502: 'it can not reach the host, or not resolve its name',
    503: 'it can not reach the host at the moment',
    504: 'the destination did not answer it in time',
  },
  httpNumber: (code) => `HTTP status ${code}`,
  unassigned: 'it failed for a reason that no standard names',
  number: (version, code) => `SOCKS${version} reply ${code}`,
}

const german: ReplyTexts = {
  socks5: {
    0x01: 'er ist gescheitert, ohne Angabe eines Grundes',
    0x02: 'seine Regeln verbieten dieses Ziel',
    0x03: 'er hat keinen Weg in jenes Netz',
    0x04: 'er kann den Rechner nicht erreichen oder seinen Namen nicht auflösen',
    0x05: 'das Ziel hat abgelehnt: der Dienst läuft nicht, oder der Port ist falsch',
    0x06: 'die Zeit unterwegs ist abgelaufen (TTL)',
    0x07: 'er kann diesen Befehl nicht',
    0x08: 'er nimmt diese Art von Adresse nicht',
    0xf0: 'der Onion-Dienst wurde nicht gefunden (kein Deskriptor)',
    0xf1: 'der Onion-Dienst hat einen ungültigen Deskriptor veröffentlicht',
    0xf2: 'die Einführung beim Onion-Dienst ist gescheitert',
    0xf3: 'das Rendezvous mit dem Onion-Dienst ist gescheitert',
    0xf4: 'der Onion-Dienst verlangt eine Client-Berechtigung, die fehlt',
    0xf5: 'der Onion-Dienst hat die Client-Berechtigung abgelehnt',
    0xf6: 'die Onion-Adresse ist nicht gültig',
    0xf7: 'die Zeit für die Einführung beim Onion-Dienst ist abgelaufen',
  },
  socks4: {
    0x5b: 'die Anfrage wurde abgelehnt oder ist gescheitert',
    0x5c: 'er erreicht den Ident-Dienst auf diesem Rechner nicht',
    0x5d: 'der Ident-Dienst meldet eine andere Benutzerkennung',
  },
  http: {
    400: 'er nimmt diese Anfrage nicht',
    403: 'seine Regeln verbieten dieses Ziel',
    404: 'er ist ein Webserver, kein Proxy',
    405: 'er leitet kein TCP weiter',
    407: 'er verlangt eine Anmeldung',
    500: 'er ist gescheitert, ohne Angabe eines Grundes',
    501: 'er leitet kein TCP weiter',
    502: 'er kann den Rechner nicht erreichen oder seinen Namen nicht auflösen',
    503: 'er kann den Rechner zurzeit nicht erreichen',
    504: 'das Ziel hat ihm nicht rechtzeitig geantwortet',
  },
  httpNumber: (code) => `HTTP-Status ${code}`,
  unassigned: 'er ist aus einem Grund gescheitert, den kein Standard nennt',
  number: (version, code) => `SOCKS${version}-Antwort ${code}`,
}

interface Reply {
  readonly version: 4 | 5 | 'http'
  readonly code: number
}

/** One reply in words, with its number, for example `its rules forbid this destination (SOCKS5 reply 02)`. */
export function describeReply(reply: Reply, language: 'en' | 'de' = 'en'): string {
  const { socks4, socks5, http, unassigned } = textsIn(language)
  const words = { 4: socks4, 5: socks5, http }[reply.version][reply.code] ?? unassigned
  return `${words} (${nameReply(reply, language)})`
}

/** Its number alone, for example `SOCKS5 reply 02`. */
export function nameReply({ version, code }: Reply, language: 'en' | 'de'): string {
  const texts = textsIn(language)
  if (version === 'http') return texts.httpNumber(code)
  return texts.number(version, code.toString(16).toUpperCase().padStart(2, '0'))
}

function textsIn(language: 'en' | 'de'): ReplyTexts {
  return language === 'de' ? german : english
}
