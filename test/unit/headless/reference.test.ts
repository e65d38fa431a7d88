import { format, resolveConfig } from 'prettier'
import { describe, expect, it } from 'vitest'
import { commands } from '../../../main/headless/commands.ts'
import { commandHelp, programHelp } from '../../../main/headless/help.ts'

const file = new URL('../../../docs/cli.md', import.meta.url).pathname

function reference(): string {
  const parts = commands.flatMap((command) => [
    `## nexthop ${command.name}`,
    '',
    '```text',
    commandHelp(command),
    '```',
    '',
  ])
  return [
    '# The command line',
    '',
    'Made from the definitions in `main/headless/commands/`; a test keeps it current (`vitest --update` renews it).',
    '',
    '```text',
    programHelp(commands),
    '```',
    '',
    ...parts,
  ].join('\n')
}

describe('the command line', () => {
  it('is described in docs/cli.md', async () => {
    const options = await resolveConfig(file)
    const text = await format(reference(), { ...options, filepath: file })
    await expect(text).toMatchFileSnapshot('../../../docs/cli.md')
  })

  it.each(commands)('$name has an example that begins with its name', ({ name, examples }) => {
    expect(examples.length).toBeGreaterThan(0)
    for (const { line } of examples) expect(line).toMatch(new RegExp(`(^|\\s)nexthop ${name}\\b`))
  })

  it('fits on a terminal of 100 columns', () => {
    const lines = commands.flatMap((command) => commandHelp(command).split('\n'))
    const examples = commands.flatMap((command) => command.examples.map(({ line }) => `  ${line}`))
    expect(lines.filter((line) => line.length > 100 && !examples.includes(line))).toEqual([])
  })
})
