import * as v from 'valibot'
import { say, saying } from '../told.ts'
import { clashes } from './clashes.ts'
import { conditionsField, mostConditions } from './condition.ts'
import { crossCheck } from './cross-check.ts'
import { idSchema, listField } from './fields.ts'
import { toIssues, type Issue } from './issues.ts'
import { migrate } from './migrations.ts'
import { nextHopListSchema } from './next-hop-list.ts'
import { nextHopSchema } from './next-hop.ts'
import { portRuleSchema } from './port-rule.ts'
import { profileSchema } from './profile.ts'
import { readParts } from './read-parts.ts'
import { danglingReferences } from './references.ts'
import { defaultSettings, settingsSchema } from './settings.ts'

// What the user wants, as one versioned document.

export const configVersion = 1

/** How long the lists may be. */
const bounds = {
  hops: { label: 'Next hops', most: 10_000 },
  lists: { label: 'Next-hop lists', most: 10_000 },
  rules: { label: 'Port rules', most: 10_000 },
  conditions: { label: 'Conditions', most: mostConditions },
  profiles: { label: 'Profiles', most: 100 },
} as const

export const configSchema = v.strictObject({
  version: v.literal(configVersion, saying('Version must be {latest}', { latest: configVersion })),
  hops: v.optional(listField(bounds.hops.label, nextHopSchema, bounds.hops.most), []),
  lists: v.optional(listField(bounds.lists.label, nextHopListSchema, bounds.lists.most), []),
  rules: v.optional(listField(bounds.rules.label, portRuleSchema, bounds.rules.most), []),
  /** Of all rules: asked in this order before a rule's own. */
  conditions: conditionsField,
  profiles: v.optional(listField(bounds.profiles.label, profileSchema, bounds.profiles.most), []),
  /** The profile that was chosen last. */
  activeProfileId: v.optional(idSchema),
  settings: v.optional(settingsSchema, {}),
})
export type Config = v.InferOutput<typeof configSchema>

export const emptyConfig: Config = {
  version: configVersion,
  hops: [],
  lists: [],
  rules: [],
  conditions: [],
  profiles: [],
  settings: defaultSettings,
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config; readonly migratedFrom: number | undefined }
  | { readonly ok: false; readonly issues: readonly Issue[] }

/** Checks a document of any known version completely: fields, then what they say of each other. */
export function parseConfig(document: unknown): ConfigResult {
  const migrated = migrate(document)
  if (!migrated.ok) return { ok: false, issues: migrated.issues }
  const overlong = overlongLists(migrated.document)
  if (overlong.length > 0) return { ok: false, issues: overlong }
  const parsed = v.safeParse(configSchema, migrated.document)
  if (!parsed.success) {
    const parts = readParts(migrated.document)
    return {
      ok: false,
      issues: [...toIssues(parsed.issues), ...clashes(parts), ...danglingReferences(parts)],
    }
  }
  const issues = crossCheck(parsed.output)
  if (issues.length > 0) return { ok: false, issues }
  return { ok: true, config: parsed.output, migratedFrom: migrated.from }
}

/** Told alone: to look at each entry of such a list takes long, and what is found is too much to be read. */
function overlongLists(document: Readonly<Record<string, unknown>>): Issue[] {
  return Object.entries(bounds).flatMap(([field, bound]) => {
    const list = document[field]
    if (!Array.isArray(list) || list.length <= bound.most) return []
    return [{ path: [field], ...say('{label} has too many entries: at most {most}', bound) }]
  })
}
