import type { Config } from '../../../shared/model/config.ts'
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
export function createSavedTraces(configPath: string, log: Log): SavedTraces {
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
    add: ({ lines, missed }) => {
      const told = missed > 0 ? [JSON.stringify({ missed })] : []
      void files?.append([...lines, ...told].map((line) => `${redactLine(line, log)}\n`))
    },
    close: async () => {
      await files?.close()
    },
  }
}

/**
 * A password can look like what JSON is made of, and the line must stay JSON: so its texts are blanked one by one. Most
 * lines hold no secret, and are not read for that.
 */
export function redactLine(line: string, { redact }: Pick<Log, 'redact'>): string {
  if (redact(line) === line) return line
  return JSON.stringify(JSON.parse(line), (_, value: unknown) =>
    typeof value === 'string' ? redact(value) : value,
  )
}
