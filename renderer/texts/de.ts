import { connections, hops, lists } from './de/hops.ts'
import { log, settings, welcome } from './de/pages.ts'
import { route, rules, status } from './de/rules.ts'
import { common, header, line, nav, palette, shortcuts, stages, traffic } from './de/shell.ts'
import { totals } from './de/totals.ts'
import type { Texts } from './texts.ts'

/** German. The names of SOCKS's own things stay as they are in its documents. */
export const de: Texts = {
  /** For what is not ours to translate: dates, and the sentences of shared/texts. */
  code: 'de',
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
