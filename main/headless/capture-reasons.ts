import type { CaptureEnd } from '../../shared/captures.ts'

/** Why a recording ended. */
export const captureReasons: Readonly<Record<CaptureEnd, string>> = {
  asked: 'it was ended on request',
  size: 'it has reached its size',
  time: 'its time is over',
  'connection-closed': 'the connection is over',
  disk: 'the disk is full or too slow',
  engine: 'Nexthop ended',
}
