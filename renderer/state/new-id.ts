/** A fresh id; not by randomUUID, which browsers keep from pages that come over plain HTTP from other machines. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
