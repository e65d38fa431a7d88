import { toFailure } from '../../shared/errors.ts'
import type { Config } from '../../shared/model/config.ts'
import { explainInFull } from '../../shared/texts/explain.ts'
import type { Engine } from '../engine/api.ts'
import type { Log } from './log.ts'
import { passwordsOf, resolvePasswords, type PasswordSources } from './passwords.ts'

/**
 * Makes the engine follow a config; never rejects. The saved config is the truth: where the engine can't follow it now,
 * it does so when it is back. Passwords that are not available are told once, until that changes.
 */
export function createEngineConfigurer(
  engine: Pick<Engine, 'apply'>,
  log: Log,
  sources: PasswordSources,
): (config: Config) => Promise<void> {
  let told = new Set<string>()
  return async (config) => {
    const resolved = await resolvePasswords(config, sources)
    log.learnSecrets(passwordsOf(resolved.config))
    for (const { hopId, message } of resolved.problems) {
      if (!told.has(message)) log.error(`${message}.`, { hopId })
    }
    told = new Set(resolved.problems.map(({ message }) => message))
    try {
      await engine.apply(resolved.config)
    } catch (error) {
      log.error(`The config could not be carried out yet. ${explainInFull(toFailure(error))}`)
    }
  }
}
