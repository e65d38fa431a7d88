import type { PortHolder } from '../../../shared/errors.ts'
import { runTool } from './run-tool.ts'

/** Windows: netstat tells the process id, tasklist its name. */
export async function findHolderWithNetstat(port: number): Promise<PortHolder | undefined> {
  const pid = parseNetstat(await runTool('netstat', ['-ano', '-p', 'TCP']), port)
  if (pid === undefined) return undefined
  const list = await runTool('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'])
  return { pid, name: parseTasklist(list) ?? 'a system process' }
}

/**
 * The process that listens on a port, from what `netstat -ano` printed. The state's name is translated on localised
 * systems; a listener is known by its remote end, which is all zeros.
 */
export function parseNetstat(output: string, port: number): number | undefined {
  const row = output
    .split(/\r?\n/)
    .map((line) => line.trim().split(/\s+/))
    .find(([, local, remote]) => local?.endsWith(`:${port}`) && /^(0\.0\.0\.0|\[::\]):0$/.test(remote ?? ''))
  const pid = Number(row?.at(-1))
  return Number.isInteger(pid) && pid > 0 ? pid : undefined
}

/** The image name in what `tasklist /FO CSV /NH` printed: `"nginx.exe","812",…`. */
export function parseTasklist(output: string): string | undefined {
  return /^"([^"]+)"/m.exec(output)?.[1]
}
