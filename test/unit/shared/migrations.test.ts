import { describe, expect, it } from 'vitest'
import { migrate } from '../../../shared/model/migrations.ts'

const steps = [
  ({ name, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, version: 2, title: name }),
  ({ title, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, version: 3, titles: [title] }),
]

describe('steps from version to version', () => {
  it.each([
    [{ version: 1, name: 'x' }, { version: 3, titles: ['x'] }, 1],
    [{ version: 2, title: 'x' }, { version: 3, titles: ['x'] }, 2],
    [{ version: 3, titles: ['x'] }, { version: 3, titles: ['x'] }, undefined],
  ])('%j', (document, expected, from) => {
    const before = structuredClone(document)
    expect(migrate(document, steps)).toEqual({ ok: true, document: expected, from })
    expect(document).toEqual(before)
  })

  it('refuse a version that is newer than the last of them', () => {
    expect(migrate({ version: 4 }, steps)).toMatchObject({
      ok: false,
      issues: [{ path: ['version'], message: expect.stringContaining('knows up to 3') as string }],
    })
  })
})
