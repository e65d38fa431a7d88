import type { SafeStorage } from 'electron'

export interface PasswordCipher {
  /** The text as only this user on this machine can read it, in base64. */
  encrypt(text: string): string
  /** Throws where the keychain has another key by now, or none. */
  decrypt(encrypted: string): string
}

/** A cipher with the system's keychain; undefined where there is none. Needs the app to be ready. */
export function createPasswordCipher(
  safeStorage: Pick<
    SafeStorage,
    'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
  >,
  platform: NodeJS.Platform,
): PasswordCipher | undefined {
  if (!safeStorage.isEncryptionAvailable()) return undefined
  // Without a keyring, Electron on Linux encrypts with a key that is the same everywhere: that guards nothing.
  if (platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return undefined
  return {
    encrypt: (text) => safeStorage.encryptString(text).toString('base64'),
    decrypt: (encrypted) => safeStorage.decryptString(Buffer.from(encrypted, 'base64')),
  }
}

/** For the log, once per start. */
export const noKeychainMessage =
  'This system has no keychain that Nexthop could use, so passwords are kept readable in the config file, ' +
  'which only your user may read. On Linux, a keyring such as GNOME Keyring or KWallet changes that.'
