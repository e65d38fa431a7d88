import { performance } from 'node:perf_hooks'
import { formatEndpoint } from '../../shared/model/address.ts'
import type { NextHop } from '../../shared/model/next-hop.ts'
import type { ConnectionCapture } from './capture/connection-capture.ts'
import type { ConnectObserver } from './dial/connect-address.ts'
import type { Trace } from './trace.ts'

/**
 * Takes down how a connection to a hop (or to the destination, without one) comes about.
 * @param onAddress told the address that answered
 */
export function observeConnect(
  trace: Trace,
  captures: () => readonly ConnectionCapture[],
  hop: NextHop | undefined,
  onAddress: (address: string) => void,
): ConnectObserver {
  const answers: string[] = []
  const startedAt = performance.now()
  let isFirst = true
  return {
    resolved: (address) => {
      answers.push(address)
    },
    trying: () => {
      if (isFirst && answers.length > 0) {
        trace.note({ code: 'resolved', answers: [...answers], ms: performance.now() - startedAt })
      }
      isFirst = false
    },
    failed: (attempt) => {
      const { address, port, errno } = attempt
      trace.note({ code: 'attempt-failed', address: formatEndpoint({ host: address, port }), errno })
      for (const capture of captures()) capture.connectFailed(attempt, hop)
    },
    connected: (socket, address) => {
      onAddress(address)
      for (const capture of captures()) capture.hop(socket, hop)
    },
  }
}
