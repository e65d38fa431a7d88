import { readFileSync } from 'node:fs'
import { conflict } from '../../../shared/errors.ts'
import { formatIssue, type Issue } from '../../../shared/model/issues.ts'
import { readDocument } from '../../app/config-document.ts'
import { describeSystemError } from '../../app/system-error.ts'
import type { Command } from '../command.ts'
import { locateJson, type Place } from '../json-places.ts'

export const validate: Command = {
  name: 'validate',
  summary: 'Checks a config file and tells every mistake with its place.',
  operands: [{ name: 'FILE', summary: 'the config file, JSON' }],
  options: {},
  notes: ['Each mistake is a line FILE:LINE:COLUMN: FIELD: what is wrong. Nothing is changed or started.'],
  examples: [{ line: 'nexthop validate nexthop.json', says: 'before a restart of the service' }],
  run: async ({ operands: [path = ''] }, { console }) => {
    const text = readText(path)
    const mistakes = findMistakes(text)
    for (const { place, issue } of mistakes) {
      console.result(`${path}:${place.line}:${place.column}: ${formatIssue(issue)}`, {
        event: 'mistake',
        file: path,
        ...place,
        path: issue.path,
        message: issue.message,
      })
    }
    if (mistakes.length === 0) {
      console.result(`${path} is valid`, { event: 'valid', file: path })
      return 0
    }
    console.error(`${path} has ${mistakes.length} ${mistakes.length === 1 ? 'mistake' : 'mistakes'}`)
    return 1
  },
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw conflict(`${path} can not be read: ${describeSystemError(error)}`)
  }
}

interface Mistake {
  readonly place: Place
  readonly issue: Issue
}

/** All mistakes of a config's text, in the order of their places. */
export function findMistakes(text: string): Mistake[] {
  const places = locateJson(text)
  if (!places.ok) {
    return [{ place: places.place, issue: { path: [], message: `not JSON: ${places.message}` } }]
  }
  const result = readDocument(text)
  if (result.kind === 'valid') return []
  return result.issues
    .map((issue) => ({ place: places.placeOf(issue.path), issue }))
    .sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column)
}
