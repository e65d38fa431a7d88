import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe } from 'vitest'

// Programs of the system that interop tests talk to. Where one is missing, its tests are skipped by name, or fail
// where NEXTHOP_REQUIRE_INTEROP=1 says that all are expected.

const sbin = ['/usr/sbin', '/sbin', '/usr/local/sbin']
const postgres = '/usr/lib/postgresql'

/** The path of a program, as found on PATH, among system programs, or where Debian keeps PostgreSQL's server. */
export function findTool(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...sbin, ...postgresFolders()]
  return folders.map((folder) => join(folder, name)).find(isExecutable)
}

function postgresFolders(): string[] {
  if (!existsSync(postgres)) return []
  const versions = readdirSync(postgres).sort((a, b) => Number(b) - Number(a))
  return versions.map((version) => join(postgres, version, 'bin'))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The path of a program whose presence `describeWith` has checked. */
export function tool(name: string): string {
  const path = findTool(name)
  if (path === undefined) throw new Error(`${name} is not installed`)
  return path
}

export function missingTools(names: readonly string[]): string[] {
  return names.filter((name) => findTool(name) === undefined)
}

/** A `describe` that is skipped, with the reason in its title, where programs are missing. */
export function describeWith(names: readonly string[], title: string, body: () => void): void {
  const missing = missingTools(names)
  if (missing.length === 0 || process.env['NEXTHOP_REQUIRE_INTEROP'] === '1') describe(title, body)
  else describe.skip(`${title} (skipped: ${missing.join(', ')} not installed)`, body)
}
