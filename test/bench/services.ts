import type { BenchProcess, Processes } from './processes.ts'

/** What the sink does with a connection: the last two digits of the port asked for decide (native/sink.c). */
export const services = { echo: 7, discard: 9, answer: 13, source: 19 } as const
export type Service = keyof typeof services

export interface Sink {
  /** Where it speaks SOCKS. */
  readonly socksPort: number
  /** Where a service is reached without SOCKS. */
  readonly plainPorts: Readonly<Record<Service, number>>
  readonly process: BenchProcess
}

export async function startSink(processes: Processes, path: string): Promise<Sink> {
  const process = processes.start(path, [])
  const { socks, ...plainPorts } = JSON.parse(await process.line()) as Record<Service | 'socks', number>
  return { socksPort: socks, plainPorts, process }
}
