import type { Forwarder } from '../peers/peer.ts'
import { cpuSecondsOf } from '../proc.ts'

/** The processor time that a forwarder has used since it was started; 0 where there is none in between. */
export function cpuSeconds({ processes }: Forwarder): number {
  return cpuSecondsOf(processes.map(({ pid }) => pid))
}
