import type { Settings } from '../../../shared/model/settings.ts'

/** Beyond this the programs at both ends are the bound, on any desktop. */
const mostAutomatic = 4

/** How many threads the engine may have. "automatic": one per core, as they are needed. */
export function threadLimit({ threads }: Pick<Settings, 'threads'>, cores: number): number {
  return threads === 'automatic' ? Math.max(1, Math.min(mostAutomatic, cores)) : threads
}

/** How busy a thread must be, for how many looks in a row, to be given company. */
const busy = 0.7
const looks = 2

/** Decides when one thread more is worth its memory: when one has been busy for a while. */
export class GrowthWatch {
  #busyLooks = 0

  /** @param utilizations of each thread since the last look, from 0 to 1 */
  wantsMore(utilizations: readonly number[]): boolean {
    this.#busyLooks = Math.max(...utilizations) >= busy ? this.#busyLooks + 1 : 0
    if (this.#busyLooks < looks) return false
    this.#busyLooks = 0
    return true
  }
}
