import type { Stage } from '../../shared/errors.ts'
import { formatDuration } from '../../shared/format.ts'
import { hopDefaults, type NextHopInput } from '../../shared/model/next-hop.ts'
import type { StageRecord } from '../../shared/runtime.ts'
import type { Console } from './console.ts'

/** After this long a person wants to know what is waited for. */
const patienceMs = 1000

/** Prints each stage of a check once, as soon as it is over; a person is told of one that takes long, too. */
export function createStagePrinter(
  console: Console,
  hop: Pick<NextHopInput, 'connectTimeoutMs' | 'handshakeTimeoutMs'>,
) {
  let printed = 0
  let timer: NodeJS.Timeout | undefined
  /** The one that is waited for: its place, and whether the timer is for it. */
  let waiting = -1
  const end = () => {
    clearTimeout(timer)
  }
  const wait = (stage: Stage) => {
    if (!console.isTerminal || waiting === printed) return
    waiting = printed
    end()
    const most = formatDuration(longest(stage, hop))
    timer = setTimeout(() => {
      console.note(`${columns(stage, '')}no answer yet; waits up to ${most} (Ctrl+C ends it)`)
    }, patienceMs)
  }
  const show = (stages: readonly StageRecord[]) => {
    for (const stage of stages.slice(printed)) {
      if (stage.durationMs === undefined) {
        wait(stage.stage)
        return
      }
      end()
      printed += 1
      const remark = stage.failure ? 'failed' : (stage.note ?? 'fine')
      const line = `${columns(stage.stage, formatDuration(stage.durationMs))}${remark}`
      console.result(line, { event: 'stage', ...stage })
    }
  }
  return { show, end }
}

function columns(stage: Stage, time: string): string {
  return `${stage.padEnd(12)} ${time.padStart(8)}  `
}

function longest(
  stage: Stage,
  {
    connectTimeoutMs = hopDefaults.connectTimeoutMs,
    handshakeTimeoutMs = hopDefaults.handshakeTimeoutMs,
  }: Pick<NextHopInput, 'connectTimeoutMs' | 'handshakeTimeoutMs'>,
): number {
  return stage === 'resolve' || stage === 'connect-hop' ? connectTimeoutMs : handshakeTimeoutMs
}
