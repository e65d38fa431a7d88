import { readFile } from 'node:fs/promises'
import { runTool } from '../port-holder/run-tool.ts'

/** Since when a process runs, in Unix milliseconds; undefined where the system does not tell. Never rejects. */
export async function runningSince(
  pid: number,
  platform: NodeJS.Platform = process.platform,
): Promise<number | undefined> {
  try {
    if (platform === 'linux') return await sinceFromProc(pid)
    if (platform === 'win32') return parseDate(await runTool('powershell', powershellArgs(pid)))
    // The C locale makes the month's name English, which Date understands.
    return parseDate(await runTool('env', ['LC_ALL=C', 'ps', '-o', 'lstart=', '-p', String(pid)]))
  } catch {
    return undefined
  }
}

function powershellArgs(pid: number): string[] {
  const command = `(Get-Process -Id ${pid}).StartTime.ToUniversalTime().ToString('o')`
  return ['-NoProfile', '-NonInteractive', '-Command', command]
}

async function sinceFromProc(pid: number): Promise<number | undefined> {
  const [stat, systemStat, clock] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8'),
    readFile('/proc/stat', 'utf8'),
    runTool('getconf', ['CLK_TCK']),
  ])
  return parseProcStart(stat, systemStat, Number(clock) || 100)
}

/** From /proc/PID/stat and /proc/stat (proc_pid_stat(5): field 22 is in ticks since the boot). */
export function parseProcStart(stat: string, systemStat: string, ticksPerSecond: number): number | undefined {
  const bootedAt = Number(/^btime (\d+)$/m.exec(systemStat)?.[1])
  // The name in brackets may hold spaces and brackets itself: the fields after it begin with the third.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = Number(fields[22 - 3])
  const since = (bootedAt + ticks / ticksPerSecond) * 1000
  return Number.isFinite(since) ? Math.round(since) : undefined
}

/** What ps or PowerShell printed as a date. */
export function parseDate(text: string): number | undefined {
  const at = Date.parse(text.trim())
  return Number.isNaN(at) ? undefined : at
}
