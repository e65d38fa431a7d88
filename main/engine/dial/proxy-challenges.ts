const mostOffers = 4
const mostChars = 500

/**
 * The ways to log in that an HTTP proxy offers in the head of its 407, by their names (RFC 9110 section 11.7.1), where
 * ours, Basic, is not among them. Undefined where it is, or none is named. They are the proxy's words: only a few, short
 * and plain ones are taken.
 */
export function foreignOffers(head: string): readonly string[] | undefined {
  const names = [...head.matchAll(/^proxy-authenticate:(.*)$/gim)].flatMap(([, value = '']) =>
    schemesIn(value),
  )
  if (names.length === 0 || names.some((name) => name.toLowerCase() === 'basic')) return undefined
  return [...new Set(names)].slice(0, mostOffers)
}

/** A list of challenges, in which commas part their parameters, too: those have a "=" behind their name. */
function schemesIn(value: string): string[] {
  const parts = value
    .slice(0, mostChars)
    .replace(/"(?:\\.|[^"\\])*"/g, '""')
    .split(',')
  return parts.flatMap((part) => /^\s*([a-z][a-z0-9-]{0,19})(?:\s+(?!=)\S.*|\s*)$/i.exec(part)?.[1] ?? [])
}
