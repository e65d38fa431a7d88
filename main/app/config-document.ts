import { configVersion, parseConfig, type Config } from '../../shared/model/config.ts'
import type { Issue } from '../../shared/model/issues.ts'
import { findRepeated, locateJson } from './json-places.ts'

// The config as text. Whether a file can be used is decided here, without touching it.

export type DocumentResult =
  | { readonly kind: 'valid'; readonly config: Config; readonly migratedFrom: number | undefined }
  | { readonly kind: 'broken'; readonly issues: readonly Issue[] }
  /** Valid as JSON, but of a version that only a later Nexthop knows. */
  | { readonly kind: 'newer'; readonly issues: readonly Issue[] }

export function readDocument(text: string): DocumentResult {
  // Windows editors put a byte order mark at the start, which JSON does not allow (RFC 8259 section 8.1).
  const json = text.replace(/^\ufeff/, '')
  let document: unknown
  try {
    document = JSON.parse(json)
  } catch {
    return { kind: 'broken', issues: [{ path: [], message: notJson(json) }] }
  }
  const result = parseConfig(document)
  const repeated = findRepeated(json)
  if (result.ok && repeated.length > 0) return { kind: 'broken', issues: repeated }
  if (result.ok) return { kind: 'valid', config: result.config, migratedFrom: result.migratedFrom }
  return { kind: isNewer(document) ? 'newer' : 'broken', issues: [...result.issues, ...repeated] }
}

/** Indented JSON with a line end, as people and their tools expect of a file. */
export function formatDocument(config: Config): string {
  return `${JSON.stringify(config, undefined, 2)}\n`
}

function isNewer(document: unknown): boolean {
  if (typeof document !== 'object' || document === null) return false
  const { version } = document as { version?: unknown }
  return typeof version === 'number' && Number.isInteger(version) && version > configVersion
}

function notJson(text: string): string {
  if (text.trim() === '') return 'The file is empty'
  const places = locateJson(text)
  if (places.ok) return 'The file is not JSON'
  const { place, message } = places
  return `The file is not JSON: line ${place.line}, column ${place.column}: ${message}`
}
