import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { mustRun, startProcess } from '../process.ts'
import { freePort } from '../tcp-server.ts'
import { makeTempDir } from '../temp-dir.ts'
import { tool } from '../tools.ts'
import type { ProxyServer } from './proxy-server.ts'

/** An SSH server of our own, with a key that opens it. */
export interface SshServer {
  readonly port: number
  /** Arguments for `ssh` up to the host: identity, user, and no questions; `port` is where to connect. */
  clientArgs(port: number): string[]
  close(): Promise<void>
}

export async function startSshd(): Promise<SshServer> {
  const port = await freePort()
  const folder = await makeTempDir()
  for (const name of ['host', 'client']) {
    await mustRun(tool('ssh-keygen'), ['-q', '-t', 'ed25519', '-N', '', '-f', folder.file(name)])
  }
  await copyFile(folder.file('client.pub'), folder.file('authorized_keys'))
  await writeFile(
    folder.file('sshd_config'),
    `Port ${port}
ListenAddress 127.0.0.1
HostKey ${folder.file('host')}
AuthorizedKeysFile ${folder.file('authorized_keys')}
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
AllowTcpForwarding yes
MaxStartups 1000
MaxSessions 1000
`,
  )
  // The folder that Debian's service unit would have made; without root sshd does not ask for it.
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 })
  const sshd = await startProcess(tool('sshd'), ['-D', '-e', '-f', folder.file('sshd_config')], {
    ready: port,
  })
  return {
    port,
    clientArgs: (at) => [
      ...['-F', 'none', '-i', folder.file('client'), '-p', String(at), '-l', userInfo().username],
      ...[
        '-o',
        'BatchMode=yes',
        '-o',
        'StrictHostKeyChecking=no',
        '-o',
        `UserKnownHostsFile=${folder.file('known')}`,
      ],
      ...['-o', 'HostKeyAlias=nexthop-test', '-o', 'LogLevel=ERROR', '-o', 'IdentitiesOnly=yes'],
    ],
    async close() {
      await sshd.close()
      await folder.close()
    },
  }
}

/** `ssh -D`: the SOCKS 4, 4a and 5 server of OpenSSH's client, by way of an SSH server. */
export async function startSshDynamic(server: SshServer, at?: number): Promise<ProxyServer> {
  const port = at ?? (await freePort())
  const args = [
    ...server.clientArgs(server.port),
    '-N',
    '-o',
    'ExitOnForwardFailure=yes',
    '-D',
    `127.0.0.1:${port}`,
  ]
  const running = await startProcess(tool('ssh'), [...args, '127.0.0.1'], { ready: port })
  return { port, process: running, close: () => running.close() }
}
