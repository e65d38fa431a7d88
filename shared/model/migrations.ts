import { say, type Said } from '../told.ts'
import type { Issue } from './issues.ts'

// One pure function per step, n → n + 1. A document is never changed in place.

type Document = Readonly<Record<string, unknown>>
type Migration = (document: Document) => Document

/** `migrations[n]` turns version n into n + 1. Version 1 is the first. */
const migrations: readonly Migration[] = []
const firstVersion = 1

export type MigrationResult =
  | { readonly ok: true; readonly document: Document; readonly from: number | undefined }
  | { readonly ok: false; readonly issues: readonly Issue[] }

/** Brings a document to the latest version; `from` is its version where that was an older one. */
export function migrate(document: unknown, steps = migrations): MigrationResult {
  const latestVersion = firstVersion + steps.length
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    return refuse([], say('The config must be an object, {"version": 1, …}'))
  }
  const { version } = document as { version?: unknown }
  if (typeof version !== 'number' || !Number.isInteger(version) || version < firstVersion) {
    return refuse(['version'], wrongVersion(version, latestVersion))
  }
  if (version > latestVersion) {
    return refuse(
      ['version'],
      say('Version {version} is newer than this Nexthop, which knows up to {latest}: update Nexthop', {
        version,
        latest: latestVersion,
      }),
    )
  }
  const due = steps.slice(version - firstVersion)
  const migrated = due.reduce<Document>((step, next) => next(step), document as Document)
  return { ok: true, document: migrated, from: version < latestVersion ? version : undefined }
}

function wrongVersion(version: unknown, latestVersion: number): Said {
  if (version === undefined)
    return say('"version" is missing: write "version": {latest}', { latest: latestVersion })
  return latestVersion > firstVersion
    ? say('{label} must be a whole number from {min} to {max}', {
        label: 'Version',
        min: firstVersion,
        max: latestVersion,
      })
    : say('Version must be {latest}', { latest: latestVersion })
}

function refuse(path: Issue['path'], said: Said): MigrationResult {
  return { ok: false, issues: [{ path, ...said }] }
}
