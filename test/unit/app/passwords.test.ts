import { describe, expect, it } from 'vitest'
import { resolvePassword, resolvePasswords } from '../../../main/app/passwords.ts'
import { makeConfig, makeHop } from '../../support/config.ts'

const hopWith = (fields: object) =>
  makeConfig({ hops: [makeHop({ name: 'Office', port: 1080, user: 'me', ...fields })] })
/** Stands for a file that is not there. */
const missing = Object.assign(new Error('no'), { code: 'ENOENT' })

function firstLineOf(content: string | Error): string {
  if (content instanceof Error) throw content
  return content
}

describe('resolvePassword', () => {
  it.each([
    ['none', {}, undefined],
    ['in the config', { password: 'plain' }, 'plain'],
    ['in the environment', { passwordFrom: { env: 'PW' } }, 'from env'],
    ['in a file', { passwordFrom: { file: '/secret' } }, 'from /secret'],
  ])('%s', async (_, fields, expected) => {
    const { hops } = hopWith(fields)
    const sources = { env: { PW: 'from env' }, firstLine: (path: string) => `from ${path}` }
    for (const hop of hops) {
      const result = await resolvePassword(hop, sources)
      expect(result).toMatchObject({ ok: true })
      expect(result.ok && result.hop.password).toBe(expected)
      expect(result.ok && 'passwordFrom' in result.hop).toBe(false)
    }
  })

  it.each([
    [{ env: 'PW' }, {}, '', 'the environment variable PW is not set'],
    [{ env: 'PW' }, { PW: '' }, '', 'the environment variable PW is not set'],
    [
      { env: 'PW' },
      { PW: 'ä'.repeat(128) },
      '',
      'the environment variable PW is too long: at most 255 bytes as UTF-8',
    ],
    [{ file: '/s' }, {}, '', 'the first line of /s is empty'],
    [{ file: '/s' }, {}, 'x'.repeat(256), 'the first line of /s is too long: at most 255 bytes as UTF-8'],
    [{ file: '/s' }, {}, missing, '/s can not be read: there is no such file (ENOENT)'],
  ])('%j with %j is refused', async (passwordFrom, env, content, why) => {
    const config = hopWith({ passwordFrom })
    const message = `The password of the next hop "Office" is not available: ${why}`
    const { config: resolved, problems } = await resolvePasswords(config, {
      env,
      firstLine: () => firstLineOf(content),
    })
    expect(problems).toEqual([{ hopId: 'hop', message }])
    // The hop stays, so that its rules fail visibly, and at the hop.
    expect(resolved.hops).toMatchObject([{ missingPassword: why }])
    expect(resolved.hops[0]).not.toHaveProperty('password')
    expect(resolved.hops[0]).not.toHaveProperty('passwordFrom')
  })
})
