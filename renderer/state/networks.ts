/** What was typed as a list: one per line, or with commas or blanks between them. */
export function toNetworks(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean)
}
