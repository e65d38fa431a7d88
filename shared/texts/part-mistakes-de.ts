// What is wrong with next hops, lists, rules, conditions and settings, and with what they say of each other, in German.

export const germanPartMistakes = {
  // Next hops.
  'Resolve names must be "here" or "hop" (at the proxy)':
    'Namen auflösen muss "here" oder "hop" (beim Proxy) sein',
  'Environment variable must be a name of letters, digits and "_", NEXTHOP_PASSWORD':
    'Die Umgebungsvariable muss ein Name aus Buchstaben, Ziffern und „_“ sein, NEXTHOP_PASSWORD',
  'Password file is empty: give its path': 'Die Passwortdatei ist leer: ihren Pfad eingeben',
  'Password source must be {"env": "NAME"} or {"file": "/path"}':
    'Die Quelle des Passworts muss {"env": "NAME"} oder {"file": "/pfad"} sein',
  "Password can't be used with SOCKS{version}, which has only a user id: remove it, or choose SOCKS5":
    'SOCKS{version} kennt kein Passwort, nur eine Benutzerkennung: das Passwort entfernen, oder SOCKS5 wählen',
  'Password is given twice: keep one of the two':
    'Das Passwort ist zweimal angegeben: eines von beiden behalten',
  'SOCKS version says nothing of an HTTP proxy: leave it out':
    'Die SOCKS-Version gilt nicht für einen HTTP-Proxy: sie weglassen',
  'User must not contain ":" at an HTTP proxy (RFC 7617)':
    'Der Benutzer eines HTTP-Proxys darf kein „:“ enthalten (RFC 7617)',
  'User is missing: SOCKS5 sends a password only with a user':
    'Der Benutzer fehlt: SOCKS5 sendet ein Passwort nur zusammen mit einem Benutzer',
  'Resolve names can\'t be "hop" with SOCKS4, which carries no names: choose SOCKS4a or SOCKS5':
    'Mit SOCKS4 kann der Proxy keine Namen auflösen, denn es überträgt keine: SOCKS4a oder SOCKS5 wählen',
  'Resolve names can\'t be "here" with SOCKS4a: that is SOCKS4, choose it instead':
    'Mit SOCKS4a löst der Proxy die Namen auf: für die Auflösung auf diesem Rechner SOCKS4 wählen',
  'Health check target must be {"host": "…", "port": …}':
    'Das Ziel der Prüfung muss {"host": "…", "port": …} sein',
  'Health check target is missing: say which host and port the hop is asked for':
    'Das Ziel der Prüfung fehlt: Rechner und Port eingeben, nach denen der Next Hop gefragt wird',
  'Health check target is an IPv6 address, which SOCKS{version} has not: give a name or an IPv4 address':
    'Das Ziel der Prüfung ist eine IPv6-Adresse, die SOCKS{version} nicht kennt: einen Namen oder eine IPv4-Adresse eingeben',
  'CA certificate is too long: at most 1 MB': 'Das CA-Zertifikat ist zu lang: höchstens 1 MB',
  'CA certificate must be PEM text: -----BEGIN CERTIFICATE----- and so on':
    'Das CA-Zertifikat muss Text in PEM sein: -----BEGIN CERTIFICATE----- und so weiter',

  // Next-hop lists.
  'Next hops is empty: a list needs at least one': 'Die Liste ist leer: mindestens einen Next Hop hinzufügen',
  'Next hops names the same hop twice': 'Derselbe Next Hop steht zweimal auf der Liste: einmal weglassen',
  'Weights must be an object, {"hop-id": 2}': 'Die Gewichte müssen ein Objekt sein, {"hop-id": 2}',
  'Weights names a hop that is not in the list: add the hop, or remove its weight':
    'Ein Gewicht gilt einem Next Hop, der nicht auf der Liste steht: ihn hinzufügen, oder das Gewicht entfernen',
  'Backup hops names a hop that is not in the list: add the hop, or remove it there':
    'Eine Reserve steht nicht auf der Liste: sie hinzufügen, oder keine Reserve sein lassen',
  'Backup hops names every hop: at least one must be none':
    'Alle Next Hops sind Reserve: mindestens einer darf keine sein',

  // Port rules.
  'Listen address must be an IP address of this machine, or localhost':
    'Die Adresse muss eine IP-Adresse dieses Rechners sein, oder localhost',
  'Listen port must be given for a range of ports: say the first one':
    'Für einen Bereich von Ports muss der lokale Port feststehen: den ersten eingeben',
  'Listen must be {"kind": "tcp", "host": "127.0.0.1", "port": 9102} or {"kind": "unix", "path": "/run/nexthop.sock"}':
    'Der Listener muss {"kind": "tcp", "host": "127.0.0.1", "port": 9102} oder {"kind": "unix", "path": "/run/nexthop.sock"} sein',
  'Socket path must be absolute, /run/nexthop.sock':
    'Der Pfad des Sockets muss vollständig sein, /run/nexthop.sock',
  'Allowed clients is empty, but this listen address is open to other machines: say who may connect, for example 192.168.0.0/16, or 0.0.0.0/0 and ::/0 for everybody':
    'Diese Adresse steht anderen Rechnern offen, aber die Liste der erlaubten Clients ist leer: eingeben, wer sich verbinden darf, zum Beispiel 192.168.0.0/16, oder 0.0.0.0/0 und ::/0 für alle',
  'Receive PROXY header is off, but the destination is to be found in that header: switch it on':
    'Das Ziel soll im PROXY-Kopf stehen, aber keiner wird empfangen: den PROXY-Kopf einschalten',
  'Allowed destinations must be a list of names, addresses and networks':
    'Die erlaubten Ziele müssen eine Liste von Namen, Adressen und Netzen sein',
  '{label} "{text}" is not a name, a pattern like *.example.com, an address or a network':
    '{label}: „{text}“ ist kein Name, kein Muster wie *.example.com, keine Adresse und kein Netz',
  'Proxy protocols must be a list of "socks" and "http"':
    'Die Protokolle müssen eine Liste von "socks" und "http" sein',
  'Proxy protocols is empty: choose "socks", "http" or both':
    'Kein Protokoll ist gewählt: SOCKS, HTTP-Proxy oder beide wählen',
  'Proxy protocols names one twice': 'Ein Protokoll ist zweimal genannt: einmal weglassen',
  'Chain needs at least two next hops': 'Die Kette braucht mindestens zwei Next Hops',
  'Chain has too many next hops: at most 8': 'Die Kette hat zu viele Next Hops: höchstens 8',
  'Chain names the same next hop twice: leave one out':
    'Derselbe Next Hop steht zweimal in der Kette: einmal weglassen',

  // Conditions.
  'Condition names nothing to look at, so it would always hold: give a client, destination, port, protocol or time':
    'Die Bedingung ist leer und träfe immer zu: Client, Ziel, Port, Protokoll oder Zeit eingeben',
  'Port must be a number, or a range like "8000-8099"':
    'Der Port muss eine Zahl sein, oder ein Bereich wie "8000-8099"',
  'Port "{text}" is not a port from 1 to 65535, or a range like 8000-8099':
    '„{text}“ ist kein Port von 1 bis 65535 und kein Bereich wie 8000-8099',
  'Protocol must be one of {words}': 'Das Protokoll muss eines von diesen sein: {words}',
  '{label} must be a time of day from 00:00 to 23:59, "08:30"':
    '{label} muss eine Uhrzeit von 00:00 bis 23:59 sein, „08:30“',
  'Days must be some of {words}': 'Die Tage müssen einige von diesen sein: {words}',
  'Days must be a list of days, ["mon", "tue"]': 'Die Tage müssen eine Liste sein, ["mon", "tue"]',
  'Days names one twice': 'Ein Tag ist zweimal genannt: einmal weglassen',
  'Time must be an object, {"from": "08:00", "to": "18:00"}':
    'Die Zeit muss ein Objekt sein, {"from": "08:00", "to": "18:00"}',
  'Client must be an IP address': 'Der Client muss eine IP-Adresse sein',
  'Time must be like 14:05, or with a day like "sat 14:05"':
    'Die Zeit als 14:05 eingeben, oder mit einem Tag, „sat 14:05“',
  'The rule "{rule}" leads to {place} alone, not to {target}: leave the target out':
    'Die Regel „{rule}“ führt nur zu {place}, nicht zu {target}: das Ziel weglassen',

  // Profiles and settings.
  'Rules must be a list of rule ids': 'Die Regeln müssen eine Liste von Kennungen sein',
  'Threads must be "automatic" or a whole number from 1 to {most}':
    'Threads muss „Automatisch“ oder eine ganze Zahl von 1 bis {most} sein',
  'Traces must be of {choices}': 'Traces muss {choices} sein',

  // What parts say of each other.
  'Name "{name}" is taken by another {noun}: choose a different one':
    'So heißt schon {noun}: einen anderen Namen als „{name}“ wählen',
  'Id "{id}" is used twice: ids must differ': 'Die Kennung „{id}“ kommt zweimal vor: jede muss anders sein',
  '{address} is already the listen address of {place}: choose another, or switch one off':
    'Auf {address} lauscht schon {place}: etwas anderes wählen, oder eine der Regeln ausschalten',
  '{address} is already the listen address of the rule "{rule}": choose another, or switch one off':
    'Auf {address} lauscht schon die Regel „{rule}“: etwas anderes wählen, oder eine der beiden ausschalten',
  'There is no next hop with the id "{id}": add it, or take it out of the chain':
    'Es gibt keinen Next Hop mit der Kennung „{id}“: ihn hinzufügen, oder aus der Kette nehmen',
  'There is no next hop with the id "{id}": add it, or choose another route':
    'Es gibt keinen Next Hop mit der Kennung „{id}“: ihn hinzufügen, oder einen anderen Weg wählen',
  'There is no next hop with the id "{id}": add it, or take it off the list':
    'Es gibt keinen Next Hop mit der Kennung „{id}“: ihn hinzufügen, oder von der Liste nehmen',
  'There is no next-hop list with the id "{id}": add it, or choose another route':
    'Es gibt keine Next-Hop-Liste mit der Kennung „{id}“: sie hinzufügen, oder einen anderen Weg wählen',
  'Destination host is an IPv6 address, which the next hop "{hop}" can\'t reach with SOCKS{version}: use SOCKS5, or a name or IPv4 address':
    'Der Zielrechner ist eine IPv6-Adresse, die der Next Hop „{hop}“ mit SOCKS{version} nicht erreicht: SOCKS5 nehmen, oder einen Namen oder eine IPv4-Adresse',
  'Destination host of the rule "{rule}" is an IPv6 address, which the next hop "{hop}" can\'t reach with SOCKS{version}: use SOCKS5, or a name or IPv4 address':
    'Der Zielrechner der Regel „{rule}“ ist eine IPv6-Adresse, die der Next Hop „{hop}“ mit SOCKS{version} nicht erreicht: SOCKS5 nehmen, oder einen Namen oder eine IPv4-Adresse',
  'The next hop "{next}" has an IPv6 address, which "{asked}" before it can\'t reach with SOCKS{version}: put it first, or use SOCKS5 before it':
    'Der Next Hop „{next}“ hat eine IPv6-Adresse, die „{asked}“ vor ihm mit SOCKS{version} nicht erreicht: ihn an den Anfang setzen, oder vor ihm SOCKS5 nehmen',
  '{address} is the listen address of the rule "{rule}", a loop: give the proxy\'s own address':
    'Auf {address} lauscht die Regel „{rule}“, das wäre eine Schleife: die Adresse des Proxys selbst eingeben',
  '{address} leads back to this rule, a loop: choose another destination':
    '{address} führt zu dieser Regel zurück, das wäre eine Schleife: ein anderes Ziel wählen',
  'Directly, {address} leads back to the rule "{rule}", a loop: choose another route':
    '{address} führt direkt zur Regel „{rule}“ zurück, das wäre eine Schleife: einen anderen Weg wählen',
} as const
