import { readdir, readFile, readlink } from 'node:fs/promises'
import { basename } from 'node:path'
import type { PortHolder } from '../../../shared/errors.ts'

/** The state of a listening socket in /proc/net/tcp (include/net/tcp_states.h). */
const listening = '0A'

/** Linux: finds the port's socket in /proc/net, then the process that has it open. */
export async function findHolderInProc(port: number): Promise<PortHolder | undefined> {
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8')))
  const inodes = new Set(tables.flatMap((table) => listeningInodes(table, port)))
  if (inodes.size === 0) return undefined
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  for (const pid of pids) {
    if (await hasSocket(pid, inodes)) return { pid: Number(pid), name: await processName(pid) }
  }
  return undefined
}

/** The socket inodes that listen on a port, from the text of /proc/net/tcp or tcp6. */
export function listeningInodes(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => state === listening && local?.endsWith(suffix))
    .flatMap((columns) => columns[9] ?? [])
}

async function hasSocket(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`
  // The processes of other users can't be looked into, and processes end while we look.
  const descriptors = await readdir(folder).catch(() => [])
  for (const descriptor of descriptors) {
    const link = await readlink(`${folder}/${descriptor}`).catch(() => '')
    const inode = /^socket:\[(\d+)\]$/.exec(link)?.[1]
    if (inode !== undefined && inodes.has(inode)) return true
  }
  return false
}

async function processName(pid: string): Promise<string> {
  const name = (await readFile(`/proc/${pid}/comm`, 'utf8')).trim()
  // Newer Node names its threads, and that is all that shows here: the program file says more.
  if (name !== 'MainThread') return name
  return readlink(`/proc/${pid}/exe`).then(basename, () => name)
}
