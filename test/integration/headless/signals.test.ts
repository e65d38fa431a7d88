import { writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { startCli } from '../../support/cli.ts'
import { makeConfig, makeRule } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { connectTo } from '../../support/peer.ts'
import { startEcho } from '../../support/targets.ts'
import { freePort } from '../../support/tcp-server.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { within } from '../../support/until.ts'

/** Loaded before the program: sends it a signal as soon as somebody listens for that. */
const sendEarly = `const { on } = process
let isSent = false
process.on = function (name, listener) {
  const result = on.call(this, name, listener)
  if (name === 'SIGTERM' && !isSent) {
    isSent = true
    process.kill(process.pid, name)
  }
  return result
}
`

describe.skipIf(process.platform === 'win32')('a signal', () => {
  it('that comes while the program is being loaded ends it', async () => {
    const folder = await managed(makeTempDir())
    await writeFile(folder.file('early.mjs'), sendEarly)
    const env = { NODE_OPTIONS: `--import ${folder.file('early.mjs')}` }
    const running = await managed(startCli(['forward', '0', 'a:1', '--direct'], { env }))
    await within('it ends', running.ended, 5000)
  })

  it('that is for a running server does not end one that lets its connections drain', async () => {
    const echo = await managed(startEcho())
    const listen = await freePort()
    const folder = await managed(makeTempDir())
    const rules = [makeRule({ to: echo.port, listen, route: { kind: 'direct' } })]
    await writeFile(folder.file('config.json'), JSON.stringify(makeConfig({ rules })))
    const running = await managed(startCli(['serve', '--config', folder.file('config.json'), '--port', '0']))
    await running.says(/web http/)
    const client = await connectTo(listen)
    await client.write('x')
    expect(await client.takeText(1)).toBe('x')
    running.signal('SIGTERM')
    await running.warns(/1 connection is open/)
    running.signal('SIGHUP')
    running.signal('SIGUSR2')
    await client.write('y')
    expect(await client.takeText(1)).toBe('y')
    client.end()
    expect(await running.ended).toBe(0)
  })
})
