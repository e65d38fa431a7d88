import type { Command, OptionDefinition } from '../command.ts'
import { optionsOf } from '../parse-arguments.ts'
import { quote, valuesOf } from './values.ts'

/** The completion script for fish. */
export function fishCompletion(commands: readonly Command[]): string {
  const names = commands.map(({ name }) => name)
  const first = `not __fish_seen_subcommand_from ${names.join(' ')} help`
  return [
    '# fish completion of nexthop, made from its own definitions',
    'complete -c nexthop -f',
    ...commands.map(({ name, summary }) => line(first, `-a ${name}`, summary)),
    line(first, '-a help', 'Shows the help of a command.'),
    line(first, '-s h -l help', 'show the help'),
    line(first, '-l version', 'show the version'),
    line('__fish_seen_subcommand_from help', `-a ${quote(names.join(' '))}`),
    ...commands.flatMap(commandLines),
    '',
  ].join('\n')
}

function commandLines(command: Command): string[] {
  const inIt = `__fish_seen_subcommand_from ${command.name}`
  const options = Object.entries(optionsOf(command)).map(([name, option]) =>
    line(inIt, `${option.short ? `-s ${option.short} ` : ''}-l ${name}${valueOf(option)}`, option.summary),
  )
  const [operand] = command.operands
  return [...options, ...(operand ? operandLines(inIt, operand.name, operand.summary) : [])]
}

function valueOf(option: OptionDefinition): string {
  if (option.type === 'boolean') return ''
  const values = valuesOf(option.value)
  if (values.kind === 'choice') return ` -x -a ${quote(values.words.join(' '))}`
  if (values.kind === 'file') return ' -r -F'
  return values.kind === 'folder' ? " -x -a '(__fish_complete_directories)'" : ' -x'
}

function operandLines(inIt: string, name: string, summary: string): string[] {
  const values = valuesOf(name)
  if (values.kind === 'choice') {
    const words = values.words.join(' ')
    return [line(`${inIt}; and not __fish_seen_subcommand_from ${words}`, `-a ${quote(words)}`, summary)]
  }
  return values.kind === 'file' ? [line(inIt, '-F')] : []
}

function line(condition: string, what: string, summary?: string): string {
  const description = summary === undefined ? '' : ` -d ${quote(summary.replaceAll('\\', '\\\\'))}`
  return `complete -c nexthop -n ${quote(condition)} ${what}${description}`
}
