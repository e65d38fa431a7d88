import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { formatIssue, formatPath, toIssues } from '../../../shared/model/issues.ts'

describe('paths', () => {
  it.each([
    [[], ''],
    [['rules'], 'rules'],
    [['rules', 2, 'listen', 'port'], 'rules[2].listen.port'],
    [[0, 'a'], '[0].a'],
  ])('%j is %s', (path, text) => {
    expect(formatPath(path)).toBe(text)
  })

  it('stand before the message, where there is one', () => {
    expect(formatIssue({ path: [], message: 'It is wrong' })).toBe('It is wrong')
    expect(formatIssue({ path: ['hops', 0], message: 'It is wrong' })).toBe('hops[0]: It is wrong')
  })
})

describe('toIssues', () => {
  const schema = v.strictObject({
    list: v.array(v.strictObject({ port: v.number('Port must be a number') })),
  })
  const issues = (value: unknown) => {
    const result = v.safeParse(schema, value)
    return toIssues(result.issues ?? []).map(formatIssue)
  }

  it.each([
    [{ list: [{ port: 'x' }] }, ['list[0].port: Port must be a number']],
    [{ list: [{}] }, ['list[0].port: "port" is missing']],
    [
      { list: [{ port: 1, prot: 2 }] },
      ['list[0].prot: "prot" is not a field here: check its spelling, or remove it'],
    ],
    [{ list: [7] }, ['list[0]: must be an object, not 7']],
    [{ list: [null] }, ['list[0]: must be an object, not null']],
    [{}, ['list: "list" is missing']],
    ['x', ['must be an object, not "x"']],
    [
      { list: [{ port: 'x' }, {}] },
      ['list[0].port: Port must be a number', 'list[1].port: "port" is missing'],
    ],
  ])('%j', (value, expected) => {
    expect(issues(value)).toEqual(expected)
  })
})
