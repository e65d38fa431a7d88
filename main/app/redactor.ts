// Keeps secrets out of everything that is written down. Passwords get into messages by ways that nobody foresaw
// (an error's text, a URL that was pasted somewhere), so every message passes here, whoever wrote it.

export interface Redactor {
  /** Makes passwords known. They stay known: a message may come after the password was changed. */
  readonly learn: (secrets: Iterable<string>) => void
  readonly redact: (text: string) => string
}

const blank = '***'
/** Blanking a shorter password inside of words would garble every message, and thereby give it away. */
const shortest = 4
const mostSecrets = 20_000

export function createRedactor(): Redactor {
  const secrets = new Set<string>()
  let patterns: RegExp | undefined

  return {
    learn(more) {
      const before = secrets.size
      for (const secret of more) if (secret !== '') secrets.add(secret)
      for (const oldest of secrets) {
        if (secrets.size <= mostSecrets) break
        secrets.delete(oldest)
      }
      if (secrets.size !== before) patterns = toPattern(secrets)
    },
    redact(text) {
      const known = patterns ? text.replace(patterns, blank) : text
      return redactUrls(known)
    },
  }
}

/** Blanks the password of `scheme://user:password@host`, up to the last "@" as passwords may hold one. */
export function redactUrls(text: string): string {
  return blankToLastAt(text, (word) => {
    const start = /:\/\/[^:/]*:/.exec(word)
    return start ? start.index + start[0].length : undefined
  })
}

/**
 * Blanks what is in each word between a place and its last "@". Texts may be long, and one expression for all of that would
 * look for the "@" from every place anew.
 */
export function blankToLastAt(text: string, placeIn: (word: string) => number | undefined): string {
  return text.replace(/\S+/g, (word) => {
    const at = word.lastIndexOf('@')
    const place = at < 0 ? undefined : placeIn(word)
    return place === undefined || place > at ? word : `${word.slice(0, place)}${blank}${word.slice(at)}`
  })
}

function toPattern(secrets: ReadonlySet<string>): RegExp {
  const forms = [...secrets].flatMap(writtenForms)
  // Where one password is the start of another, the longer one has to be tried first.
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length)
  return new RegExp(longestFirst.map(toSource).join('|'), 'gu')
}

/** The password as it is, in a URL, and in JSON. */
function writtenForms(secret: string): string[] {
  const forms = [secret, JSON.stringify(secret).slice(1, -1)]
  // Half a surrogate pair has no form in a URL.
  return /\p{Surrogate}/u.test(secret) ? forms : [...forms, encodeURIComponent(secret)]
}

function toSource(text: string): string {
  const literal = text.replace(/[\\^$.*+?()[\]{}|/]/g, (character) => `\\${character}`)
  return text.length < shortest ? `(?<![\\p{L}\\p{N}_])${literal}(?![\\p{L}\\p{N}_])` : literal
}
