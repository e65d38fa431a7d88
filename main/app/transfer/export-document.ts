import * as v from 'valibot'
import type { Config } from '../../../shared/model/config.ts'
import { parseConfig } from '../../../shared/model/config.ts'
import { say } from '../../../shared/told.ts'
import type { Foreign } from '../import/foreign.ts'
import { readForeign } from '../import/read-foreign.ts'
import { InvalidError, summarize } from '../invalid-error.ts'
import { lockPasswords, passwordBoxSchema, type PasswordBox } from './password-box.ts'

// What an export holds: the config without passwords, and those in a locked box where they were asked for.

const exportSchema = v.strictObject({
  nexthopExport: v.literal(1),
  config: v.unknown(),
  passwords: v.optional(passwordBoxSchema),
})

/** A config that was read from an export or a config file. */
export interface Imported {
  readonly config: Config
  /** Present where passwords came along, locked. */
  readonly box?: PasswordBox
  /** Present where it is of another program, which has no settings of ours. */
  readonly foreign?: Foreign
}

/** The text of an export. Without a passphrase it holds no passwords. */
export async function writeExport(config: Config, passphrase: string | undefined): Promise<string> {
  const hops = config.hops.map(({ password: _password, ...hop }) => hop)
  const secrets = config.hops.flatMap(({ id, password }) => (password === undefined ? [] : [[id, password]]))
  const document = {
    nexthopExport: 1,
    config: { ...config, hops },
    ...(passphrase !== undefined && {
      passwords: await lockPasswords(Object.fromEntries(secrets) as Record<string, string>, passphrase),
    }),
  }
  return `${JSON.stringify(document, undefined, 2)}\n`
}

/**
 * Reads an export, a config file as it is, or what other programs are told to do (see `import/`). Throws an InvalidError
 * that lists the mistakes.
 */
export function readImport(text: string): Imported {
  const foreign = readForeign(text)
  return foreign ? { config: foreign.config, foreign } : readExport(text)
}

/** Reads an export, or a config file. Throws an InvalidError that lists the mistakes. */
export function readExport(text: string): Imported {
  const document = parseJson(text)
  const wrapped = v.safeParse(exportSchema, document)
  const result = parseConfig(wrapped.success ? wrapped.output.config : document)
  if (!result.ok)
    throw new InvalidError(
      say('This can not be imported: {mistake}', { mistake: summarize(result.issues) }),
      result.issues,
    )
  const box = wrapped.success ? wrapped.output.passwords : undefined
  return { config: result.config, ...(box && { box }) }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    // V8's message would quote the text, which may hold a password.
    throw new InvalidError(
      say(
        'This is not a Nexthop export, for it is not JSON, and it is not of a program that can be imported: ssh or gost commands, a V2Ray or Xray config, a mihomo config with tunnels, or a Proxifier profile',
      ),
      [],
    )
  }
}
