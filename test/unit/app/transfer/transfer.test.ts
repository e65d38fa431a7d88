import { describe, expect, it } from 'vitest'
import { readExport, writeExport } from '../../../../main/app/transfer/export-document.ts'
import { mergeConfig } from '../../../../main/app/transfer/merge.ts'
import { lockPasswords, unlockPasswords } from '../../../../main/app/transfer/password-box.ts'
import { parseConfig, type Config } from '../../../../shared/model/config.ts'

function makeConfig(document: object): Config {
  const result = parseConfig({ version: 1, ...document })
  if (!result.ok) throw new Error(JSON.stringify(result.issues))
  return result.config
}

const hop = (id: string, name: string, more: object = {}) => ({
  id,
  name,
  host: '10.0.0.1',
  port: 1080,
  version: '5',
  ...more,
})
const rule = (id: string, name: string, port: number, hopId: string) => ({
  id,
  name,
  listen: { kind: 'tcp', port },
  destination: { kind: 'fixed', host: 'db.internal', port: 5432 },
  route: { kind: 'hop', hopId },
})
const secret = 's3cret-öäü'
const present = makeConfig({
  hops: [hop('a', 'Office', { user: 'me', password: secret })],
  rules: [rule('r', 'Database', 9102, 'a')],
})

describe('an export', () => {
  it('holds no password without a passphrase, and reads back', async () => {
    const text = await writeExport(present, undefined)
    expect(text).not.toContain(secret)
    const { config, box } = readExport(text)
    expect(box).toBeUndefined()
    expect(config.rules).toEqual(present.rules)
    expect(config.hops[0]).not.toHaveProperty('password')
  })

  it('holds the passwords locked with a passphrase', async () => {
    const text = await writeExport(present, 'correct horse')
    expect(text).not.toContain(secret)
    const { box } = readExport(text)
    if (!box) throw new Error('no box')
    expect(await unlockPasswords(box, 'correct horse')).toEqual({ a: secret })
    await expect(unlockPasswords(box, 'wrong horse')).rejects.toThrow(
      'The passphrase does not fit this file: check it, or import without the passwords',
    )
  })

  it('is refused where a byte of the locked passwords was changed', async () => {
    const box = await lockPasswords({ a: 'x' }, 'correct horse')
    const data = Buffer.from(box.data, 'base64')
    data[0] = (data[0] ?? 0) ^ 1
    await expect(unlockPasswords({ ...box, data: data.toString('base64') }, 'correct horse')).rejects.toThrow(
      'The passphrase does not fit',
    )
  })

  it.each([
    ['not JSON at all', 'This is not a Nexthop export, for it is not JSON'],
    ['{"version":1,"rules":[{}]}', 'This can not be imported: "id" is missing (and 4 more mistakes)'],
    ['{"nexthopExport":1,"config":{"version":99}}', 'This can not be imported: Version 99 is newer'],
  ])('%s is refused with words', (text, message) => {
    expect(() => readExport(text)).toThrow(message)
  })

  it('may be a config file as well', () => {
    expect(readExport(JSON.stringify(present)).config).toEqual(present)
  })
})

describe('an import', () => {
  const imported = makeConfig({
    hops: [hop('a', 'Office', { user: 'me', port: 1081 }), hop('b', 'OFFICE 2'), hop('c', 'Lab')],
    rules: [rule('r2', 'Other', 9102, 'c'), rule('r3', 'Third', 9103, 'b')],
  })

  it('that merges keeps what is here, its passwords too, and says what it adds', () => {
    const { config, preview } = mergeConfig(present, imported, 'merge')
    expect(config.hops.map(({ id, port, password }) => [id, port, password])).toEqual([
      ['a', 1081, secret],
      ['b', 1080, undefined],
      ['c', 1080, undefined],
    ])
    expect(preview).toEqual({
      added: ['OFFICE 2', 'Lab', 'Other', 'Third'],
      changed: ['Office'],
      removed: [],
      listens: [{ name: 'Third', address: '127.0.0.1:9103' }],
      notes: ['"Other" comes switched off: 127.0.0.1:9102 is the listen address of "Database"'],
    })
    expect(parseConfig(config).ok).toBe(true)
  })

  it('that merges renames what has the name of something else', () => {
    const { config, preview } = mergeConfig(present, makeConfig({ hops: [hop('z', 'office')] }), 'merge')
    expect(config.hops.map(({ name }) => name)).toEqual(['Office', 'office (2)'])
    expect(preview.notes).toEqual(['"office" comes as "office (2)": the name is taken'])
  })

  it('that merges tells of all by the name that it gets', () => {
    const again = makeConfig({ hops: imported.hops, rules: [rule('r9', 'Database', 9102, 'c')] })
    expect(mergeConfig(present, again, 'merge').preview.notes).toEqual([
      '"Database" comes as "Database (2)": the name is taken',
      '"Database (2)" comes switched off: 127.0.0.1:9102 is the listen address of "Database"',
    ])
  })

  it('that replaces says what goes', () => {
    const { config, preview } = mergeConfig(present, imported, 'replace')
    expect(config.rules.map(({ id }) => id)).toEqual(['r2', 'r3'])
    expect(preview.removed).toEqual(['Database'])
    expect(config.hops[0]?.password).toBe(secret)
  })
})
