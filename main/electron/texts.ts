import type { Language } from '../../shared/model/settings.ts'
import type { ProblemAction } from '../../shared/problems.ts'
import type { TextLanguage } from '../../shared/texts/explain.ts'

// All that the tray and the notifications say.

const en = {
  /** Of the failures' sentences, which are shared. */
  failures: 'en' as TextLanguage,
  forwarding: 'Forwarding',
  open: 'Open Nexthop',
  profiles: 'Profile',
  copyAddress: 'Copy address',
  quit: 'Quit Nexthop',
  quitNow: 'Quit now',
  closing: 'Ending connections …',
  noRules: 'No port rules yet',
  more: (count: number) => `${count} more …`,
  off: 'forwarding is off',
  listening: (count: number) => (count === 1 ? '1 port rule listens' : `${count} port rules listen`),
  ruleProblem: (name: string) => `"${name}" can not listen`,
  hopProblem: (name: string) => `the next hop "${name}" is down`,
  engineProblem: 'the engine is started again',
  failed: 'failed',
  ruleFailed: (name: string) => `Port rule "${name}" failed`,
  hopDown: (name: string) => `Next hop "${name}" is down`,
  certificateExpired: (name: string) => `The certificate of next hop "${name}" has expired`,
  goesDirect: (name: string) => `${name} connects past its next hops`,
  goesDirectText: 'All of them are down, and the rule goes directly as a last resort.',
  listDown: (name: string) => `Every next hop of "${name}" is down`,
  actions: {
    'examine-port': 'Use another port',
    'edit-rule': 'Edit rule',
    'check-hop': 'Test next hop',
    'edit-hop': 'Edit next hop',
    'edit-login': 'Edit login',
    'edit-list': 'Edit list',
  } satisfies Record<Exclude<ProblemAction, 'none'>, string>,
  listProblem: (name: string) => `every next hop of "${name}" is down`,
  listDownText: 'Nothing gets through by this list until one of them works again.',
}
export type ShellTexts = typeof en

const de: ShellTexts = {
  failures: 'de',
  forwarding: 'Weiterleitung',
  open: 'Nexthop öffnen',
  profiles: 'Profil',
  copyAddress: 'Adresse kopieren',
  quit: 'Nexthop beenden',
  quitNow: 'Sofort beenden',
  closing: 'Verbindungen werden beendet …',
  noRules: 'Noch keine Portregeln',
  more: (count) => `${count} weitere …`,
  off: 'Weiterleitung ist aus',
  listening: (count) => (count === 1 ? '1 Portregel lauscht' : `${count} Portregeln lauschen`),
  ruleProblem: (name) => `„${name}“ kann nicht lauschen`,
  hopProblem: (name) => `der Next Hop „${name}“ ist ausgefallen`,
  engineProblem: 'der Motor wird neu gestartet',
  failed: 'fehlgeschlagen',
  ruleFailed: (name) => `Portregel „${name}“ ist fehlgeschlagen`,
  hopDown: (name) => `Next Hop „${name}“ ist ausgefallen`,
  certificateExpired: (name) => `Das Zertifikat des Next Hops „${name}“ ist abgelaufen`,
  goesDirect: (name) => `${name} verbindet an den Next Hops vorbei`,
  goesDirectText: 'Alle sind ausgefallen, und die Regel geht dann als letzten Ausweg direkt.',
  listDown: (name) => `Alle Next Hops von „${name}“ sind ausgefallen`,
  actions: {
    'examine-port': 'Anderen Port nehmen',
    'edit-rule': 'Regel bearbeiten',
    'check-hop': 'Next Hop testen',
    'edit-hop': 'Next Hop bearbeiten',
    'edit-login': 'Anmeldung bearbeiten',
    'edit-list': 'Liste bearbeiten',
  },
  listProblem: (name) => `alle Next Hops von „${name}“ sind ausgefallen`,
  listDownText: 'Über diese Liste kommt nichts durch, bis einer von ihnen wieder geht.',
}

/** `locale` is the system's, as in "de-AT". */
export function textsFor(language: Language, locale: string): ShellTexts {
  const chosen = language === 'system' ? locale.slice(0, 2).toLowerCase() : language
  return chosen === 'de' ? de : en
}
