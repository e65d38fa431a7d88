import { connections, hops, lists } from './en/hops.ts'
import { log, settings, welcome } from './en/pages.ts'
import { route, rules, status } from './en/rules.ts'
import { common, header, line, nav, palette, shortcuts, stages, traffic } from './en/shell.ts'
import { totals } from './en/totals.ts'

/** English, the language that the others are measured by. */
export const en = {
  /** For what is not ours to translate: dates, and the sentences of shared/texts. */
  code: 'en' as 'en' | 'de',
  common,
  nav,
  header,
  line,
  traffic,
  palette,
  shortcuts,
  stages,
  status,
  route,
  rules,
  hops,
  lists,
  connections,
  log,
  totals,
  settings,
  welcome,
}
