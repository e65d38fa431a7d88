import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import * as v from 'valibot'
import { badRequest } from '../../../shared/errors.ts'
import { say } from '../../../shared/told.ts'

// The passwords of an export, locked with a passphrase: scrypt (RFC 7914) makes the key, AES-256-GCM locks.

const deriveKey = promisify(scrypt) as (
  passphrase: string,
  salt: Buffer,
  length: number,
  options: { N: number; r: number; p: number; maxmem: number },
) => Promise<Buffer>

const cost = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }
const keyLength = 32

export const passwordBoxSchema = v.strictObject({
  method: v.literal('scrypt-32768-8-1+aes-256-gcm'),
  salt: v.string(),
  iv: v.string(),
  tag: v.string(),
  data: v.string(),
})
export type PasswordBox = v.InferOutput<typeof passwordBoxSchema>

const contentSchema = v.record(v.string(), v.string())

/** Hop ids and their passwords. */
export type Passwords = Readonly<Record<string, string>>

export async function lockPasswords(passwords: Passwords, passphrase: string): Promise<PasswordBox> {
  const salt = randomBytes(16)
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', await deriveKey(passphrase, salt, keyLength, cost), iv)
  const data = Buffer.concat([cipher.update(JSON.stringify(passwords), 'utf8'), cipher.final()])
  const text = (bytes: Buffer) => bytes.toString('base64')
  return {
    method: 'scrypt-32768-8-1+aes-256-gcm',
    salt: text(salt),
    iv: text(iv),
    tag: text(cipher.getAuthTag()),
    data: text(data),
  }
}

/** Throws bad-request where the passphrase is wrong or the box was changed: the two can't be told apart. */
export async function unlockPasswords(box: PasswordBox, passphrase: string): Promise<Passwords> {
  const bytes = (text: string) => Buffer.from(text, 'base64')
  const key = await deriveKey(passphrase, bytes(box.salt), keyLength, cost)
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes(box.iv), { authTagLength: 16 })
    decipher.setAuthTag(bytes(box.tag))
    const text = Buffer.concat([decipher.update(bytes(box.data)), decipher.final()]).toString('utf8')
    return v.parse(contentSchema, JSON.parse(text))
  } catch {
    throw badRequest(say('The passphrase does not fit this file: check it, or import without the passwords'))
  }
}
