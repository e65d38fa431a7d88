import { readdirSync, readFileSync } from 'node:fs'

// Processor time and memory of a process and all its descendants, from Linux's /proc (man 5 proc).

export interface ProcessStat {
  readonly pid: number
  readonly parent: number
  /** utime + stime + cutime + cstime: its own, and of those children that it has waited for. */
  readonly cpuTicks: number
}

/** Reads a line of /proc/PID/stat. The name in parentheses may hold anything, parentheses and spaces too. */
export function parseStat(line: string): ProcessStat {
  const [pid] = line.split(' ', 1)
  // From field 3 (state) on; field 14 is utime.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  const field = (number: number) => Number(fields[number - 3])
  return { pid: Number(pid), parent: field(4), cpuTicks: field(14) + field(15) + field(16) + field(17) }
}

/** The resident memory of /proc/PID/smaps_rollup or /proc/PID/status, in bytes. */
export function parseResidentBytes(text: string): number {
  const match = /^(?:Rss|VmRSS):\s+(\d+) kB$/m.exec(text)
  return match ? Number(match[1]) * 1024 : 0
}

/** The processes of `all` that descend from `root`, and itself. */
export function descendants(all: readonly ProcessStat[], root: number): ProcessStat[] {
  const children = new Map<number, ProcessStat[]>()
  for (const stat of all) children.set(stat.parent, [...(children.get(stat.parent) ?? []), stat])
  const family = all.filter(({ pid }) => pid === root)
  // Grows while it is walked through: children come after their parents.
  for (const { pid } of family) family.push(...(children.get(pid) ?? []))
  return family
}

/** USER_HZ is 100 on every architecture that Linux has kept. */
const ticksPerSecond = 100

export function cpuSecondsOf(roots: readonly number[]): number {
  const all = readAll()
  const ticks = roots
    .flatMap((root) => descendants(all, root))
    .reduce((sum, { cpuTicks }) => sum + cpuTicks, 0)
  return ticks / ticksPerSecond
}

export function residentBytesOf(roots: readonly number[]): number {
  const all = readAll()
  return roots
    .flatMap((root) => descendants(all, root))
    .reduce((sum, { pid }) => sum + parseResidentBytes(read(`/proc/${pid}/status`)), 0)
}

export function processTree(root: number): number[] {
  return descendants(readAll(), root).map(({ pid }) => pid)
}

function readAll(): ProcessStat[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => read(`/proc/${pid}/stat`))
    .filter((line) => line !== '')
    .map(parseStat)
}

/** Empty where the process has ended in the meantime. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
