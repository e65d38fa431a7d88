import { createServer } from 'node:net'
import type { Failure } from '../../../shared/errors.ts'
import type { PortReport } from '../../../shared/port-report.ts'
import { bind } from '../bind.ts'
import { excludedRange } from './excluded-ports.ts'
import { runningSince } from './running-since.ts'

/** Finds out whether a program could listen on a port now, and else why not. */
export async function examinePort(host: string, port: number): Promise<PortReport> {
  const server = createServer()
  const result = await bind(server, { kind: 'tcp', host, port })
  if (result.ok) {
    await new Promise((resolve) => server.close(resolve))
    return { host, port, state: 'free' }
  }
  const { failure } = result
  const { holder } = failure
  const [since, reserved] = await Promise.all([
    holder && runningSince(holder.pid),
    failure.code === 'port-forbidden' ? excludedRange(port) : undefined,
  ])
  return {
    host,
    port,
    state: stateOf(failure),
    failure,
    ...(since !== undefined && { since }),
    ...(reserved && { reserved }),
  }
}

function stateOf({ code }: Failure): PortReport['state'] {
  if (code === 'port-in-use') return 'busy'
  return code === 'port-forbidden' ? 'forbidden' : 'unavailable'
}
