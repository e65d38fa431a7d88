import type { ConnectionDetail } from '../../shared/runtime.ts'

/** A trace as exports and files have it. */
export interface SavedTrace extends ConnectionDetail {
  readonly ruleName?: string
  /** Why it failed, in full. */
  readonly cause?: string
}

/** The lines that `connection.export` made. */
export function parseTraces(text: string): SavedTrace[] {
  const lines = text.split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line) as SavedTrace)
}
