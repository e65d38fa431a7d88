import type { ImportFormat } from '../../../shared/calls/config-calls.ts'
import type { Config } from '../../../shared/model/config.ts'

// What the importers of other programs' configs have in common.

export type ForeignFormat = Exclude<ImportFormat, 'nexthop'>

/** What a foreign config says, in our model. */
export interface Foreign {
  readonly format: ForeignFormat
  readonly config: Config
  /** What is imported otherwise than it was, and what is left to do, in sentences. */
  readonly notes: readonly string[]
  /** What has no place in our model, in sentences. Nothing is dropped silently. */
  readonly unmapped: readonly string[]
}

/** A JSON, YAML or XML value that nobody has checked. */
export type Loose = Readonly<Record<string, unknown>>

export function asObject(value: unknown): Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {}
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** Text as it is, numbers as text; undefined for all else and for nothing. */
export function asText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A port, as a number or as text; NaN, which no schema takes, for all else. */
export function asPort(value: unknown): number {
  const text = asText(value)
  return text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : NaN
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/** Leaves out the fields that are undefined, which schemas would refuse. */
export function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>
}
