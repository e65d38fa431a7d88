import { get } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { createApplication } from '../../../main/app/application.ts'
import { memoryConfigFile, type ConfigFile } from '../../../main/app/config-file.ts'
import { createConfigStore } from '../../../main/app/config-store.ts'
import { createLog } from '../../../main/app/log.ts'
import { createMemoryClient } from '../../../main/app/memory-client.ts'
import { createEngine } from '../../../main/engine/engine.ts'
import type { Config } from '../../../shared/model/config.ts'
import { testInfo } from '../../support/application.ts'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { until } from '../../support/until.ts'

async function startApp(file: ConfigFile = memoryConfigFile()) {
  const app = createApplication({
    store: createConfigStore({ file, onBroken: 'refuse' }),
    createEngine: ({ onEvent }) => createEngine({ onEvent }),
    log: createLog(),
    info: testInfo,
  })
  await managed(app)
  await app.start()
  return { app, client: createMemoryClient(app) }
}

async function startDemo(client: Awaited<ReturnType<typeof startApp>>['client']) {
  const reply = await client.request('demo.start', {})
  if (!reply.ok) throw new Error(reply.message)
  return reply.value
}

function fetchText(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, (response) => void text(response).then(resolve, reject)).on('error', reject)
  })
}

const saved = (file: ConfigFile) => JSON.parse(file.read() ?? '{}') as Config

describe('the demo', () => {
  it('leads through a SOCKS server to its page, and makes traffic of its own', async () => {
    const { app, client } = await startApp()
    const { url, ruleId } = await startDemo(client)
    expect(await fetchText(url)).toContain('This page came through Nexthop')
    await until('the demo has visited its page', async () => {
      const reply = await client.request('connection.list', {})
      return reply.ok && reply.value.filter((connection) => connection.ruleId === ruleId).length >= 2
    })
    expect(app.config.rules.map(({ id }) => id)).toEqual([ruleId])
  })

  it('is one demo, however often it is started', async () => {
    const { app, client } = await startApp()
    const [first, second] = await Promise.all([startDemo(client), startDemo(client)])
    expect(second).toEqual(first)
    expect(app.config.rules).toHaveLength(1)
  })

  it('leaves nothing behind but what was there before', async () => {
    const config = makeConfig({ hops: [makeHop({ port: 1 })], rules: [makeRule({ to: 2 })] })
    const file = memoryConfigFile(JSON.stringify(config))
    const { app, client } = await startApp(file)
    const { url } = await startDemo(client)
    expect(saved(file).rules).toHaveLength(2)
    expect(await client.request('demo.stop', {})).toEqual({ ok: true, value: {} })
    expect(app.config).toEqual(config)
    expect(saved(file)).toEqual(config)
    await expect(fetchText(url)).rejects.toThrow('ECONNREFUSED')
  })

  it('is taken away when the app closes', async () => {
    const file = memoryConfigFile()
    const { app, client } = await startApp(file)
    await startDemo(client)
    await app.close()
    expect(saved(file).rules).toEqual([])
    expect(saved(file).hops).toEqual([])
  })

  it('that a killed app left in the config is taken away at the next start', async () => {
    const file = memoryConfigFile()
    const { client } = await startApp(file)
    await startDemo(client)
    const left = memoryConfigFile(file.read())
    const { app } = await startApp(left)
    expect(app.config.rules).toEqual([])
    expect(saved(left).hops).toEqual([])
  })
})
