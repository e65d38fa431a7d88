import type { Texts } from '../texts.ts'

export const failures: Texts['failures'] = {
  'port-in-use': 'Port belegt',
  'port-forbidden': 'Port nicht erlaubt',
  'address-unavailable': 'Adresse nicht vorhanden',
  'hop-unreachable': 'Next Hop nicht erreichbar',
  'hop-not-socks': 'Kein SOCKS-Proxy',
  'hop-tls-failed': 'TLS zum Next Hop fehlgeschlagen',
  'hop-auth-failed': 'Anmeldung fehlgeschlagen',
  'hop-refused': 'Vom Next Hop abgelehnt',
  'target-unreachable': 'Ziel nicht erreichbar',
  'target-refused': 'Ziel lehnt ab',
  timeout: 'Zeit überschritten',
  'name-not-found': 'Name nicht gefunden',
  blocked: 'Gesperrt',
  loop: 'Schleife',
  'bad-request': 'Ungültige Anfrage',
  'not-found': 'Nicht gefunden',
  conflict: 'Konflikt',
  internal: 'Interner Fehler',
}
