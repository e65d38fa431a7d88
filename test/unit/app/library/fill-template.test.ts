import { describe, expect, it } from 'vitest'
import { fillTemplate, namesIn } from '../../../../main/app/library/fill-template.ts'

const values = {
  port: 9102,
  target: { host: 'db', port: 5432 },
  ids: { ids: ['a', 'b'] },
  new: (name: string) => `id-${name}`,
  trick: '$port ${port}',
}

describe('fillTemplate', () => {
  it.each([
    ['$port', 9102],
    ['$target.port', 5432],
    ['$ids.ids', ['a', 'b']],
    ['$new.rule', 'id-rule'],
    ['${target.host} at ${port}', 'db at 9102'],
    ['costs $5, ${missing}!', 'costs $5, !'],
    ['$$port', '$port'],
    ['$${port}', '${port}'],
    ['$trick', '$port ${port}'],
    ['<${trick}>', '<$port ${port}>'],
    ['$missing', undefined],
    ['$target.toString', undefined],
    ['$constructor', undefined],
    [
      { a: '$port', b: '$missing', c: ['$missing', true] },
      { a: 9102, c: [true] },
    ],
    [{ $if: 'target', then: '$port', else: 0 }, 9102],
    [{ $if: 'missing', then: '$port', else: { kind: 'x' } }, { kind: 'x' }],
    [{ a: { $if: 'missing', then: 1 } }, {}],
  ])('of %j is %j', (template, filled) => {
    expect(fillTemplate(template, values)).toEqual(filled)
  })
})

describe('namesIn', () => {
  it('finds every name that a template asks for', () => {
    const template = [
      { a: '$port' },
      'to ${target.host} $$no',
      { $if: 'one', then: '$two.x', else: ['$three'] },
    ]
    expect(namesIn(template)).toEqual(['port', 'target', 'one', 'two', 'three'])
  })
})
