import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { digestOf } from '../../../scripts/lib/build.mjs'
import { managed } from '../../support/managed.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

async function prepare() {
  const dir = await managed(makeTempDir())
  await mkdir(dir.file('main/app'), { recursive: true })
  await writeFile(dir.file('package.json'), '{}')
  await writeFile(dir.file('main/app/log.ts'), 'one')
  await writeFile(dir.file('main/other.ts'), 'two')
  const digest = () => digestOf(dir.path, ['package.json', 'missing.json', 'main/app'], ['NEXTHOP_TEST_FEED'])
  return { dir, digest, before: digest() }
}

describe('whether a part has to be built', () => {
  it.each<[string, (file: (name: string) => string) => Promise<unknown>]>([
    ['a source was changed', (file) => writeFile(file('main/app/log.ts'), 'eno')],
    ['a source was added', (file) => writeFile(file('main/app/new.ts'), '')],
    ['a source was removed', (file) => rm(file('main/app/log.ts'))],
    ['a source was renamed', (file) => rename(file('main/app/log.ts'), file('main/app/lag.ts'))],
    ['a file was changed that is named alone', (file) => writeFile(file('package.json'), '{ }')],
    ['a file is there that was missing', (file) => writeFile(file('missing.json'), '')],
  ])('%s', async (_what, change) => {
    const { dir, digest, before } = await prepare()
    await change((name) => dir.file(name))
    expect(digest()).not.toBe(before)
  })

  it('a variable that is built in has another value', async () => {
    const { digest, before } = await prepare()
    process.env['NEXTHOP_TEST_FEED'] = 'https://example.org'
    try {
      expect(digest()).not.toBe(before)
    } finally {
      delete process.env['NEXTHOP_TEST_FEED']
    }
    expect(digest()).toBe(before)
  })

  it('nothing that belongs to it has changed', async () => {
    const { dir, digest, before } = await prepare()
    await writeFile(dir.file('main/other.ts'), 'changed')
    await writeFile(dir.file('main/app/log.ts'), 'one')
    expect(digest()).toBe(before)
  })
})
