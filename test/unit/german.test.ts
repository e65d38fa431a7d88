import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

// Texts of one window come from many files: they speak to the reader in one way, and call things by one name.

const root = fileURLToPath(new URL('../../', import.meta.url))
const files = globSync(
  [
    'renderer/texts/de/*.ts',
    'renderer/views/**/*-texts.ts',
    'main/electron/texts.ts',
    'shared/texts/*-de.ts',
    'main/app/library/sets/*.json',
  ],
  { cwd: root },
)

const strays: readonly (readonly [string, RegExp])[] = [
  [
    'du, where all else says Sie',
    /(?<![\p{L}])(du|dich|dir|deine?[rmns]?|möchtest|siehst|bekommst)(?![\p{L}])/iu,
  ],
  ['Engine, where all else says Motor', /\b(die|der) Engine\b/],
  ['Route, where all else says Weg', /(?<![\p{L}])(die|der|diese|eine) Route(?![\p{L}])/u],
  ['Next-Hop alone, where all else says Next Hop', /(?<!-)Next-Hops?(?=[ '.,])(?! Proxy)/],
  ['freiwillig for a field, where all else says optional', /freiwillig/i],
  ['speichern, where all else says sichern', /speichern/i],
]

describe('the German texts', () => {
  it('are found', () => {
    expect(files.length).toBeGreaterThan(20)
  })

  it.each(strays)('never say %s', (_, stray) => {
    const found = files.flatMap((file) =>
      readFileSync(`${root}${file}`, 'utf8')
        .split('\n')
        .filter((line) => stray.test(line) && !/"en":(?!.*"de":)/.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    )
    expect(found).toEqual([])
  })
})
