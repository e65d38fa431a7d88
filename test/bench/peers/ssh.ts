import { execFile } from 'node:child_process'
import { access, copyFile, mkdir, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePort, untilListening } from '../ports.ts'
import type { Peer } from './peer.ts'
import { findVersion } from './version.ts'

const run = promisify(execFile)
const daemon = '/usr/sbin/sshd'

/** `ssh -L`: no SOCKS, but encrypted; what people use where there is no proxy. Client and server count together. */
export const ssh: Peer = {
  name: 'ssh',
  kind: 'reference',
  maxConnections: 1000,
  find: async () => {
    try {
      await access(daemon)
    } catch {
      return { missing: 'openssh-server is not installed' }
    }
    return findVersion('ssh', ['-V'], /(OpenSSH_[^ ,]+)/)
  },
  start: async ({ service, sink, processes, directory }) => {
    const serverPort = await freePort('echo')
    const port = await freePort(service)
    await writeKeysAndConfig(directory, serverPort)
    const server = processes.start(daemon, ['-D', '-e', '-f', join(directory, 'sshd_config')], directory)
    await untilListening(serverPort, server)
    const forward = ['-N', '-L', `127.0.0.1:${port}:127.0.0.1:${sink.plainPorts[service]}`]
    const client = processes.start(
      'ssh',
      [...forward, '-F', 'ssh_config', '-p', String(serverPort), '127.0.0.1'],
      directory,
    )
    return { port, processes: [client, server], command: `ssh ${forward.join(' ')} 127.0.0.1` }
  },
}

async function writeKeysAndConfig(directory: string, port: number): Promise<void> {
  for (const name of ['host_key', 'user_key']) {
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(directory, name)])
  }
  await copyFile(join(directory, 'user_key.pub'), join(directory, 'authorized_keys'))
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true })
  await writeFile(
    join(directory, 'sshd_config'),
    `Port ${port}
ListenAddress 127.0.0.1
HostKey ${join(directory, 'host_key')}
AuthorizedKeysFile ${join(directory, 'authorized_keys')}
PidFile none
StrictModes no
UsePAM no
`,
  )
  await writeFile(
    join(directory, 'ssh_config'),
    `Host *
  User ${userInfo().username}
  IdentityFile user_key
  IdentitiesOnly yes
  StrictHostKeyChecking no
  UserKnownHostsFile /dev/null
  ExitOnForwardFailure yes
  LogLevel ERROR
`,
  )
}
