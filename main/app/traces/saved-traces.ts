import type { Config } from '../../../shared/model/config.ts'
import { traceLine } from '../../../shared/trace-filter.ts'
import type { TraceBatch } from '../../engine/traces/traces.ts'
import type { Log } from '../log.ts'
import { createTraceFiles, traceFolder, type TraceFiles } from './trace-files.ts'

export interface SavedTraces {
  /** To be called with every new config. */
  adopt(config: Config): void
  add(batch: TraceBatch): void
  close(): Promise<void>
}

/** Writes the traces that the engine hands over. Touches no file unless they are to be saved. */
export function createSavedTraces(configPath: string, config: () => Config, log: Log): SavedTraces {
  let files: TraceFiles | undefined

  function open(): TraceFiles {
    const folder = traceFolder(configPath)
    return createTraceFiles({
      folder,
      onTrouble: (why) => {
        log.warn(
          `Traces are not saved to ${folder} any more: ${why}. They are again as soon as that is possible.`,
        )
      },
      onGood: () => {
        log.info(`Traces are saved to ${folder} again.`)
      },
    })
  }

  return {
    adopt: ({ settings: { traces } }) => {
      if (traces.save !== 'off') files ??= open()
      files?.configure(traces)
    },
    add: ({ traces, missed }) => {
      if (!files) return
      const names = new Map(config().rules.map(({ id, name }) => [id, name]))
      const lines = traces.map((trace) => `${log.redact(traceLine(trace, names.get(trace.ruleId)))}\n`)
      if (missed > 0) lines.push(`${JSON.stringify({ missed })}\n`)
      void files.append(lines)
    },
    close: async () => {
      await files?.close()
    },
  }
}
