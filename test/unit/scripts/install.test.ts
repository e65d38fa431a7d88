import { describe, expect, it } from 'vitest'
import { isComplete } from '../../../scripts/lib/install.mjs'

const wanted = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/other-system': { version: '1.0.0', integrity: 'sha512-o', optional: true },
}
const present = { 'node_modules/a': wanted['node_modules/a'] }

describe('whether packages have to be installed', () => {
  it.each([
    ['all there but another system’s', present, true],
    ['nothing there', {}, false],
    ['one more than wanted', { ...present, 'node_modules/b': { version: '2.0.0' } }, true],
    ['another version', { 'node_modules/a': { version: '0.9.0', integrity: 'sha512-a' } }, false],
    ['other contents', { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-x' } }, false],
    [
      'an optional one of another version',
      { ...present, 'node_modules/other-system': { version: '0.9.0', integrity: 'sha512-o' } },
      false,
    ],
  ])('%s', (_what, installed, expected) => {
    expect(isComplete(wanted, installed)).toBe(expected)
  })
})
