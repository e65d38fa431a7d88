import { describe, expect, it } from 'vitest'
import { readDocument } from '../../../main/app/config-document.ts'
import { memoryConfigFile } from '../../../main/app/config-file.ts'
import { createConfigStore } from '../../../main/app/config-store.ts'
import { describeLoad } from '../../../main/app/load-report.ts'
import { emptyConfig, type Config } from '../../../shared/model/config.ts'
import { makeConfig, makeHop } from '../../support/config.ts'

const config = makeConfig({ hops: [makeHop({ port: 1080, user: 'me', password: 'hunter2' })] })
const now = () => new Date(Date.UTC(2026, 0, 31, 12, 0, 5, 7))

function storeOn(text: string | undefined, onBroken: 'set-aside' | 'refuse' = 'set-aside') {
  const file = memoryConfigFile(text)
  return { file, store: createConfigStore({ file, onBroken, now }) }
}

const early = 'the file ends too early, where'

describe('readDocument', () => {
  it.each([
    ['', 'The file is empty'],
    [' \n', 'The file is empty'],
    ['{"version": 1,\n  "hops": [}', 'The file is not JSON: line 2, column 12: a value is expected'],
    ['{"version": 1', `The file is not JSON: line 1, column 14: ${early} a comma or "}" is expected`],
    ['{"hops": ["hunter2"', `The file is not JSON: line 1, column 20: ${early} a comma or "]" is expected`],
    ['[', `The file is not JSON: line 1, column 2: ${early} a value is expected`],
    ['null', 'The config must be an object, {"version": 1, …}'],
    ['[1]', 'The config must be an object, {"version": 1, …}'],
    ['"text"', 'The config must be an object, {"version": 1, …}'],
    ['{}', '"version" is missing: write "version": 1'],
    ['{"version": "1"}', 'Version must be 1'],
    [
      '{"version": 1, "hops": [], "hops": []}',
      '"hops" stands here a second time, and only the last one counts: leave one',
    ],
    ['{"version": 1, "hop": []}', '"hop" is not a field here: check its spelling, or remove it'],
  ])('%j is broken', (text, message) => {
    const result = readDocument(text)
    expect(result.kind).toBe('broken')
    expect(result.kind === 'broken' && result.issues[0]?.message).toBe(message)
  })

  it('takes values that are nested far too deeply for broken ones', () => {
    const nested = `{"version": 1, "rules": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`
    expect(readDocument(nested).kind).toBe('broken')
  })

  it('takes a byte order mark', () => {
    expect(readDocument(`\ufeff${JSON.stringify(config)}`)).toMatchObject({ kind: 'valid', config })
  })
})

describe('load', () => {
  it('starts empty without a file, and writes none', () => {
    const { store, file } = storeOn(undefined)
    expect(store.load()).toEqual({ kind: 'missing' })
    expect(store.config).toEqual(emptyConfig)
    expect(file.read()).toBeUndefined()
  })

  it('sets a broken file aside under a dated name', () => {
    const { store, file } = storeOn('{"version": 1, "hops": [{"id": "x"}]}')
    const report = store.load()
    expect(report).toMatchObject({ kind: 'set-aside', keptAt: 'broken-2026-01-31T12-00-05Z' })
    expect(file.read()).toBeUndefined()
    expect(store.config).toEqual(emptyConfig)
    expect(describeLoad(report, '/c.json')?.message).toMatch(
      /^The config \/c\.json could not be used, so Nexthop starts with an empty one\. The file is kept as broken-2026-01-31T12-00-05Z\. hops\[0\]\./,
    )
  })

  it('refuses a broken file that was named, with every mistake, and leaves it', () => {
    const text = '{"version": 1, "hops": [{"id": "x y"}], "rules": 5}'
    const { store, file } = storeOn(text, 'refuse')
    expect(() => store.load()).toThrow('The config memory is not valid: Id must be 1 to 64 letters')
    try {
      store.load()
    } catch (error) {
      expect((error as { issues: unknown[] }).issues.length).toBeGreaterThan(2)
    }
    expect(file.read()).toBe(text)
  })

  it('fails, and loses nothing, where a broken file can not be moved', () => {
    const file = {
      ...memoryConfigFile('{'),
      setAside: () => {
        throw Object.assign(new Error('no'), { code: 'EROFS' })
      },
    }
    const store = createConfigStore({ file, onBroken: 'set-aside' })
    expect(() => store.load()).toThrow(
      `The config memory is not valid (The file is not JSON: line 1, column 2: ${early} a name in double quotes is ` +
        'expected), and could not be moved out of the way: the file system is read-only: choose another place (EROFS)',
    )
    expect(file.read()).toBe('{')
  })

  it('leaves the file of a newer version alone, and lets nothing be saved over it', () => {
    const text = '{"version": 2, "hops": {"new": "shape"}}'
    const { store, file } = storeOn(text)
    const report = store.load()
    expect(report).toMatchObject({
      kind: 'newer',
      issues: [
        {
          path: ['version'],
          message: 'Version 2 is newer than this Nexthop, which knows up to 1: update Nexthop',
        },
      ],
    })
    expect(describeLoad(report, '/c.json')).toEqual({
      level: 'error',
      message:
        'The config /c.json was made by a newer Nexthop: it is left as it is, and nothing can be saved. ' +
        'version: Version 2 is newer than this Nexthop, which knows up to 1: update Nexthop.',
    })
    expect(() => store.save(config)).toThrow(
      'Could not save: memory was made by a newer Nexthop. Update Nexthop first',
    )
    expect(file.read()).toBe(text)
    expect(store.config).toEqual(emptyConfig)
  })

  it('says in plain words why a file can not be read', () => {
    const file = {
      ...memoryConfigFile(),
      read: () => {
        throw Object.assign(new Error('EACCES: …'), { code: 'EACCES' })
      },
    }
    expect(() => createConfigStore({ file, onBroken: 'set-aside' }).load()).toThrow(
      'Could not read the config memory: permission denied: check who owns the file and its folder (EACCES)',
    )
  })
})

describe('save and reload', () => {
  it('refuse a config that contradicts itself', () => {
    const { store, file } = storeOn(JSON.stringify(config))
    store.load()
    const text = file.read()
    const twice = { ...config, hops: [...config.hops, ...config.hops] }
    expect(() => store.save(twice)).toThrow('Id "hop" is used twice: ids must differ (and 1 more mistake)')
    expect(store.config).toEqual(config)
    expect(file.read()).toBe(text)
  })

  it('hand over the config that another one takes the place of, whoever wrote that', () => {
    const file = memoryConfigFile(JSON.stringify(config))
    const kept: Config[] = []
    const store = createConfigStore({
      file,
      onBroken: 'refuse',
      beforeChange: (present) => kept.push(present),
    })
    store.load()
    file.write('{')
    expect(() => store.reload()).toThrow()
    expect(kept).toEqual([])
    file.write(JSON.stringify(emptyConfig))
    store.reload()
    expect(kept).toEqual([config])
    store.save(config)
    store.save(config)
    expect(kept).toEqual([config, emptyConfig])
  })

  it('tell own writing from that of others', () => {
    const { store, file } = storeOn(undefined)
    store.load()
    store.save(config)
    expect(store.reload()).toBeUndefined()
    file.write(JSON.stringify(emptyConfig))
    expect(store.reload()).toEqual(emptyConfig)
    expect(store.reload()).toBeUndefined()
  })

  it('keep the config where the file is gone or has mistakes', () => {
    const { store, file } = storeOn(JSON.stringify(config))
    store.load()
    file.write('{')
    expect(() => store.reload()).toThrow('The config memory is not valid: The file is not JSON')
    expect(store.config).toEqual(config)
    file.setAside('x')
    expect(store.reload()).toBeUndefined()
    expect(store.config).toEqual(config)
  })
})
