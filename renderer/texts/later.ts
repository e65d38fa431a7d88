import { conditions as deConditions } from './de/conditions.ts'
import { exports as deExports } from './de/exports.ts'
import { routing as deRouting } from './de/routing.ts'
import { conditions as enConditions } from './en/conditions.ts'
import { exports as enExports } from './en/exports.ts'
import { routing as enRouting } from './en/routing.ts'
import type { TextLanguage } from './texts.ts'

const en = { ...enRouting, exports: enExports, conditions: enConditions }

/** Texts of parts that are fetched when they are needed, and these with them: the page does not load them at first. */
export const laterTexts: Readonly<Record<TextLanguage, typeof en>> = {
  en,
  de: { ...deRouting, exports: deExports, conditions: deConditions },
}
