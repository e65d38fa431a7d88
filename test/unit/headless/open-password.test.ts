import { chmod, writeFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { findOpenPassword } from '../../../main/headless/open-password.ts'
import { makeConfig, makeHop } from '../../support/config.ts'
import { managed } from '../../support/managed.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

it.skipIf(process.platform === 'win32').each([
  ['config.json', (path: string) => path],
  ['büro.json', (path: string) => path],
  ['my config.json', (path: string) => `'${path}'`],
  ["ann's $config.json", (path: string) => `'${path.replace("'", "'\\''")}'`],
])('what helps against a config %s that others can read can be pasted', async (name, word) => {
  const path = (await managed(makeTempDir())).file(name)
  await writeFile(path, '')
  await chmod(path, 0o644)
  const config = makeConfig({ hops: [makeHop({ port: 1080, user: 'me', password: 'hunter2' })] })
  const { message = '' } = findOpenPassword(config, path) ?? {}
  expect(message.endsWith(`: chmod 600 ${word(path)}`)).toBe(true)
})
