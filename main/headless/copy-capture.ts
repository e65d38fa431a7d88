import { setTimeout as delay } from 'node:timers/promises'
import type { CaptureView } from '../../shared/captures.ts'
import { conflict, NexthopError } from '../../shared/errors.ts'
import { describeSystemError } from '../app/system-error.ts'
import type { ControlClient } from './control/control-client.ts'
import { ask } from './control/running-serve.ts'
import { wholeBlocks } from './whole-blocks.ts'

/** Takes the next bytes of the file; rejects where it can't. */
export type CaptureTarget = (bytes: Buffer) => Promise<void>

/** How soon after a packet was recorded it is in the file, about. */
const pollMs = 300

/** A server takes a reader that it does not hear of for 10 s for gone; a target may take its time. */
const signOfLifeMs = 3000

/**
 * Copies a recording of the running server as it grows, whole blocks of it, until it ends or the signal ends it. The
 * server's own file is removed then. Rejects with a NexthopError where the server ends or the target takes nothing more.
 */
export async function copyCapture(
  client: ControlClient,
  id: string,
  target: CaptureTarget,
  signal: AbortSignal,
): Promise<CaptureView> {
  let offset = 0
  const takeWhole = wholeBlocks()
  const copyAll = async () => {
    for (;;) {
      const { base64, hasMore } = await ask(client, 'capture.read', { id, offset })
      const bytes = Buffer.from(base64, 'base64')
      offset += bytes.length
      const whole = takeWhole(bytes)
      if (whole.length > 0) await writeTo(target, whole)
      if (!hasMore) return
    }
  }
  const signs = setInterval(() => {
    ask(client, 'capture.get', { id }).catch(() => undefined)
  }, signOfLifeMs)
  try {
    for (;;) {
      const present = await ask(client, signal.aborted ? 'capture.stop' : 'capture.get', { id })
      await copyAll()
      if (present.endedAt !== undefined) {
        await ask(client, 'capture.remove', { id })
        return present
      }
      await delay(pollMs, undefined, { signal }).catch(() => undefined)
    }
  } catch (error) {
    if (!(error instanceof NexthopError)) {
      throw conflict(
        'The "nexthop serve" that records has ended; what was recorded until then is in the file',
      )
    }
    await ask(client, 'capture.remove', { id }).catch(() => undefined)
    throw error
  } finally {
    clearInterval(signs)
  }
}

async function writeTo(target: CaptureTarget, bytes: Buffer): Promise<void> {
  try {
    await target(bytes)
  } catch (error) {
    throw conflict(
      `The recording has ended, since its file can not be written: ${describeSystemError(error)}`,
    )
  }
}
