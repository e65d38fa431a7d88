import { closeSync, openSync, readSync, statSync } from 'node:fs'
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
  /** Throws the system's error. */
  readonly firstLine: (path: string) => string
}

export type PasswordResult =
  | { readonly ok: true; readonly hop: NextHop }
  /** What is said names the hop and the source. */
  | { readonly ok: false; readonly hop: EngineHop; readonly said: Said }

/** The hop with its password in place. */
export function resolvePassword({ passwordFrom, ...hop }: NextHop, sources: PasswordSources): PasswordResult {
  if (passwordFrom === undefined) return { ok: true, hop }
  const fetched = fetchPassword(passwordFrom, sources)
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
export function resolvePasswords(config: Config, sources: PasswordSources): ResolvedConfig {
  const results = config.hops.map((hop) => resolvePassword(hop, sources))
  return {
    config: { ...config, hops: results.map(({ hop }) => hop) },
    problems: results.flatMap((result) =>
      result.ok ? [] : [{ hopId: result.hop.id, message: result.said.message }],
    ),
  }
}

type Fetched = { readonly ok: true; readonly password: string } | { readonly ok: false; readonly said: Said }

function fetchPassword(source: PasswordSource, { env, firstLine }: PasswordSources): Fetched {
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
    const line = firstLine(source.file)
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

const mostBytes = 4096

/** The first line of a file, without its line end; reads no more than is needed, so that a pipe will do. */
export function readFirstLine(path: string): string {
  const buffer = Buffer.alloc(mostBytes)
  const file = openSync(path, 'r')
  let length = 0
  try {
    while (length < mostBytes && !buffer.subarray(0, length).includes('\n')) {
      const count = readSync(file, buffer, length, mostBytes - length, null)
      if (count === 0) break
      length += count
    }
  } finally {
    closeSync(file)
  }
  const text = buffer
    .subarray(0, length)
    .toString('utf8')
    .replace(/^\ufeff/, '')
  return (text.split('\n', 1)[0] ?? '').replace(/\r$/, '')
}

/**
 * The same, where files may be read many times: what has come from a pipe comes once, and asking again would wait for ever.
 */
export function createFirstLineReader(): (path: string) => string {
  const fromPipes = new Map<string, string>()
  return (path) => {
    const known = fromPipes.get(path)
    if (known !== undefined) return known
    const isFile = statSync(path).isFile()
    const line = readFirstLine(path)
    if (!isFile) fromPipes.set(path, line)
    return line
  }
}

/** Every password in a config, for the log to blank. */
export function passwordsOf({ hops }: Pick<Config, 'hops'>): string[] {
  return hops.flatMap(({ password }) => password ?? [])
}
