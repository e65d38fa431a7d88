import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importRules } from '../../import-rules.js'
import { forbiddenImport } from '../../scripts/lib/import-zones.mjs'

const root = resolve(import.meta.dirname, '../..')
const folders = Object.keys(importRules)

function sourcesOf(folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(ts|svelte)$/.test(path))
      .map((path) => join(root, folder, path))
  } catch {
    return []
  }
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(/\b(?:from\s|import[\s(])\s*'([^']+)'/g)].map(([, specifier = '']) => specifier)
}

describe('import rules', () => {
  it.each(folders)('are kept by %s', (folder) => {
    const broken = sourcesOf(folder).flatMap((file) =>
      importsOf(file).flatMap((specifier) => forbiddenImport(file, specifier) ?? []),
    )
    expect(broken).toEqual([])
  })

  it('find the sources at all', () => {
    expect(sourcesOf('shared').length).toBeGreaterThan(10)
    expect(sourcesOf('shared').flatMap(importsOf)).toContain('valibot')
  })

  it.each([
    ['shared/errors.ts', '../main/engine/api.ts', 'shared may import only nothing of ours, not main/engine'],
    ['main/engine/x.ts', '../app/log.ts', 'main/engine may import only shared, not main/app'],
    ['main/headless/x.ts', '../electron/index.ts', 'main/headless may import only main/app, shared'],
    ['renderer/x.ts', '../main/app/log.ts', 'renderer may import only shared, not main/app'],
    ['shared/x.ts', 'node:fs', 'shared may not import node:fs'],
    ['main/engine/x.ts', 'electron', 'main/engine may not import electron'],
    ['main/engine/x.ts', 'conf', 'main/engine may not import conf'],
    ['main/headless/x.ts', 'electron-store', 'main/headless may not import electron-store'],
    ['renderer/x.ts', 'socks', 'renderer may not import socks'],
  ])('refuse that %s imports %s', (file, specifier, message) => {
    expect(forbiddenImport(join(root, file), specifier)).toContain(message)
  })

  it.each([
    ['main/app/x.ts', '../engine/api.ts'],
    ['main/engine/a.ts', './b.ts'],
    ['main/engine/a.ts', 'node:net'],
    ['main/electron/a.ts', 'electron-updater/out/util.js'],
    ['test/unit/x.ts', 'vitest'],
    ['test/unit/x.ts', '../../main/app/log.ts'],
  ])('allow that %s imports %s', (file, specifier) => {
    expect(forbiddenImport(join(root, file), specifier)).toBeUndefined()
  })
})
