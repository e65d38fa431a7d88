import { randomUUID } from 'node:crypto'
import type { Config } from '../../shared/model/config.ts'
import { hopsInUse } from '../../shared/problems.ts'
import type { CheckReport } from '../../shared/runtime.ts'
import { explainInFull } from '../../shared/texts/explain.ts'
import type { Application } from '../app/application.ts'

/** More than these would be a burst of traffic of its own. */
const mostChecks = 16

export interface Recovery {
  /** Tries listeners again at once, and hops once the network had a moment to come up. */
  start(reason: 'wake' | 'network'): void
  close(): void
}

const causes = { wake: 'The computer woke up', network: 'The network changed' } as const

/** Sees to it that what was on before works again after sleep or a change of network. */
export function createRecovery(
  application: Pick<Application, 'refresh' | 'dispatch' | 'config' | 'log'>,
  settleMs: number,
): Recovery {
  const { log } = application
  let timer: NodeJS.Timeout | undefined

  async function checkHops(): Promise<void> {
    // Addresses may have come back only now.
    await application.refresh()
    await Promise.all(hopsInUse(application.config).slice(0, mostChecks).map(checkHop))
  }

  async function checkHop({ id, name }: Config['hops'][number]): Promise<void> {
    const reply = await application.dispatch('hop.check', { checkId: randomUUID(), hop: { kind: 'id', id } })
    if (!reply.ok) return
    // What this call brings, by the contract.
    const { ok, failure } = reply.value as CheckReport
    if (ok) log.info(`The next hop "${name}" answers.`, { hopId: id })
    else if (failure) log.warn(explainInFull(failure), { hopId: id })
  }

  return {
    start(reason) {
      log.info(`${causes[reason]}: port rules and next hops are tried again.`)
      application.refresh().catch((error: unknown) => log.error(String(error)))
      clearTimeout(timer)
      timer = setTimeout(() => {
        checkHops().catch((error: unknown) => log.error(String(error)))
      }, settleMs)
    },
    close: () => {
      clearTimeout(timer)
    },
  }
}
