import { createPublicKey, verify } from 'node:crypto'

/** Where a build looks for newer versions, and whose they must be. */
export interface UpdateFeed {
  /** The folder with latest.yml, latest-linux.yml, latest-mac.yml, and their signatures. */
  readonly url: string
  /** An Ed25519 key, SPKI in base64. */
  readonly publicKey: string
}

// Set while building, see electron.vite.config.ts. In the program rather than in a file beside it, which is not signed.
declare const __UPDATE_FEED__: UpdateFeed | null

/** The feed that this build was made with. */
export function builtInFeed(): UpdateFeed | undefined {
  return typeof __UPDATE_FEED__ === 'undefined' ? undefined : (__UPDATE_FEED__ ?? undefined)
}

/** True where the signature (base64) is the key's, over exactly this text. */
export function isSigned(text: string, signature: string, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return verify(null, Buffer.from(text), key, Buffer.from(signature.trim(), 'base64'))
  } catch {
    return false
  }
}
