import { readFile, stat, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { dayOf } from '../../../../main/app/totals/totals-book.ts'
import { totalsFile, totalsPath } from '../../../../main/app/totals/totals-file.ts'
import { startTestApplication } from '../../../support/application.ts'
import { makeConfig, makeHop, makeRule } from '../../../support/config.ts'
import { managed } from '../../../support/managed.ts'
import { makeTempDir } from '../../../support/temp-dir.ts'

const config = makeConfig({ hops: [makeHop({ port: 1080 })], rules: [makeRule({ to: 80 })] })
const delta = { ruleId: 'rule', hopId: 'hop', bytesUp: 5, bytesDown: 7, connections: 1, failures: 0 }

async function makeFile() {
  const folder = await managed(makeTempDir())
  const path = totalsPath(folder.file('config.json'))
  expect(path).toBe(folder.file('config.totals.json'))
  return { path, file: totalsFile(path) }
}

describe('totals', () => {
  it('outlive a restart, with what the engine tells when it ends', async () => {
    const { path, file } = await makeFile()
    const first = await startTestApplication({ config, totalsFile: file })
    first.engine.totals.push(delta)
    expect(await first.client.request('totals.list', {})).toMatchObject({
      value: [{ day: dayOf(Date.now()), ruleName: 'Test rule', hopName: 'Test hop', bytesUp: 5 }],
    })
    first.engine.tell({ kind: 'totals', deltas: [delta] })
    await first.close()
    expect((await stat(path)).mode & 0o777).toBe(0o600)

    const second = await managed(startTestApplication({ config, totalsFile: file }))
    expect(await second.client.request('totals.list', {})).toMatchObject({
      value: [{ bytesUp: 10, bytesDown: 14, connections: 2 }],
    })
    const csv = await second.client.request('totals.export', {})
    expect(csv.ok && csv.value.text).toContain(',Test rule,Test hop,10,14,2,0\r\n')
    await second.client.request('totals.clear', {})
    expect(await second.client.request('totals.list', {})).toMatchObject({ value: [] })
    expect(file.read()?.entries).toEqual([])
  })

  it.each(['{', '[]', '{"version":1,"names":{},"entries":[{"day":"x"}]}'])(
    'set a file aside that makes no sense: %s',
    async (text) => {
      const { path, file } = await makeFile()
      await writeFile(path, text)
      const { log, client } = await managed(startTestApplication({ config, totalsFile: file }))
      expect(await client.request('totals.list', {})).toMatchObject({ ok: true, value: [] })
      expect(log.entries().some(({ message }) => message.includes('could not be read'))).toBe(true)
      expect(await readFile(`${path}.broken`, 'utf8')).toBe(text)
    },
  )

  it('go on where there is no engine to ask', async () => {
    const { client, engine } = await managed(startTestApplication({ config }))
    engine.error = new Error('away')
    expect(await client.request('totals.list', {})).toMatchObject({ ok: true, value: [] })
  })
})
