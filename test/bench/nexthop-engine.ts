import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import type { createEngine as CreateEngine } from '../../main/engine/engine.ts'
import { parseConfig } from '../../shared/model/config.ts'

// nexthop-engine.ts ENGINE LISTEN_PORT TARGET_PORT SOCKS_PORT: one rule by way of one SOCKS5 hop, in this thread and
// without the rest of the app. For engines that are being worked on, and for profiles with nothing else in them.

const [engineFile = '', listenPort, targetPort, socksPort] = process.argv.slice(2)
const host = '127.0.0.1'
const result = parseConfig({
  version: 1,
  hops: [{ id: 'hop', name: 'sink', host, port: Number(socksPort), version: '5' }],
  rules: [
    {
      id: 'rule',
      name: 'bench',
      listen: { kind: 'tcp', host, port: Number(listenPort) },
      destination: { kind: 'fixed', host, port: Number(targetPort) },
      route: { kind: 'hop', hopId: 'hop' },
    },
  ],
})
if (!result.ok) throw new Error(JSON.stringify(result.issues))

const { createEngine } = (await import(pathToFileURL(resolve(engineFile)).href)) as {
  createEngine: typeof CreateEngine
}
const engine = createEngine({
  onEvent: (event) => {
    if (event.kind === 'log') console.error(event.entry.message)
  },
})
await engine.apply(result.config)
process.once('SIGTERM', () => {
  void engine.close(0).then(() => process.exit())
})
