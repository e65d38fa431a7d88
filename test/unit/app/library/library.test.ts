import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { applySet } from '../../../../main/app/library/apply-set.ts'
import { bundledSets } from '../../../../main/app/library/bundled-sets.ts'
import { libraryFolder } from '../../../../main/app/library/library-folder.ts'
import { libraryHandlers } from '../../../../main/app/library/library.ts'
import { makeSet } from '../../../../main/app/library/make-set.ts'
import { readSet } from '../../../../main/app/library/read-set.ts'
import { createConfigEditor } from '../../../../main/app/config-editor.ts'
import { memoryConfigFile } from '../../../../main/app/config-file.ts'
import { createConfigStore } from '../../../../main/app/config-store.ts'
import { createTrash } from '../../../../main/app/trash.ts'
import { emptyConfig, parseConfig } from '../../../../shared/model/config.ts'
import type { Answers, HopAnswer } from '../../../../shared/library/rule-set.ts'
import { startTestApplication } from '../../../support/application.ts'
import { makeConfig, makeHop, makeRule } from '../../../support/config.ts'
import { managed } from '../../../support/managed.ts'
import { makeTempDir } from '../../../support/temp-dir.ts'

const newHop = (name = 'Office', host = '10.0.0.5'): HopAnswer => ({
  kind: 'new',
  hop: { name, host, port: 1080, version: '5' },
})
const bundled = (id: string) => {
  const set = bundledSets().find((other) => other.id === id)
  if (!set) throw new Error(`there is no set ${id}`)
  return set
}

/** An answer to every question that has to be answered. */
const enough: Record<string, Answers> = {
  'next-hop-proxy': { hops: [newHop()] },
  'browser-port': { hops: [newHop()] },
  'web-by-sni': { hops: [newHop()] },
  'redundant-office': { hops: [newHop(), newHop('Backup', '10.0.0.6')], target: 'db:5432', port: 9000 },
  'database-bastion': { bastion: [newHop()], database: 'db.internal:5432' },
  'ssh-tunnel': { target: 'db:5432', port: 9001 },
  tor: { target: 'example.onion:80', port: 9002 },
}

describe('the library', () => {
  it('has sets with ids of their own, in English and German', () => {
    const sets = bundledSets()
    expect(new Set(sets.map(({ id }) => id)).size).toBe(sets.length)
    for (const { summary } of sets)
      expect(summary).toMatchObject({ en: expect.any(String) as string, de: expect.any(String) as string })
  })

  it.each(bundledSets().map(({ id }) => id))('%s makes a valid config of the fewest answers, twice', (id) => {
    const first = applySet(emptyConfig, bundled(id), enough[id] ?? {})
    expect(parseConfig(first.config)).toMatchObject({ ok: true })
    expect(first.preview.removed).toEqual([])
    expect(first.preview.notes).toEqual([])
    const second = applySet(first.config, bundled(id), enough[id] ?? {})
    expect(second.config.rules).toHaveLength(2)
    // Both listen in one place.
    expect(second.config.rules[1]?.enabled).toBe(false)
    expect(parseConfig(second.config)).toMatchObject({ ok: true })
  })

  it.each(bundledSets().map(({ id }) => id))('%s asks for what is missing', (id) => {
    expect(() => applySet(emptyConfig, bundled(id), {})).toThrow(/is missing|name (a|at least)/)
  })

  it('has the gateway’s own: port 9102, and a list in round robin', () => {
    const { config } = applySet(emptyConfig, bundled('next-hop-proxy'), {
      hops: [newHop(), newHop('Backup', '10.0.0.6')],
      target: 'db.internal:5432',
    })
    const [list] = config.lists
    expect(list).toMatchObject({
      name: 'SOCKS Next-Hop',
      mode: 'round-robin',
      hopIds: config.hops.map(({ id }) => id),
    })
    expect(config.rules).toMatchObject([
      {
        name: 'Next-Hop Proxy',
        enabled: true,
        listen: { kind: 'tcp', host: '127.0.0.1', port: 9102 },
        destination: { kind: 'fixed', host: 'db.internal', port: 5432 },
        route: { kind: 'list', listId: list?.id },
      },
    ])
  })

  it('has ports whose destination the traffic tells', () => {
    const kindOf = (id: string) =>
      applySet(emptyConfig, bundled(id), { hops: [newHop()], target: '' }).config.rules[0]?.destination.kind
    expect(kindOf('next-hop-proxy')).toBe('proxy')
    expect(kindOf('browser-port')).toBe('proxy')
    expect(kindOf('web-by-sni')).toBe('sniff')
  })

  it('keeps the circuits of Tor’s rules apart', () => {
    const first = applySet(emptyConfig, bundled('tor'), enough['tor'] ?? {})
    const { hops } = applySet(first.config, bundled('tor'), { target: 'other:80', port: 9003 }).config
    expect(new Set(hops.map(({ user }) => user)).size).toBe(2)
    expect(hops[0]).toMatchObject({ port: 9050, version: '5', resolveAt: 'hop' })
  })

  it('takes next hops that are there, with their passwords', () => {
    const present = makeConfig({ hops: [makeHop({ port: 1, user: 'ann', password: 'secret' })] })
    const { config, preview } = applySet(present, bundled('database-bastion'), {
      bastion: [{ kind: 'existing', id: 'hop' }],
      database: 'db:5432',
    })
    expect(config.hops).toEqual(present.hops)
    expect(preview).toMatchObject({ added: ['db'], changed: [] })
  })

  it('tells mistakes at the answers that hold them', () => {
    const wrong: Answers = {
      hops: [
        { kind: 'new', hop: { name: '', host: 'a b', port: 0, version: '5' } },
        { kind: 'existing', id: 'no' },
      ],
      port: 'x',
      target: 'nowhere',
    }
    expect(() => applySet(emptyConfig, bundled('next-hop-proxy'), wrong)).toThrow(
      expect.objectContaining({
        issues: expect.arrayContaining(
          [
            ['answers', 'hops', 0, 'name'],
            ['answers', 'hops', 0, 'host'],
            ['answers', 'hops', 0, 'port'],
            ['answers', 'hops', 1],
            ['answers', 'port'],
            ['answers', 'target'],
          ].map((path) => expect.objectContaining({ path }) as unknown),
        ) as unknown,
      }),
    )
  })
})

describe('a set of the user’s own', () => {
  const present = makeConfig({
    hops: [
      makeHop({ port: 1, name: 'Costs $5', user: 'ann', password: 'topsecret' }),
      makeHop({ id: 'other', name: 'Other', port: 2 }),
    ],
    rules: [makeRule({ name: 'Web ${port}', listen: 9102, to: 80 })],
  })

  it('is made of rules with what they go through, asks for passwords, and gives the same again', () => {
    const set = makeSet(present, 'My Office', ['rule'])
    const text = JSON.stringify(set)
    expect(text).not.toContain('topsecret')
    expect(set.id).toBe('my-office')
    expect(set.hops).toHaveLength(1)
    const { config } = applySet(emptyConfig, readSet(text), { password1: 'another' })
    const withoutIds = (parts: readonly { id: string }[]) => parts.map(({ id: _, ...rest }) => rest)
    expect(withoutIds(config.hops)).toEqual(
      [{ ...present.hops[0], id: undefined, password: 'another' }].map(({ id: _, ...rest }) => rest),
    )
    expect(config.rules).toMatchObject([
      { name: 'Web ${port}', listen: { port: 9102 }, route: { kind: 'hop', hopId: config.hops[0]?.id } },
    ])
  })

  it('is kept in a folder beside the config, and one that is damaged is left out and told', async () => {
    const dir = await managed(makeTempDir())
    await mkdir(dir.file('library'))
    await writeFile(dir.file('library/broken.json'), '{"nexthopSet": 1}')
    const store = createConfigStore({ file: memoryConfigFile(JSON.stringify(present)), onBroken: 'refuse' })
    store.load()
    const warnings: string[] = []
    const handlers = libraryHandlers(
      createConfigEditor(store, () => Promise.resolve()),
      createTrash(),
      libraryFolder(dir.file('config.json')),
      { warn: (message) => warnings.push(message) },
    )
    const made = await handlers['library.make']({ name: 'My Office', ruleIds: ['rule'] })
    expect(made.filename).toBe('my-office.json')
    await handlers['library.save']({ text: made.text })
    const own = (await handlers['library.list']({})).filter(({ isOwn }) => isOwn)
    expect(own.map(({ set }) => set.name)).toEqual(['My Office'])
    expect(warnings[0]).toContain('The rule set broken.json was left out')
    await handlers['library.remove']({ id: 'my-office' })
    expect(await readdir(dir.file('library'))).toEqual(['broken.json'])
  })

  it.each([
    ['not JSON', 'This is not a rule set: it is not JSON'],
    ['{"nexthopSet":2}', 'This is not a rule set'],
    [JSON.stringify({ ...bundledSets()[0], questions: [] }), 'asks no question with this id'],
  ])('%s is refused with words', (text, message) => {
    expect(() => readSet(text)).toThrow(message)
  })
})

describe('adding a rule set', () => {
  it('is previewed, done and undone through the contract', async () => {
    const test = await startTestApplication()
    try {
      const input = { setId: 'next-hop-proxy', answers: { hops: [newHop()], target: 'db:5432' } }
      expect(await test.client.request('library.preview', input)).toMatchObject({
        ok: true,
        value: { added: ['Office', 'SOCKS Next-Hop', 'Next-Hop Proxy'] },
      })
      expect(test.app.config.rules).toEqual([])
      const applied = await test.client.request('library.apply', input)
      if (!applied.ok) throw new Error(applied.message)
      expect(test.app.config.rules).toHaveLength(1)
      await test.client.request('trash.restore', applied.value)
      expect(test.app.config).toEqual(emptyConfig)
      const missing = await test.client.request('library.apply', { setId: 'next-hop-proxy', answers: {} })
      expect(missing).toMatchObject({
        ok: false,
        issues: [{ path: ['answers', 'hops'] }],
      })
    } finally {
      await test.close()
    }
  })
})
