import { toFailure } from '../../../shared/errors.ts'
import type { Config } from '../../../shared/model/config.ts'
import { noTotalsDocument, totalsCsv, type TotalsDelta, type TotalsDocument } from '../../../shared/totals.ts'
import type { Engine } from '../../engine/api.ts'
import type { Handlers } from '../dispatch.ts'
import type { Log } from '../log.ts'
import { describeSystemError } from '../system-error.ts'
import { addDeltas, dayOf, toRows, type Period } from './totals-book.ts'
import type { TotalsFile } from './totals-file.ts'

/** So much is lost where the computer loses power. */
const everyMs = 120_000

export interface TotalsOptions {
  readonly engine: Pick<Engine, 'takeTotals'>
  readonly file: TotalsFile
  readonly log: Log
  readonly config: () => Config
  readonly now?: () => number
}

export interface TotalsKeeper {
  readonly handlers: Pick<Handlers, 'totals.list' | 'totals.export' | 'totals.clear'>
  /** Reads what was kept, and begins to collect. */
  start(): void
  /** Enters what the engine gave without being asked, as it does when it ends. */
  add(deltas: readonly TotalsDelta[]): void
  /** Saves what is not saved yet. */
  close(): void
}

/** Collects what the engine counts, by day, and keeps it in a file. */
export function createTotals({ engine, file, log, config, now = Date.now }: TotalsOptions): TotalsKeeper {
  let document: TotalsDocument = noTotalsDocument
  let saved = document
  let timer: NodeJS.Timeout | undefined
  let hasToldFailure = false

  function start(): void {
    try {
      document = file.read() ?? document
    } catch (error) {
      log.error(`The totals per day could not be read, and begin anew: ${describeSystemError(error)}.`)
      try {
        file.setAside()
      } catch {
        // Then the file is replaced.
      }
    }
    saved = document
    timer = setInterval(() => void collectAndSave(), everyMs).unref()
  }

  function add(deltas: readonly TotalsDelta[]): void {
    document = addDeltas(document, dayOf(now()), deltas, config())
  }

  async function collect(): Promise<void> {
    try {
      add(await engine.takeTotals())
    } catch (error) {
      // Without an engine there is nothing to collect.
      log.debug(`Totals were not collected: ${toFailure(error).message}.`)
    }
  }

  async function collectAndSave(): Promise<void> {
    await collect()
    save()
  }

  function save(): void {
    if (document === saved) return
    try {
      file.write(document)
      saved = document
      hasToldFailure = false
    } catch (error) {
      if (!hasToldFailure) log.error(`The totals per day could not be saved: ${describeSystemError(error)}.`)
      hasToldFailure = true
    }
  }

  async function rows(period: Period) {
    await collect()
    return toRows(document, config(), period)
  }

  return {
    handlers: {
      'totals.list': rows,
      'totals.export': async (period) => ({
        filename: `nexthop-totals-${dayOf(now())}.csv`,
        text: totalsCsv(await rows(period)),
      }),
      'totals.clear': async () => {
        await collect()
        document = { ...noTotalsDocument }
        save()
        return {}
      },
    },
    start,
    add,
    close: () => {
      clearInterval(timer)
      save()
    },
  }
}
