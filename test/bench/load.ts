import type { BenchProcess, Processes } from './processes.ts'

/** Runs the load generator (native/load.c). */
export class Load {
  readonly #processes: Processes
  readonly #path: string

  constructor(processes: Processes, path: string) {
    this.#processes = processes
    this.#path = path
  }

  /** One benchmark from start to end; its figures. */
  async run(command: string, port: number, options: readonly (string | number)[]): Promise<LoadFigures> {
    const load = this.start(command, port, options)
    try {
      return await figures(load)
    } finally {
      await load.close()
    }
  }

  start(command: string, port: number, options: readonly (string | number)[]): BenchProcess {
    return this.#processes.start(this.#path, [command, '--port', String(port), ...options.map(String)])
  }
}

export type LoadFigures = Readonly<Record<string, number>>

/** The next line of figures. */
export async function figures(load: BenchProcess): Promise<LoadFigures> {
  return JSON.parse(await load.line()) as LoadFigures
}

/** A figure that the load generator always prints. */
export function figure(from: LoadFigures, name: string): number {
  const value = from[name]
  if (value === undefined) throw new Error(`the load generator did not say ${name}`)
  return value
}
