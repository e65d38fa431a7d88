import { readdir } from 'node:fs/promises'
import { it } from 'vitest'
import { listeningPort, startCli, cliNode } from '../../support/cli.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { run } from '../../support/process.ts'
import { until } from '../../support/until.ts'

const version = await run(cliNode, ['--version'])
const isTold = process.platform === 'linux' && Number.parseInt(version.stdout.slice(1)) >= 22

it.skipIf(!isTold)('has threads enough for names that are slow to resolve', async () => {
  const running = await managed(startCli(['forward', '0', 'nowhere.invalid:9', '--direct']))
  await connectTo(await listeningPort(running))
  await until('its threads run', async () => (await readdir(`/proc/${running.pid}/task`)).length > 32)
})
