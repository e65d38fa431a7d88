import { chown } from 'node:fs/promises'
import { mustRun, run, startProcess } from '../process.ts'
import { freePort } from '../tcp-server.ts'
import { makeTempDir } from '../temp-dir.ts'
import { tool } from '../tools.ts'

export interface Database {
  readonly port: number
  close(): Promise<void>
}

/** A PostgreSQL cluster of its own with the user "tester", who needs no password. */
export async function startPostgres(): Promise<Database> {
  const folder = await makeTempDir()
  // It refuses to run as root: then it runs as its own user, or as nobody.
  const owner = process.getuid?.() === 0 ? await unprivilegedUser() : undefined
  if (owner) await chown(folder.path, owner.uid, owner.gid)
  const options = { ...owner, cwd: folder.path, env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' } }
  const data = folder.file('data')
  await mustRun(
    tool('initdb'),
    ['-D', data, '-U', 'tester', '-A', 'trust', '--no-sync', '-E', 'UTF8'],
    options,
  )
  const port = await freePort()
  const settings = [
    '-c',
    `port=${port}`,
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
  ]
  const running = await startProcess(tool('postgres'), ['-D', data, ...settings, '-c', 'fsync=off'], {
    ...options,
    ready: /ready to accept connections/,
  })
  return {
    port,
    async close() {
      await running.close()
      await folder.close()
    },
  }
}

async function unprivilegedUser(): Promise<{ uid: number; gid: number }> {
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run(tool('id'), [flag, name])))
    if (uid?.code === 0 && gid?.code === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  }
  throw new Error('there is no user without rights to run PostgreSQL')
}
