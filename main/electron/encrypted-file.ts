import { formatJson, isRecord } from './json.ts'
import type { ConfigFile } from '../app/config-file.ts'
import type { PasswordCipher } from './password-cipher.ts'

// Between the config as text with passwords and the file with encrypted ones. In the file, the password of a hop is
// {"encrypted": "base64"}; a plain text there, put by hand, is taken too and encrypted when the file is next written.

export interface EncryptedFileOptions {
  /** Undefined where there is no keychain: passwords are then written as they are. */
  readonly cipher: PasswordCipher | undefined
  /** Gets the names of hops whose passwords can't be read, once per content of the file. */
  readonly onUnreadable: (hopNames: readonly string[]) => void
}

/** A config file whose passwords are encrypted on the disk. */
export function encryptedFile(file: ConfigFile, { cipher, onUnreadable }: EncryptedFileOptions): ConfigFile {
  let known: { readonly stored: string; readonly text: string } | undefined
  /** What can't be read now may be readable once the keychain is back, so it is written back as it was. */
  const unreadable = new Map<string, Hop>()

  function decryptHop(hop: Hop): Hop {
    const encrypted = encryptedOf(hop.password)
    if (encrypted === undefined) return hop
    try {
      if (cipher) return { ...hop, password: cipher.decrypt(encrypted) }
    } catch {
      // Told below. The error of the keychain says nothing that would help.
    }
    unreadable.set(keyOf(hop), hop)
    const { password: _, ...rest } = hop
    return rest
  }

  function encryptHop(hop: Hop): Hop {
    if (typeof hop.password === 'string') {
      return cipher ? { ...hop, password: { encrypted: cipher.encrypt(hop.password) } } : hop
    }
    const kept = unreadable.get(keyOf(hop))?.password
    return kept === undefined || hop.passwordFrom !== undefined ? hop : { ...hop, password: kept }
  }

  return {
    path: file.path,
    read() {
      const stored = file.read()
      if (stored === undefined) return undefined
      if (known?.stored === stored) return known.text
      unreadable.clear()
      const text = mapHops(stored, decryptHop) ?? stored
      if (unreadable.size > 0) onUnreadable([...unreadable.values()].map(({ name }) => String(name)))
      known = { stored, text }
      return text
    },
    write(text) {
      const stored = mapHops(text, encryptHop) ?? text
      file.write(stored)
      known = { stored, text }
    },
    setAside: (name) => file.setAside(name),
  }
}

type Hop = Readonly<Record<string, unknown>>

/** The text with each hop mapped; undefined where no hop changed or the text is no config, which others report. */
function mapHops(text: string, map: (hop: Hop) => Hop): string | undefined {
  const document = parse(text)
  if (!isRecord(document) || !Array.isArray(document.hops)) return undefined
  const hops: readonly unknown[] = document.hops
  const mapped = hops.map((hop) => (isRecord(hop) ? map(hop) : hop))
  if (mapped.every((hop, index) => hop === hops[index])) return undefined
  return formatJson({ ...document, hops: mapped })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return undefined
  }
}

function encryptedOf(password: unknown): string | undefined {
  return isRecord(password) && typeof password.encrypted === 'string' ? password.encrypted : undefined
}

/** A hop that got another user has got another login: the old password is not kept for it. */
function keyOf({ id, user }: Hop): string {
  return JSON.stringify([id, user])
}
