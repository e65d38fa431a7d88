import type { Texts } from '../../texts/texts.ts'
import { backups as deBackups, defaults as deDefaults } from '../../texts/de/backups.ts'
import { updates as deUpdates } from '../../texts/de/updates.ts'
import { backups, defaults } from '../../texts/en/backups.ts'
import { updates } from '../../texts/en/updates.ts'

const en = { backups, defaults, updates }
const de: typeof en = { backups: deBackups, defaults: deDefaults, updates: deUpdates }

/** Of parts of the settings alone; they come with these, so that the page does not have to load them at first. */
export const settingsTexts: Record<Texts['code'], typeof en> = { en, de }
