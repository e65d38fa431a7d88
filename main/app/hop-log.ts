import { lacksPassword } from '../../shared/errors.ts'
import type { NextHop } from '../../shared/model/next-hop.ts'
import type { HopHealth } from '../../shared/runtime.ts'
import { explainInFull } from '../../shared/texts/explain.ts'
import type { Log } from './log.ts'

/** A hop that comes and goes is warned of no more often than this. */
export const warnEveryMs = 10_000

export interface HopLogOptions {
  readonly log: Log
  readonly hops: () => readonly NextHop[]
  readonly now?: () => number
}

export interface HopLog {
  /** To be told of each change of a hop's health, in whichever thread it was found. */
  changed(hopId: string, health: HopHealth): void
  close(): void
}

interface Told {
  isDown: boolean
  warnedAt: number
  /** Runs while a change waits to be told. */
  timer?: NodeJS.Timeout | undefined
  health: HopHealth
}

/**
 * One warning when a hop goes down, and one line when it is back. Connections that a list leads around it do not fail,
 * and so nothing else in the log would tell.
 */
export function createHopLog({ log, hops, now = () => performance.now() }: HopLogOptions): HopLog {
  const all = new Map<string, Told>()

  function review(hopId: string, told: Told): void {
    const { health } = told
    told.timer = undefined
    const hop = hops().find(({ id }) => id === hopId)
    if (!hop) {
      all.delete(hopId)
    } else if (health.state === 'up' && told.isDown) {
      told.isDown = false
      log.info(`The next hop "${hop.name}" is up again.`, { hopId })
    } else if (health.state === 'down' && !told.isDown) {
      const waitMs = told.warnedAt + warnEveryMs - now()
      if (waitMs > 0) {
        told.timer = setTimeout(() => review(hopId, told), waitMs).unref()
        return
      }
      told.isDown = true
      told.warnedAt = now()
      log.warn(`The next hop "${hop.name}" is down. ${explainInFull(health.failure)}`, { hopId })
    }
  }

  return {
    changed(hopId, health) {
      // Who takes a hop out by hand knows it, and a missing password was told of when the config was read.
      if (health.state === 'down' && (health.failure.onPurpose || lacksPassword(health.failure))) return
      const told = all.get(hopId) ?? { isDown: false, warnedAt: -Infinity, health }
      all.set(hopId, told)
      told.health = health
      clearTimeout(told.timer)
      review(hopId, told)
    },
    close() {
      for (const { timer } of all.values()) clearTimeout(timer)
    },
  }
}
