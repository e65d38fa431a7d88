import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Who may come in: a link that works once, the sessions that came of such links, and commands of the same user. */
export interface Logins {
  /** Makes a new token; the one before is void. */
  newToken(): string
  /** The secret of a new session where the token is the current one, which is void from then on. */
  redeem(token: string): string | undefined
  /** Whether a token is the one that was redeemed last. */
  isSpent(token: string): boolean
  isSession(secret: string | undefined): boolean
  /** For programs that may read the config, too. */
  readonly controlToken: string
  /** @param header Authorization, as in RFC 6750 */
  isControl(header: string | undefined): boolean
}

const mostAttempts = 10
const mostSessions = 50

export function createLogins(): Logins {
  let token: string | undefined
  let spent: string | undefined
  let attempts = 0
  const sessions = new Set<string>()
  const controlToken = secret()

  return {
    newToken() {
      token = secret()
      attempts = 0
      return token
    },
    redeem(given) {
      if (token === undefined) return undefined
      attempts += 1
      if (!isEqual(given, token)) {
        if (attempts >= mostAttempts) token = undefined
        return undefined
      }
      spent = token
      token = undefined
      const session = secret()
      sessions.add(session)
      for (const oldest of sessions) {
        if (sessions.size <= mostSessions) break
        sessions.delete(oldest)
      }
      return session
    },
    isSpent: (given) => spent !== undefined && isEqual(given, spent),
    controlToken,
    isControl: (header) => header !== undefined && isEqual(header, `Bearer ${controlToken}`),
    isSession: (given) => given !== undefined && [...sessions].some((session) => isEqual(given, session)),
  }
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}

/** Takes the same time wherever the two differ. */
function isEqual(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

/** The value of one cookie in a Cookie header (RFC 6265 section 5.4). */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=')
    if (key === name) return value.join('=')
  }
  return undefined
}
