import * as v from 'valibot'
import { booleanField, choiceField, idSchema } from '../model/fields.ts'
import { settingsSchema } from '../model/settings.ts'
import { saying } from '../told.ts'
import { call, type Done, type Removed, type TextFile } from './call.ts'

const passphrase = v.optional(
  v.pipe(
    v.string(saying('{label} must be text', { label: 'Passphrase' })),
    v.minLength(8, saying('Passphrase is too short: at least {least} characters', { least: 8 })),
    v.maxLength(
      1000,
      saying('{label} is too long: at most {most} characters', { label: 'Passphrase', most: 1000 }),
    ),
  ),
)

/** Engines that are made for a fleet. V2Ray's config is one of Xray, too. */
export const exportEngineSchema = choiceField('Engine', ['v2ray', 'haproxy'])
export type ExportEngine = v.InferOutput<typeof exportEngineSchema>

const importInput = v.strictObject({
  /** An export, a config file, or what another program is told to do: see `format` of the preview. */
  text: v.pipe(
    v.string(saying('{label} must be text', { label: 'Text' })),
    v.maxLength(20_000_000, saying('The file is too large to be a config')),
  ),
  /** Needed only for the passwords in it; without it they stay behind. */
  passphrase,
  mode: choiceField('Mode', ['merge', 'replace']),
})

/** The config as a whole: settings, the master switch, undo, export and import. */
export const configCalls = {
  'trash.restore': call(
    'Brings back what a removal took away, with its password and in its old place.',
    v.strictObject({ trashId: idSchema }),
  ).returns<Done>(),
  'forwarding.set': call(
    'The master switch.',
    v.strictObject({ on: booleanField('Forwarding') }),
  ).returns<Done>(),
  'settings.save': call(
    'Replaces the settings.',
    v.strictObject({ settings: settingsSchema }),
  ).returns<Done>(),
  'config.export': call(
    'The config as a file; with a passphrase, it holds the passwords, locked with it.',
    v.strictObject({ passphrase }),
  ).returns<TextFile>(),
  'config.exportEngine': call(
    'The port rules in the words of another engine. Passwords are in it only where asked for, in clear.',
    v.strictObject({
      engine: exportEngineSchema,
      withPasswords: v.optional(booleanField('With passwords'), false),
    }),
  ).returns<EngineExport>(),
  'config.previewImport': call('What an import would change.', importInput).returns<ImportPreview>(),
  'config.import': call('Imports a config; `trash.restore` undoes it.', importInput).returns<Removed>(),
}

export interface EngineExport extends TextFile {
  /** How many port rules are in it. */
  readonly ruleCount: number
  /** What the engine does otherwise than Nexthop, in sentences. */
  readonly notes: readonly string[]
  /** What is left out, in sentences. */
  readonly unmapped: readonly string[]
}

/** Whose config a text is. "xray" stands for V2Ray, too. */
export type ImportFormat = 'nexthop' | 'ssh' | 'gost' | 'xray' | 'mihomo' | 'proxifier'

export interface ImportPreview {
  readonly format: ImportFormat
  /** Names of hops, lists and rules. */
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly removed: readonly string[]
  /** Where the port rules listen that are added or changed. */
  readonly listens?: readonly { readonly name: string; readonly address: string }[]
  /** What is imported otherwise than it is in the file, in sentences. */
  readonly notes: readonly string[]
  /** What has no place in our model and stays behind, in sentences. */
  readonly unmapped: readonly string[]
  /** No hop, list, rule or condition is in it, or none that can be imported. */
  readonly isEmpty: boolean
  /** Locked passwords come along: a passphrase brings them in. */
  readonly hasPasswords: boolean
}
