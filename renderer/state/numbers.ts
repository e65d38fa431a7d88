/** What was typed as a whole number; NaN for anything else, which the schemas refuse with a message. */
export function toWholeNumber(text: string): number {
  const trimmed = text.trim()
  return /^-?\d+$/.test(trimmed) ? Number(trimmed) : NaN
}

/** What was typed as a time, in milliseconds: seconds, or another unit. NaN where it is no number. */
export function toMs(text: string, unitMs = 1000): number {
  return Math.round(Number(text.trim() || NaN) * unitMs)
}
