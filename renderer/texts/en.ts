import type { StageRecord } from '../../shared/runtime.ts'
import { english as sentences } from '../../shared/texts/failures-en.ts'
import type { Said } from '../../shared/told.ts'
import { confirm } from './en/confirm.ts'
import { captures } from './en/captures.ts'
import { failures } from './en/failures.ts'
import { destinations } from './en/destinations.ts'
import { connections, hops, lists, waterfall } from './en/hops.ts'
import { library, profiles } from './en/library.ts'
import { log, settings, welcome } from './en/pages.ts'
import { problems } from './en/problems.ts'
import { route, rules, status } from './en/rules.ts'
import { common, header, line, nav, palette, shortcuts, stages, traffic } from './en/shell.ts'
import { totals } from './en/totals.ts'

/** English, the language that the others are measured by. */
export const en = {
  /** For what is not ours to translate: dates. */
  code: 'en' as 'en' | 'de',
  /** Of failures. */
  sentences,
  /** What a stage notes, which comes in English, too. */
  noteOf: ({ note }: Pick<StageRecord, 'note' | 'notes'>): string | undefined => note,
  /** Of mistakes, which come in English. */
  tell: ({ message }: Said): string => message,
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
