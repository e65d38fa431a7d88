import type { PortHolder } from '../../../shared/errors.ts'
import { runTool } from './run-tool.ts'

/** macOS and the BSDs: asks lsof, which prints one field a line, `p` the process and `c` its command. */
export async function findHolderWithLsof(port: number): Promise<PortHolder | undefined> {
  return parseLsof(await runTool('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']))
}

/** The first process in what `lsof -Fpc` printed. */
export function parseLsof(output: string): PortHolder | undefined {
  const pid = /^p(\d+)$/m.exec(output)?.[1]
  const name = /^c(.+)$/m.exec(output)?.[1]
  return pid === undefined || name === undefined ? undefined : { pid: Number(pid), name }
}
