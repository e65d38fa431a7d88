import type { Texts } from '../texts.ts'

export const problems: Texts['problems'] = {
  title: 'Probleme',
  count: (count) => (count === 1 ? '1 Problem' : `${count} Probleme`),
  none: 'Gerade ist alles in Ordnung',
  noneText: 'Regeln, die nicht lauschen können, und gestörte Next Hops erscheinen hier, samt dem, was hilft.',
  listDown: (name) => `Kein Next Hop der Liste „${name}“ funktioniert`,
  listDownText: 'Neue Verbindungen darüber scheitern, bis einer wieder da ist.',
  since: (ago) => ago,
  goesDirect: 'Sie verbindet an ihren Next Hops vorbei',
  goesDirectText: 'Alle sind ausgefallen, und die Regel geht dann als letzten Ausweg direkt.',
  takePort: 'Freien Port nehmen',
  tookPort: (rule, port) => `„${rule}“ lauscht jetzt auf Port ${port}`,
  tryAgain: 'Erneut versuchen',
  editRule: 'Regel bearbeiten',
  editHop: 'Next Hop bearbeiten',
  editLogin: 'Anmeldung bearbeiten',
  editList: 'Liste bearbeiten',
  test: 'Testen',
}
