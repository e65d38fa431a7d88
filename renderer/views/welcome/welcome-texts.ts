import type { Texts } from '../../texts/texts.ts'

const en = {
  title: 'Welcome to Nexthop',
  lead: 'Programs that know nothing of SOCKS connect to a port on this machine, and Nexthop takes them through a SOCKS proxy.',
  hopTitle: 'Add a next hop',
  hopText: 'The SOCKS proxy to go through: its address, port and version.',
  hopDone: (name: string) => `${name} is ready to be used.`,
  ruleTitle: 'Add a port rule',
  ruleText: 'The local port to listen on, and where its traffic is to go.',
  ruleDone: (name: string, address: string) => `${name} listens on ${address}.`,
  tryTitle: 'Try it',
  tryText: 'You get a line to paste into a terminal.',
  tryNow: 'Run this in a terminal. The first connection shows here.',
  tryDone: 'It works: the first connection came through.',
  tryFailed: 'A connection arrived, but failed. The rule’s details say why.',
  demoText: 'No proxy at hand?',
  finish: 'Show my rules',
  skip: 'Skip this',
}

const de: typeof en = {
  title: 'Willkommen bei Nexthop',
  lead: 'Programme, die nichts von SOCKS wissen, verbinden sich mit einem Port auf diesem Rechner, und Nexthop bringt sie durch einen SOCKS-Proxy.',
  hopTitle: 'Next Hop hinzufügen',
  hopText: 'Der SOCKS-Proxy, über den es geht: Adresse, Port und Version.',
  hopDone: (name) => `${name} ist bereit.`,
  ruleTitle: 'Portregel hinzufügen',
  ruleText: 'Der lokale Port und das Ziel für seinen Verkehr.',
  ruleDone: (name, address) => `${name} lauscht auf ${address}.`,
  tryTitle: 'Ausprobieren',
  tryText: 'Sie bekommen eine Zeile für das Terminal.',
  tryNow: 'Im Terminal ausführen. Die erste Verbindung erscheint hier.',
  tryDone: 'Es funktioniert: die erste Verbindung kam durch.',
  tryFailed: 'Eine Verbindung kam an, ist aber gescheitert. Die Einzelheiten der Regel sagen, warum.',
  demoText: 'Kein Proxy zur Hand?',
  finish: 'Meine Regeln zeigen',
  skip: 'Überspringen',
}

/** They come with the view, which most windows never need. */
export const welcomeTexts: Record<Texts['code'], typeof en> = { en, de }
