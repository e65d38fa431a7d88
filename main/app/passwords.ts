import type { EngineConfig, EngineHop } from '../engine/api.ts'
import type { Config } from '../../shared/model/config.ts'
import { utf8Length } from '../../shared/model/fields.ts'
import type { NextHop, PasswordSource } from '../../shared/model/next-hop.ts'
import { say, type Said } from '../../shared/told.ts'
import { systemError } from './system-error.ts'

// Passwords that are kept outside the config are fetched here, right before the engine needs them.

/** Where passwords come from. Separate, so that tests need no process-wide environment. */
export interface PasswordSources {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Throws the system's error, or rejects with it. */
  readonly firstLine: (path: string) => string | Promise<string>
}

export type PasswordResult =
  | { readonly ok: true; readonly hop: NextHop }
  /** What is said names the hop and the source. */
  | { readonly ok: false; readonly hop: EngineHop; readonly said: Said }

/** The hop with its password in place. */
export async function resolvePassword(
  { passwordFrom, ...hop }: NextHop,
  sources: PasswordSources,
): Promise<PasswordResult> {
  if (passwordFrom === undefined) return { ok: true, hop }
  const fetched = await fetchPassword(passwordFrom, sources)
  if (fetched.ok) return { ok: true, hop: { ...hop, password: fetched.password } }
  return {
    ok: false,
    hop: { ...hop, missingPassword: fetched.said.message },
    said: say('The password of the next hop "{hop}" is not available: {why}', {
      hop: hop.name,
      why: fetched.said,
    }),
  }
}

export interface ResolvedConfig {
  readonly config: EngineConfig
  readonly problems: readonly { readonly hopId: string; readonly message: string }[]
}

/** All hops with their passwords. One whose password is not available says so: the engine leaves its proxy alone. */
export async function resolvePasswords(config: Config, sources: PasswordSources): Promise<ResolvedConfig> {
  const results = await Promise.all(config.hops.map((hop) => resolvePassword(hop, sources)))
  return {
    config: { ...config, hops: results.map(({ hop }) => hop) },
    problems: results.flatMap((result) =>
      result.ok ? [] : [{ hopId: result.hop.id, message: result.said.message }],
    ),
  }
}

type Fetched = { readonly ok: true; readonly password: string } | { readonly ok: false; readonly said: Said }

async function fetchPassword(source: PasswordSource, { env, firstLine }: PasswordSources): Promise<Fetched> {
  if ('env' in source) {
    const value = env[source.env]
    return value === undefined || value === ''
      ? { ok: false, said: say('the environment variable {name} is not set', { name: source.env }) }
      : bounded(
          value,
          say('the environment variable {name} is too long: at most 255 bytes as UTF-8', {
            name: source.env,
          }),
        )
  }
  try {
    const line = await firstLine(source.file)
    return line === ''
      ? { ok: false, said: say('the first line of {path} is empty', { path: source.file }) }
      : bounded(
          line,
          say('the first line of {path} is too long: at most 255 bytes as UTF-8', { path: source.file }),
        )
  } catch (error) {
    return {
      ok: false,
      said: say('{path} can not be read: {why}', { path: source.file, why: systemError(error) }),
    }
  }
}

/** RFC 1929: at most 255 bytes. */
function bounded(password: string, tooLong: Said): Fetched {
  return utf8Length(password) > 255 ? { ok: false, said: tooLong } : { ok: true, password }
}

/** Every password in a config, for the log to blank. */
export function passwordsOf({ hops }: Pick<Config, 'hops'>): string[] {
  return hops.flatMap(({ password }) => password ?? [])
}
