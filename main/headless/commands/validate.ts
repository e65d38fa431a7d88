import type { Command } from '../command.ts'
import {
  andMore,
  findMistakes,
  findNotes,
  formatMistake,
  mostTold,
  type Mistake,
} from '../config-mistakes.ts'
import { readInput } from '../read-input.ts'

export const validate: Command = {
  name: 'validate',
  summary: 'Checks a config file and tells every mistake with its place.',
  operands: [{ name: 'FILE', summary: 'the config file, JSON; - for stdin' }],
  options: {},
  notes: [
    'Each mistake is a line FILE:LINE:COLUMN: FIELD: what is wrong. A name that an object has twice is one, too. "note:" is ' +
      'before what is no mistake, but worth a look. Nothing is changed or started.',
  ],
  examples: [{ line: 'nexthop validate nexthop.json', says: 'before a restart of the service' }],
  run: async ({ operands: [path = ''] }, { console }) => {
    const text = readInput(path)
    const name = path === '-' ? 'stdin' : path
    const tell = (event: 'mistake' | 'note', { place, issue }: Mistake) => {
      const line = formatMistake(name, { place, issue }, event === 'note' ? 'note: ' : '')
      console.result(line, {
        ...{ event, file: path, ...place },
        ...{ path: issue.path, message: issue.message },
      })
    }
    const mistakes = findMistakes(text)
    for (const mistake of mistakes.slice(0, mostTold)) tell('mistake', mistake)
    const more = mistakes.length - mostTold
    if (more > 0) console.result(andMore(more), { event: 'more', file: path, count: more })
    if (mistakes.length === 0) {
      for (const note of findNotes(text, path)) tell('note', note)
      console.result(`${name} is valid`, { event: 'valid', file: path })
      return 0
    }
    console.error(`${name} has ${mistakes.length} ${mistakes.length === 1 ? 'mistake' : 'mistakes'}`)
    return 1
  },
}
