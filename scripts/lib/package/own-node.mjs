import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot } from '../paths.mjs'

/** What Debian calls the architectures that Node runs on. @type {Readonly<Record<string, string>>} */
const architectures = { x64: 'amd64', arm64: 'arm64' }

/** The Node 24 for this system that the package "node" brought, to go along with the program; none elsewhere. */
export function ownNode() {
  const architecture = architectures[process.arch]
  if (process.platform !== 'linux' || architecture === undefined) return undefined
  const folder = inRoot('node_modules', 'node', 'node_modules', `node-linux-${process.arch}`)
  const program = join(folder, 'bin', 'node')
  return existsSync(program) ? { program, license: join(folder, 'LICENSE'), architecture } : undefined
}
