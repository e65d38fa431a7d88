import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

// Root may read every file and listen on every port. Where the tests run as root, what an ordinary user may not do is tried
// by a process without root's capabilities: for it, modes and ports count (capabilities(7)).

const isRoot = process.getuid?.() === 0
const bare = ['setpriv', '--bounding-set=-all', '--inh-caps=-all', '--']

/** Why no process without special rights can be started here; undefined where one can. */
export const cannotDropRights =
  isRoot && spawnSync('setpriv', ['--version']).error
    ? 'root may do everything, and setpriv is missing'
    : undefined

/** Why there is no port here that is for root alone; undefined where there is. */
export const noPortIsForbidden = everybodyHasAllPorts()
  ? 'everybody may listen on every port'
  : cannotDropRights

/** The command line of the same without root's rights. */
export function withoutRights(command: string, args: readonly string[]): [string, string[]] {
  if (!isRoot) return [command, [...args]]
  const [setpriv = '', ...options] = bare
  return [setpriv, [...options, command, ...args]]
}

function everybodyHasAllPorts(): boolean {
  try {
    return Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8')) === 0
  } catch {
    return process.platform !== 'linux'
  }
}
