import type { Command } from '../command.ts'
import { manPage } from '../man-page.ts'

export const man: Command = {
  name: 'man',
  summary: 'Prints the manual page, for the program man.',
  operands: [],
  options: {},
  notes: ['Packages of Nexthop bring it along, for "man nexthop".'],
  examples: [{ line: 'nexthop man | man -l -', says: 'reads it where it is not installed' }],
  run: (_given, { console, commands, version }) => {
    const page = manPage(commands, version)
    console.result(page.trimEnd(), { page })
    return Promise.resolve(0)
  },
}
