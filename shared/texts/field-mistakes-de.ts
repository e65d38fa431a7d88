// What is wrong with a field, in German, by what is said in English. Fields are named as in labels-de.ts.

export const germanFieldMistakes = {
  // Of any field.
  '{label} must be text': '{label} muss Text sein',
  '{label} must be true or false': '{label} muss true oder false sein',
  '{label} must be a list': '{label} muss eine Liste sein',
  '{label} must be a list of objects': '{label} muss eine Liste von Objekten sein',
  '{label} must be a list of networks': '{label} muss eine Liste von Netzen sein',
  '{label} must be a list of hop ids': '{label} muss eine Liste von Kennungen von Next Hops sein',
  '{label} must be an object': '{label} muss ein Objekt sein',
  '{label} must be {choices}': '{label} muss {choices} sein',
  '{label} must be of kind {choices}': '{label} muss von der Art {choices} sein',
  '{label} must be a whole number from {min} to {max}':
    '{label} muss eine ganze Zahl von {min} bis {max} sein',
  '{label} must be a whole number from {min} to {max} {unit}':
    '{label} muss eine ganze Zahl von {min} bis {max} {unit} sein',
  '{label} must not contain control characters': '{label} darf keine Steuerzeichen enthalten',
  '{label} must not contain a NUL character': '{label} darf kein NUL-Zeichen enthalten',
  '{label} is empty': '{label} ist leer',
  '{label} is empty: give it a name': '{label} ist leer: einen Namen eingeben',
  '{label} is missing': '{label} fehlt',
  '{label} is too long: at most {most} characters': '{label} ist zu lang: höchstens {most} Zeichen',
  '{label} is too long: at most {most} bytes as UTF-8':
    '{label} ist zu lang: höchstens {most} Bytes in UTF-8',
  '{label} has too many entries: at most {most}': '{label}: zu viele Einträge, höchstens {most}',
  '{label} is too high for {count} ports: the last would be over {most}':
    '{label} ist zu hoch für {count} Ports: der letzte läge über {most}',
  '{label} {why}': '{label}: {why}',
  '{label}: {why}': '{label}: {why}',
  '"{key}" is not a field here: check its spelling, or remove it':
    '„{key}“ ist hier kein Feld: die Schreibweise prüfen, oder es entfernen',
  '"{key}" is missing': '„{key}“ fehlt',
  'must be an object, not {received}': 'muss ein Objekt sein, nicht {received}',
  'Id must be 1 to 64 letters, digits, "-" or "_"':
    'Die Kennung muss aus 1 bis 64 Buchstaben, Ziffern, „-“ oder „_“ bestehen',
  'Network "{text}" is not an address or a network like 192.168.0.0/16 or fd00::/8':
    '„{text}“ ist keine Adresse und kein Netz wie 192.168.0.0/16 oder fd00::/8',

  // Of hosts, behind their field and a colon.
  'is empty: give a name or an IP address': 'ein Name oder eine IP-Adresse fehlt',
  'is too long: a name has at most {most} letters, {mostBetween} between dots':
    'der Name ist zu lang: höchstens {most} Zeichen, {mostBetween} zwischen zwei Punkten',
  'holds a control character: give a name or an IP address':
    'ein Steuerzeichen ist darin: einen Namen oder eine IP-Adresse eingeben',
  'is an IPv6 address, which SOCKS{version} has not: give a name or an IPv4 address':
    'IPv6-Adressen kennt SOCKS{version} nicht: einen Namen oder eine IPv4-Adresse eingeben',
  '"{text}" is not an IPv6 address: give a name or an address alone; the port has its own place':
    '„{text}“ ist keine IPv6-Adresse: nur einen Namen oder eine Adresse eingeben; der Port hat sein eigenes Feld',
  '"{text}" is not a host name: "{part}" can\'t be part of one':
    '„{text}“ ist kein Rechnername: „{part}“ kann darin nicht vorkommen',
  '"{text}" is not a host name': '„{text}“ ist kein Rechnername',
  '"{text}" is not a complete IPv4 address: four numbers from 0 to 255 are needed':
    '„{text}“ ist keine vollständige IPv4-Adresse: nötig sind vier Zahlen von 0 bis 255',
  '"{text}" is not a host name: each part needs a letter or digit at both ends':
    '„{text}“ ist kein Rechnername: jeder Teil muss mit einem Buchstaben oder einer Ziffer beginnen und enden',

  // Of addresses in one piece.
  'host {why}': 'Rechner: {why}',
  'Target {why}': 'Ziel: {why}',
  'Target: {why}': 'Ziel: {why}',
  'port "{text}" is not a whole number from {min} to 65535':
    'der Port „{text}“ ist keine ganze Zahl von {min} bis 65535',
  '"{text}" is not host:port: put an IPv6 address in brackets, [::1]:80':
    '„{text}“ ist nicht host:port: eine IPv6-Adresse in Klammern setzen, [::1]:80',
  '"{text}" is not host:port: write host:port': '„{text}“ ist nicht host:port: host:port eingeben',
  'unix: needs a path, unix:/run/nexthop.sock': 'unix: braucht einen Pfad, unix:/run/nexthop.sock',
  '"{text}" is no place to listen: write a port, an address with a port like 127.0.0.1:9102, or unix:/path':
    'Auf „{text}“ kann niemand lauschen: einen Port eingeben, eine Adresse mit Port wie 127.0.0.1:9102, oder unix:/pfad',

  // Of the URL of a next hop.
  '"{scheme}://" is not a scheme of next hops: write socks4, socks4a, socks5, socks5h (each also with +tls), http or https://[user[:password]@]host[:port]':
    '„{scheme}://“ ist kein Schema von Next Hops: socks4, socks4a, socks5, socks5h (jeweils auch mit +tls), http oder https://[benutzer[:passwort]@]host[:port] eingeben',
  'the URL of a next hop ends behind its host and port: leave out what follows':
    'die URL eines Next Hops endet nach Host und Port: weglassen, was danach kommt',
  'this is not the URL of a next hop: write socks5h://{address}, or in general socks4, socks4a, socks5, socks5h (each also with +tls), http or https://[user[:password]@]host[:port]':
    'das ist nicht die URL eines Next Hops: socks5h://{address} eingeben, oder allgemein socks4, socks4a, socks5, socks5h (jeweils auch mit +tls), http oder https://[benutzer[:passwort]@]host[:port]',
  'this is not the URL of a next hop: write socks4, socks4a, socks5, socks5h (each also with +tls), http or https://[user[:password]@]host[:port]':
    'das ist nicht die URL eines Next Hops: socks4, socks4a, socks5, socks5h (jeweils auch mit +tls), http oder https://[benutzer[:passwort]@]host[:port] eingeben',
  'SOCKS{version} has no passwords: remove it, or use socks5://':
    'SOCKS{version} kennt keine Passwörter: es entfernen, oder socks5:// nehmen',
  'the host in the URL is not complete: put an IPv6 address in brackets, [::1]:1080':
    'der Rechner in der URL ist nicht vollständig: eine IPv6-Adresse in Klammern setzen, [::1]:1080',
  'the port in the URL is not a whole number from 1 to 65535':
    'der Port in der URL ist keine ganze Zahl von 1 bis 65535',
  'the login has a "%" that starts no %XX sequence: write %25 for a percent sign':
    'die Anmeldung enthält ein „%“, mit dem keine Folge %XX beginnt: für ein Prozentzeichen %25 schreiben',
} as const
