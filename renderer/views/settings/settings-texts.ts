import type { Texts } from '../../texts/texts.ts'
import { backups as deBackups, defaults as deDefaults } from '../../texts/de/backups.ts'
import { traces as deTraces } from '../../texts/de/traces.ts'
import { updates as deUpdates } from '../../texts/de/updates.ts'
import { backups, defaults } from '../../texts/en/backups.ts'
import { traces } from '../../texts/en/traces.ts'
import { updates } from '../../texts/en/updates.ts'

const en = { backups, defaults, traces, updates }
const de: typeof en = { backups: deBackups, defaults: deDefaults, traces: deTraces, updates: deUpdates }

/** Of parts of the settings alone; they come with these, so that the page does not have to load them at first. */
export const settingsTexts: Record<Texts['code'], typeof en> = { en, de }
