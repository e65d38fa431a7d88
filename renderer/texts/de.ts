import { german as sentences } from '../../shared/texts/failures-de.ts'
import { inGerman as tell } from '../../shared/texts/mistakes-de.ts'
import { noteBy } from '../../shared/texts/note-by.ts'
import { german as notes } from '../../shared/texts/notes-de.ts'
import { confirm } from './de/confirm.ts'
import { captures } from './de/captures.ts'
import { failures } from './de/failures.ts'
import { destinations } from './de/destinations.ts'
import { connections, hops, lists, waterfall } from './de/hops.ts'
import { library, profiles } from './de/library.ts'
import { log, settings, welcome } from './de/pages.ts'
import { problems } from './de/problems.ts'
import { route, rules, status } from './de/rules.ts'
import { common, header, line, nav, palette, shortcuts, stages, traffic } from './de/shell.ts'
import { totals } from './de/totals.ts'
import type { Texts } from './texts.ts'

/** German. The names of SOCKS's own things stay as they are in its documents. */
export const de: Texts = {
  /** For what is not ours to translate: dates. */
  code: 'de',
  sentences,
  noteOf: (record) => noteBy(notes, record),
  tell,
  common,
  nav,
  header,
  line,
  traffic,
  palette,
  shortcuts,
  stages,
  failures,
  problems,
  status,
  route,
  rules,
  destinations,
  hops,
  lists,
  connections,
  waterfall,
  captures,
  library,
  profiles,
  log,
  totals,
  settings,
  confirm,
  welcome,
}
