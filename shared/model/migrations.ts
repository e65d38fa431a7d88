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
    return refuse([], 'The config must be an object, {"version": 1, …}')
  }
  const { version } = document as { version?: unknown }
  if (typeof version !== 'number' || !Number.isInteger(version) || version < firstVersion) {
    return refuse(['version'], wrongVersion(version, latestVersion))
  }
  if (version > latestVersion) {
    return refuse(
      ['version'],
      `Version ${version} is newer than this Nexthop, which knows up to ${latestVersion}: update Nexthop`,
    )
  }
  const due = steps.slice(version - firstVersion)
  const migrated = due.reduce<Document>((step, next) => next(step), document as Document)
  return { ok: true, document: migrated, from: version < latestVersion ? version : undefined }
}

function wrongVersion(version: unknown, latestVersion: number): string {
  if (version === undefined) return `"version" is missing: write "version": ${latestVersion}`
  return latestVersion > firstVersion
    ? `Version must be a whole number from ${firstVersion} to ${latestVersion}`
    : `Version must be ${latestVersion}`
}

function refuse(path: Issue['path'], message: string): MigrationResult {
  return { ok: false, issues: [{ path, message }] }
}
