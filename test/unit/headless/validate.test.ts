import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findMistakes } from '../../../main/headless/config-mistakes.ts'

describe('findMistakes', () => {
  it('finds none in the example of docs/config.md', () => {
    const text = readFileSync(new URL('../../../docs/config.md', import.meta.url), 'utf8')
    const examples = [...text.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => json)
    expect(examples.length).toBeGreaterThan(0)
    for (const example of examples) expect(findMistakes(example)).toEqual([])
  })

  it('tells all mistakes in the order of their places', () => {
    const text = JSON.stringify(
      {
        version: 1,
        rules: [
          {
            id: 'a',
            name: '',
            listen: { kind: 'tcp', port: 70_000 },
            destination: { kind: 'fixed', host: 'x', port: 1 },
            route: { kind: 'hop', hopId: 'nowhere' },
          },
        ],
        settings: { drainMs: -1, colour: 'red' },
      },
      undefined,
      2,
    )
    expect(findMistakes(text).map(({ place, issue }) => [place.line, issue.path.join('.')])).toEqual([
      [6, 'rules.0.name'],
      [9, 'rules.0.listen.port'],
      [18, 'rules.0.route.hopId'],
      [23, 'settings.drainMs'],
      [24, 'settings.colour'],
    ])
  })
})
