import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { listeningPort, startCli, type RunningCli } from '../../support/cli.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { run } from '../../support/process.ts'
import { startSocksServer } from '../../support/socks-server.ts'
import { startEcho } from '../../support/targets.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { within } from '../../support/until.ts'

// A name server that never answers, for the program alone: with a resolv.conf in a mount namespace of its own.

const nameServer = '127.0.0.77'
const mount = 'mount --bind "$1" /etc/resolv.conf'
const canMount =
  process.platform === 'linux' &&
  (await run('unshare', ['--mount', 'sh', '-c', mount, 'sh', '/dev/null']).then(
    ({ code }) => code === 0,
    () => false,
  ))

async function startWithMuteNameServer(args: readonly string[]): Promise<RunningCli> {
  const socket = createSocket('udp4')
  socket.bind(53, nameServer)
  await once(socket, 'listening')
  await managed({ close: async () => socket.close() })
  const folder = await managed(makeTempDir())
  const file = folder.file('resolv.conf')
  await writeFile(file, `nameserver ${nameServer}\noptions timeout:10 attempts:2\n`)
  const script = `${mount}; shift; exec "$@"`
  return managed(startCli(args, { through: ['unshare', '--mount', 'sh', '-ec', script, 'sh', file] }))
}

describe.skipIf(!canMount)('names whose server does not answer', () => {
  it('are told as such in time, and do not hold up the end', async () => {
    const socks = await managed(startSocksServer())
    const hop = `socks5://127.0.0.1:${socks.port}`
    const running = await startWithMuteNameServer([
      ...['forward', '0', 'slow.example:80', '--via', hop, '--drain', '0', '--connect-timeout', '300ms'],
    ])
    const client = await connectTo(await listeningPort(running))
    await client.ending
    expect(
      await running.warns(/name of slow\.example:80 was not resolved on this machine within 300 ms/),
    ).toBeTruthy()
    running.signal('SIGTERM')
    await within('it ends', running.ended, 5000)
  })

  it('do not hold up a hop that is localhost', async () => {
    const socks = await managed(startSocksServer())
    const echo = await managed(startEcho())
    const slow = ['a', 'b', 'c', 'd'].flatMap((name) => ['--via', `socks5h://${name}.example:1080`])
    const running = await startWithMuteNameServer([
      ...['forward', '0', `127.0.0.1:${echo.port}`, ...slow, '--via', `socks5h://localhost:${socks.port}`],
      ...['--connect-timeout', '300ms', '--retries', '0', '--drain', '0'],
    ])
    const client = await connectTo(await listeningPort(running))
    client.end('here')
    expect((await client.takeRest()).toString()).toBe('here')
    running.signal('SIGTERM')
    await within('it ends', running.ended, 5000)
  })
})
