import type { PortRange } from '../../../shared/port-report.ts'
import { runTool } from '../port-holder/run-tool.ts'

/**
 * The range that Windows keeps for itself (Hyper-V, WSL and others reserve such at every start) and that holds the port:
 * nobody can listen there, though nothing does. Undefined on other systems.
 */
export async function excludedRange(
  port: number,
  platform: NodeJS.Platform = process.platform,
): Promise<PortRange | undefined> {
  if (platform !== 'win32') return undefined
  const args = ['interface', 'ipv4', 'show', 'excludedportrange', 'protocol=tcp']
  return parseExcludedRanges(await runTool('netsh', args)).find(({ from, to }) => from <= port && port <= to)
}

/** Lines of two numbers in what netsh printed; its words are translated on localised systems. */
export function parseExcludedRanges(output: string): PortRange[] {
  return output.split(/\r?\n/).flatMap((line) => {
    const [, from, to] = /^\s*(\d{1,5})\s+(\d{1,5})\s*\*?\s*$/.exec(line) ?? []
    return from === undefined || to === undefined ? [] : [{ from: Number(from), to: Number(to) }]
  })
}
