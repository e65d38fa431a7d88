import { describe, expect, it } from 'vitest'
import { readForeign } from '../../../../main/app/import/read-foreign.ts'
import { startTestApplication } from '../../../support/application.ts'
import { makeConfig, makeHop, makeRule } from '../../../support/config.ts'

const text = 'ssh -D 1081 -L 9102:db.internal:5432 bastion'

describe('importing what another program is told to do', () => {
  it('goes through the same preview, import and undo as our own files', async () => {
    const before = makeConfig({
      hops: [makeHop({ port: 1080 })],
      rules: [makeRule({ listen: 9102, to: 80 })],
      settings: { drainMs: 1234 },
    })
    const test = await startTestApplication({ config: before })
    try {
      const input = { text, mode: 'merge' as const }
      const preview = await test.client.request('config.previewImport', input)
      expect(preview).toMatchObject({
        ok: true,
        value: {
          format: 'ssh',
          added: ['ssh bastion', 'db.internal:5432 by ssh'],
          notes: [
            expect.stringContaining('ssh -N -D 1081 bastion'),
            expect.stringContaining('comes switched off'),
          ],
          unmapped: [],
          isEmpty: false,
          hasPasswords: false,
        },
      })
      const imported = await test.client.request('config.import', { text, mode: 'replace' })
      if (!imported.ok) throw new Error(imported.message)
      expect(test.app.config.hops.map(({ name }) => name)).toEqual(['ssh bastion'])
      expect(test.app.config.settings.drainMs).toBe(1234)
      await test.client.request('trash.restore', { trashId: imported.value.trashId })
      expect(test.app.config).toEqual(before)
    } finally {
      await test.close()
    }
  })

  it('changes nothing the second time', async () => {
    const test = await startTestApplication()
    try {
      await test.client.request('config.import', { text, mode: 'merge' })
      const again = await test.client.request('config.previewImport', { text, mode: 'merge' })
      expect(again).toMatchObject({ ok: true, value: { added: [], changed: [], removed: [] } })
    } finally {
      await test.close()
    }
  })
})

describe('readForeign', () => {
  it.each([
    ['{"inbounds": [{"type": "mixed"}], "outbounds": [{"type": "socks"}]}', 'a config of sing-box'],
    ['{"ServeNodes": ["tcp://:1/a:1"]}', 'import its command lines'],
    ['services:\n- name: a\n', 'import its command lines'],
  ])('says what can not be imported: %s', (document, words) => {
    expect(() => readForeign(document)).toThrow(words)
  })

  it.each([
    '',
    'hello',
    '{"version":1}',
    '<html></html>',
    '{"nexthopExport":1,"config":{}}',
    '{\n  "version": 1,\n  "protocol": [\n    "ssh"\n  ]\n}',
    // The same where a comma is missing.
    '{\n  "version": 1\n  "protocol": [\n    "ssh"\n  ]\n}',
    'ssh is nice\nfoo',
    'gost is nice',
    '- a\n- b',
    '\u0000',
  ])('takes %j for nothing that it knows', (other) => {
    expect(readForeign(other)).toBeUndefined()
  })
})
