import type { ConnectionDetail } from '../../shared/runtime.ts'

/** A trace as exports and files have it. */
export interface SavedTrace extends ConnectionDetail {
  readonly ruleName?: string
  /** The names of the hops, where it went through several one behind the other. */
  readonly chain?: readonly string[]
  /** Why it failed, in full. */
  readonly cause?: string
}

/** The hop of a trace by its name, or all hops of a chain; undefined where it took none. */
export function wayOf(
  { hopId, chain }: SavedTrace,
  hops: readonly { readonly id: string; readonly name: string }[],
): string | undefined {
  if (hopId === undefined) return undefined
  return chain?.join(' → ') ?? hops.find(({ id }) => id === hopId)?.name
}

/** The lines that `connection.export` made. */
export function parseTraces(text: string): SavedTrace[] {
  const lines = text.split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line) as SavedTrace)
}
