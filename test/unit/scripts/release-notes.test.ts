import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { notesOf } from '../../../scripts/lib/release-notes.mjs'

const read = (name: string) => readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8')

describe('the notes of a release', () => {
  const changelog = '# Changes\n\n## 1.1.0\n\n- new\n\n## 1.0.0 (2026-01-01)\n\n- old\n- older\n\n## 0.9.0\n'

  it.each([
    ['1.1.0', '- new'],
    ['1.0.0', '- old\n- older'],
    ['0.9.0', undefined],
    ['1.0', undefined],
  ])('of %s are %j', (version, notes) => {
    expect(notesOf(version, changelog)).toBe(notes)
  })

  it('are written for the version of these sources', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string }
    expect(notesOf(version, read('CHANGELOG.md'))).toBeDefined()
  })
})
