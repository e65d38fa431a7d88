import { captureDefaults, type CaptureProgress } from '../../shared/captures.ts'
import type { CaptureRequest } from '../../main/engine/capture/captures.ts'
import type { TestEngine } from './engine.ts'
import { managed } from './managed.ts'
import { makeTempDir } from './temp-dir.ts'
import { until } from './until.ts'

export interface TestCapture {
  readonly path: string
  /** Ends it; the file is complete then. */
  stop(): Promise<CaptureProgress>
  /** Waits for it to end by itself. */
  ended(): Promise<CaptureProgress>
}

let count = 0

/** A recording of everything, unless told otherwise; its file goes with the test. */
export async function startCapture(
  { engine, events }: Pick<TestEngine, 'engine' | 'events'>,
  options: Partial<CaptureRequest> = {},
): Promise<TestCapture> {
  const folder = await managed(makeTempDir())
  const path = folder.file('test.pcapng')
  count += 1
  const id = `capture-${count}`
  const of = { kind: 'all' } as const
  await engine.startCapture({ ...captureDefaults, of, id, path, program: 'Nexthop test', ...options })
  const ended = () =>
    until('the recording has ended', () =>
      events
        .flatMap((event) => (event.kind === 'captures' ? event.captures : []))
        .find((capture) => capture.id === id && capture.endedAt !== undefined),
    )
  return {
    path,
    ended,
    stop: async () => {
      await engine.stopCapture(id)
      return ended()
    },
  }
}
