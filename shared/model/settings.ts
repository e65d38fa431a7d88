import * as v from 'valibot'
import { saying } from '../told.ts'
import { booleanField, choiceField, integerField } from './fields.ts'
import { traceSettingsSchema } from './trace-settings.ts'
import { newHopSchema, newRuleSchema } from './new-part-defaults.ts'

// What applies to the whole app. Every field has a default, so an empty object is complete.

export const logLevelSchema = choiceField('Log level', ['error', 'warn', 'info', 'debug'])
export type LogLevel = v.InferOutput<typeof logLevelSchema>

export const themeSchema = choiceField('Theme', ['system', 'light', 'dark'])
export type Theme = v.InferOutput<typeof themeSchema>

export const languageSchema = choiceField('Language', ['system', 'en', 'de'])
export type Language = v.InferOutput<typeof languageSchema>

/** More than any machine has use for. */
export const mostThreads = 16
const threadsMessage = saying('Threads must be "automatic" or a whole number from 1 to {most}', {
  most: mostThreads,
})

export const updatesSchema = choiceField('Updates', ['off', 'stable', 'beta'])
export type Updates = v.InferOutput<typeof updatesSchema>

export const settingsSchema = v.strictObject({
  /** The master switch: off closes every listener, and keeps the rules as they are. */
  forwarding: v.optional(booleanField('Forwarding'), true),
  /** How long connections may go on after a stop was asked for. */
  drainMs: v.optional(integerField('Drain time', 0, 60_000, 'ms'), 3000),
  /** Closed connections that are kept to be looked at. */
  closedConnectionsKept: v.optional(integerField('Closed connections kept', 0, 10_000), 1000),
  logLevel: v.optional(logLevelSchema, 'info'),
  /** Threads that share the listeners' ports, where the system can do that; "automatic" starts them as they are needed. */
  threads: v.optional(
    v.pipe(
      v.union([v.literal('automatic'), v.number()], threadsMessage),
      v.check(
        (threads) =>
          threads === 'automatic' || (Number.isInteger(threads) && threads >= 1 && threads <= mostThreads),
        threadsMessage,
      ),
    ),
    'automatic',
  ),
  /** How the windows look; "system" follows the desktop. */
  theme: v.optional(themeSchema, 'system'),
  language: v.optional(languageSchema, 'system'),
  /** Asks before several connections are closed. */
  confirmations: v.optional(booleanField('Confirmations'), true),
  traces: v.optional(traceSettingsSchema, {}),
  newHop: v.optional(newHopSchema, {}),
  newRule: v.optional(newRuleSchema, {}),
  /** The desktop app alone: it starts when the user logs in, … */
  startAtLogin: v.optional(booleanField('Start at login'), false),
  /** … and then opens no window, only its tray icon. */
  startHidden: v.optional(booleanField('Start hidden'), true),
  /** Closing the window leaves the tray icon and goes on forwarding; off, it quits. */
  closeToTray: v.optional(booleanField('Close to tray'), true),
  /** Which newer versions the desktop app looks for once a day; "off": only when it is told to. */
  updates: v.optional(updatesSchema, 'stable'),
  /** Of the desktop, where a next hop goes down or a port rule fails. */
  notifications: v.optional(booleanField('Notifications'), true),
})
export type Settings = v.InferOutput<typeof settingsSchema>
export type SettingsInput = v.InferInput<typeof settingsSchema>

export const defaultSettings: Settings = v.parse(settingsSchema, {})
