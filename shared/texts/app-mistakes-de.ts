// Why a request can not be carried out, in German, by what is said in English.

export const germanAppMistakes = {
  'The request is not valid': 'Die Anfrage ist nicht gültig',
  '{mistake} (and 1 more mistake)': '{mistake} (und 1 weiterer Fehler)',
  '{mistake} (and {more} more mistakes)': '{mistake} (und {more} weitere Fehler)',
  'Condition {number} of all rules: {mistake}': 'Bedingung {number} aller Regeln: {mistake}',
  'Next hop "{name}": {mistake}': 'Next Hop „{name}“: {mistake}',
  'Next-hop list "{name}": {mistake}': 'Next-Hop-Liste „{name}“: {mistake}',
  'Port rule "{name}": {mistake}': 'Portregel „{name}“: {mistake}',
  'There is no such call': 'Diesen Aufruf gibt es nicht',
  'Ids is empty: name at least one': 'Keine Kennung ist angegeben: mindestens eine nennen',
  'Nexthop is closing': 'Nexthop wird gerade beendet',
  'Nexthop did not answer ({why}): check that it is still running, then try again':
    'Nexthop hat nicht geantwortet ({why}): prüfen, ob es noch läuft, dann erneut versuchen',

  'This browser is not signed in, or was signed out: open the link that "nexthop serve" prints when it starts':
    'Dieser Browser ist nicht angemeldet, oder wurde abgemeldet: den Link öffnen, den „nexthop serve“ beim Start ausgibt',

  // What is gone, or in use.
  'There is no such next hop: it may have been removed':
    'Diesen Next Hop gibt es nicht: vielleicht wurde er gelöscht',
  'There is no such next hop: it may have been removed already':
    'Diesen Next Hop gibt es nicht mehr: vielleicht wurde er schon gelöscht',
  'There is no such next hop to take its place: it may have been removed':
    'Den Next Hop, der an seine Stelle treten soll, gibt es nicht: vielleicht wurde er gelöscht',
  'A next hop can not take its own place: name another one':
    'Ein Next Hop kann nicht an seine eigene Stelle treten: einen anderen wählen',
  'There is no such next-hop list: it may have been removed already':
    'Diese Next-Hop-Liste gibt es nicht mehr: vielleicht wurde sie schon gelöscht',
  'There is no such port rule': 'Diese Portregel gibt es nicht',
  'There is no such port rule: it may have been removed':
    'Diese Portregel gibt es nicht: vielleicht wurde sie gelöscht',
  'There is no such port rule: it may have been removed already':
    'Diese Portregel gibt es nicht mehr: vielleicht wurde sie schon gelöscht',
  'There is no such profile: it may have been removed already':
    'Dieses Profil gibt es nicht mehr: vielleicht wurde es schon gelöscht',
  'There is no such connection: it ended, and only the latest ones are kept':
    'Diese Verbindung gibt es nicht mehr: sie endete, und nur die letzten werden behalten',
  'The next hop "{hop}" is in use by the {users}: name another one to take its place':
    'Der Next Hop „{hop}“ wird noch benutzt: {users}. Einen anderen an seiner Stelle wählen',
  'The next-hop list "{list}" is in use by the {users}: give it another route first':
    'Die Next-Hop-Liste „{list}“ wird noch benutzt: {users}. Dort zuerst einen anderen Weg wählen',
  'The next-hop list "{list}" is in use by the {users}: give them another route first':
    'Die Next-Hop-Liste „{list}“ wird noch benutzt: {users}. Dort zuerst einen anderen Weg wählen',
  'port rule {names}': 'Portregel {names}',
  'port rules {names}': 'Portregeln {names}',
  'next-hop list {names}': 'Next-Hop-Liste {names}',
  'next-hop lists {names}': 'Next-Hop-Listen {names}',
  'conditions of all rules': 'Bedingungen aller Regeln',
  '{before} and the {why}': '{before}; {why}',
  '"{name}" is there already': '„{name}“ gibt es schon',
  'The new order must name every port rule exactly once: fetch the rules again':
    'Die neue Reihenfolge muss jede Portregel genau einmal nennen: die Regeln neu laden',
  'It can no longer be brought back: only the latest removals are kept':
    'Das lässt sich nicht mehr zurückholen: nur die letzten Löschungen werden behalten',
  'It can not be brought back, because other things changed since. {mistake}':
    'Das lässt sich nicht zurückholen, weil sich seitdem anderes geändert hat. {mistake}',
  'This can not be undone any more: other things were changed since':
    'Das lässt sich nicht mehr rückgängig machen: seitdem wurde anderes geändert',

  // Checks, ports, updates.
  'A check with this id is running already: choose another id':
    'Eine Prüfung mit dieser Kennung läuft schon: eine andere wählen',
  '{most} checks are running already: wait for one to end':
    'Es laufen schon {most} Prüfungen: warten, bis eine endet',
  'This check is not running: it may have ended already':
    'Diese Prüfung läuft nicht: vielleicht ist sie schon zu Ende',
  'No free port was found near {near}: name one yourself':
    'In der Nähe von {near} ist kein Port frei: selbst einen eingeben',
  'No update is ready: download it first': 'Keine Aktualisierung ist bereit: sie zuerst herunterladen',

  // Passwords that are kept elsewhere.
  'The password of the next hop "{hop}" is not available: {why}':
    'Das Passwort des Next Hops „{hop}“ ist nicht zu bekommen: {why}',
  'the environment variable {name} is not set': 'die Umgebungsvariable {name} ist nicht gesetzt',
  'the environment variable {name} is too long: at most 255 bytes as UTF-8':
    'die Umgebungsvariable {name} ist zu lang: höchstens 255 Bytes in UTF-8',
  'the first line of {path} is empty': 'die erste Zeile von {path} ist leer',
  'the first line of {path} is too long: at most 255 bytes as UTF-8':
    'die erste Zeile von {path} ist zu lang: höchstens 255 Bytes in UTF-8',
  '{path} can not be read: {why}': '{path} kann nicht gelesen werden: {why}',

  // Files.
  '{why} ({code})': '{why} ({code})',
  'the system says {code}': 'das System meldet {code}',
  'there is no such folder (ENOENT)': 'diesen Ordner gibt es nicht (ENOENT)',
  'permission denied: check who owns the file and its folder':
    'kein Zugriff: prüfen, wem die Datei und ihr Ordner gehören',
  'the file system is read-only: choose another place':
    'das Dateisystem kann nur gelesen werden: einen anderen Ort wählen',
  'the disk is full: free some space and try again':
    'der Datenträger ist voll: Platz schaffen und erneut versuchen',
  'your disk quota is used up: free some space and try again':
    'Ihr Anteil am Speicherplatz ist aufgebraucht: Platz schaffen und erneut versuchen',
  'it is a folder, not a file': 'das ist ein Ordner, keine Datei',
  'a file is in the way of its folder': 'wo der Ordner sein soll, ist eine Datei',
  'a part of its path is not a folder': 'ein Teil des Pfads ist kein Ordner',
  'there is no such file': 'diese Datei gibt es nicht',
  'too many files are open: try again': 'zu viele Dateien sind offen: erneut versuchen',
  'another program is using it: try again': 'ein anderes Programm benutzt sie: erneut versuchen',
  'Could not read the config {path}: {why}': 'Die Konfiguration {path} kann nicht gelesen werden: {why}',
  'Could not save the config to {path}: {why}. Nothing was changed':
    'Die Konfiguration kann nicht in {path} gesichert werden: {why}. Nichts wurde geändert',
  'Could not save: {path} was made by a newer Nexthop. Update Nexthop first':
    'Sichern geht nicht: {path} stammt von einem neueren Nexthop. Zuerst Nexthop aktualisieren',
  'The config {path} is not valid: {mistake}': 'Die Konfiguration {path} ist nicht gültig: {mistake}',
  'The config {path} is not valid ({mistake}), and could not be moved out of the way: {why}':
    'Die Konfiguration {path} ist nicht gültig ({mistake}), und sie lässt sich nicht beiseitelegen: {why}',
  'The log file {path} can not be written: {why}':
    'Die Protokolldatei {path} kann nicht geschrieben werden: {why}',

  // Versions of the config, backups, import and export.
  'The config must be an object, {"version": 1, …}':
    'Die Konfiguration muss ein Objekt sein, {"version": 1, …}',
  '"version" is missing: write "version": {latest}': '"version" fehlt: "version": {latest} schreiben',
  'Version must be {latest}': 'Die Version muss {latest} sein',
  'Version {version} is newer than this Nexthop, which knows up to {latest}: update Nexthop':
    'Version {version} ist neuer als dieses Nexthop, das bis {latest} reicht: Nexthop aktualisieren',
  'Backup must be one from the list of backups': 'Die Sicherung muss eine aus der Liste sein',
  'This backup is gone, or can no longer be read':
    'Diese Sicherung gibt es nicht mehr, oder sie ist nicht mehr lesbar',
  'Nothing to restore: the config is as this backup has it':
    'Es gibt nichts wiederherzustellen: die Konfiguration ist wie in dieser Sicherung',
  'The file is too large to be a config': 'Die Datei ist zu groß für eine Konfiguration',
  'This can not be imported: {mistake}': 'Das kann nicht importiert werden: {mistake}',
  'This is not a Nexthop export, for it is not JSON, and it is not of a program that can be imported: ssh or gost commands, a V2Ray or Xray config, a mihomo config with tunnels, or a Proxifier profile':
    'Das ist kein Export von Nexthop, denn es ist nicht JSON, und nichts von einem Programm, das importiert werden kann: Befehle von ssh oder gost, eine Konfiguration von V2Ray oder Xray, eine von mihomo mit tunnels, oder ein Profil von Proxifier',
  'This is a config of sing-box, which can not be imported: add its rules by hand':
    'Das ist eine Konfiguration von sing-box, die nicht importiert werden kann: ihre Regeln von Hand hinzufügen',
  'This is a config of GOST: import its command lines, with -L and -F, instead':
    'Das ist eine Konfiguration von GOST: statt ihrer die Befehlszeilen mit -L und -F importieren',
  'This Proxifier profile is not complete XML: save it again and import that':
    'Dieses Profil von Proxifier ist kein vollständiges XML: es neu sichern und dann importieren',
  'Passphrase is too short: at least {least} characters':
    'Die Passphrase ist zu kurz: mindestens {least} Zeichen',
  'The passphrase does not fit this file: check it, or import without the passwords':
    'Die Passphrase passt nicht zu dieser Datei: sie prüfen, oder ohne die Passwörter importieren',

  // Captures and totals.
  'There is no such capture: it was deleted, or made room for newer ones':
    'Diese Aufzeichnung gibt es nicht mehr: sie wurde gelöscht, oder machte neueren Platz',
  'The file of this capture can not be read any more':
    'Die Datei dieser Aufzeichnung kann nicht mehr gelesen werden',
  'Wireshark is not installed here, or not on your desktop: save the capture, and open it where you are':
    'Wireshark ist hier nicht installiert, oder nicht auf Ihrem Desktop: die Aufzeichnung sichern und dort öffnen, wo Sie sind',
  'Wireshark is not installed here: install it, or take the file to where it is':
    'Wireshark ist hier nicht installiert: es installieren, oder die Datei dort öffnen, wo es ist',
  'Day must be like 2026-01-31': 'Den Tag als 2026-01-31 eingeben',

  // Rule sets.
  '{label} must be text, or {"en": …, "de": …}': '{label} muss Text sein, oder {"en": …, "de": …}',
  'Question id must be letters and digits, with a small letter first':
    'Die Kennung der Frage muss aus Buchstaben und Ziffern bestehen, am Anfang ein kleiner Buchstabe',
  'nexthopSet must be 1: a later Nexthop made this set':
    'nexthopSet muss 1 sein: dieser Satz stammt von einem neueren Nexthop',
  'Id of a set must be at most 30 characters': 'Die Kennung eines Satzes hat höchstens 30 Zeichen',
  'Answer must be text, a number or a list of next hops':
    'Die Antwort muss Text, eine Zahl oder eine Liste von Next Hops sein',
  '{label}: name a next hop': '{label}: einen Next Hop wählen',
  '{label}: name at least {least} next hops': '{label}: mindestens {least} Next Hops wählen',
  '{label}: at most {most}': '{label}: höchstens {most}',
  'The file is too large to be a rule set': 'Die Datei ist zu groß für einen Regelsatz',
  'The rule set can not be added: {mistake}': 'Der Regelsatz kann nicht hinzugefügt werden: {mistake}',
  'The rule set could not be saved in {folder}: {why}':
    'Der Regelsatz kann nicht in {folder} gesichert werden: {why}',
  'The rule set could not be removed in {folder}: {why}':
    'Der Regelsatz kann nicht aus {folder} entfernt werden: {why}',
  'Rule sets are kept beside the config file, and there is none':
    'Regelsätze liegen neben der Konfigurationsdatei, und es gibt keine',
  'There is no rule set "{id}": it may have been removed':
    'Den Regelsatz „{id}“ gibt es nicht: vielleicht wurde er gelöscht',
  'There is no such rule set of yours: it may have been removed already':
    'Diesen eigenen Regelsatz gibt es nicht mehr: vielleicht wurde er schon gelöscht',
  '"{id}" is the id of a rule set of Nexthop: give yours another one':
    '„{id}“ ist die Kennung eines Regelsatzes von Nexthop: dem eigenen eine andere geben',
  'This is not a rule set: it is not JSON': 'Das ist kein Regelsatz: es ist nicht JSON',
  'This is not a rule set: {mistake}': 'Das ist kein Regelsatz: {mistake}',
  'The set uses "${id}", and asks no question with this id':
    'Der Satz benutzt „${id}“, stellt aber keine Frage mit dieser Kennung',
} as const
