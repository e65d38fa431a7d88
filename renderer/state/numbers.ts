/** What was typed as a whole number; NaN for anything else, which the schemas refuse with a message. */
export function toWholeNumber(text: string): number {
  const trimmed = text.trim()
  return /^-?\d+$/.test(trimmed) ? Number(trimmed) : NaN
}
