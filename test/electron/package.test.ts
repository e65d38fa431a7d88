import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const text = readFileSync(new URL('../../electron-builder.yml', import.meta.url), 'utf8')

describe('the desktop package', () => {
  it.each([
    ['runAsNode', false],
    ['enableCookieEncryption', true],
    ['enableNodeOptionsEnvironmentVariable', false],
    ['enableNodeCliInspectArguments', false],
    ['enableEmbeddedAsarIntegrityValidation', true],
    ['onlyLoadAppFromAsar', true],
    ['grantFileProtocolExtraPrivileges', false],
  ])('has the fuse %s set to %s', (fuse, value) => {
    expect(text).toMatch(new RegExp(`^ {2}${fuse}: ${value}$`, 'm'))
  })

  it('is an asar archive without modules of others', () => {
    expect(text).toMatch(/^asar: true$/m)
    expect(text).toMatch(/^ {2}- '!node_modules\/\*\*'$/m)
  })
})
