import { expect, it } from 'vitest'
import { listeningPort, startCli } from '../../support/cli.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { startEcho } from '../../support/targets.ts'

const through = ['sh', '-c', 'ulimit -n 64; exec "$@"', 'sh']

it.skipIf(process.platform !== 'linux')(
  'few files are told at the start, and when they run out',
  async () => {
    const echo = await managed(startEcho())
    const running = await managed(
      startCli(['forward', '0', `127.0.0.1:${echo.port}`, '--direct'], { through }),
    )
    const port = await listeningPort(running)
    await running.warns(/may have no more than 64 files and connections open/)
    for (let count = 0; count < 60; count += 1) await connectTo(port)
    await running.warns(/about as many files and connections open as it may\..* LimitNOFILE/)
    expect(running.stderr()).not.toMatch(/check the destination/i)
  },
)
