import type { Command, OptionDefinition } from './command.ts'
import { optionsOf } from './parse-arguments.ts'

const width = 100

/** `nexthop forward LISTEN TARGET [options]` */
export function usageLine({ name: command, operands }: Command): string {
  return [
    'nexthop',
    command,
    ...operands.map(({ name, optional }) => (optional ? `[${name}]` : name)),
    '[options]',
  ].join(' ')
}

/** `--via URL`, `-h, --help` */
export function optionLabel(name: string, option: OptionDefinition): string {
  const short = option.short ? `-${option.short}, ` : ''
  return `${short}--${name}${option.type === 'string' ? ` ${option.value}` : ''}`
}

/** The help of one command. */
export function commandHelp(command: Command): string {
  const options = Object.entries(optionsOf(command)).map(([name, option]) => ({
    name: optionLabel(name, option),
    summary: option.summary,
  }))
  const examples = command.examples.flatMap(({ line, says }) => [`  # ${says}`, `  ${line}`])
  return [
    command.summary,
    '',
    `Usage: ${usageLine(command)}`,
    ...(command.operands.length > 0 ? ['', ...table(command.operands)] : []),
    '',
    'Options:',
    ...table(options),
    ...command.notes.flatMap((note) => ['', ...wrap(note, width)]),
    '',
    'Examples:',
    ...examples,
  ].join('\n')
}

/** The help of the program. */
export function programHelp(commands: readonly Command[]): string {
  return [
    'Nexthop SOCKSifies TCP: it listens on local ports and forwards what arrives through SOCKS proxies.',
    '',
    'Usage: nexthop COMMAND [options]',
    '',
    'Commands:',
    ...table(commands),
    '',
    'Options:',
    ...table([
      { name: '-h, --help', summary: 'show this help; behind a command, its own' },
      { name: '-v, --version', summary: 'show the version' },
    ]),
    '',
    'Exit codes: 0 fine, 1 failed, 2 wrong usage. Results go to stdout, errors and the log to stderr.',
    'More of a command: nexthop COMMAND --help',
  ].join('\n')
}

/** Names that are longer stand on a line of their own, so that the column beside the others stays wide. */
const longestName = 30

function table(rows: readonly { readonly name: string; readonly summary: string }[]): string[] {
  const lengths = rows.map(({ name }) => name.length).filter((length) => length <= longestName)
  const column = Math.max(...lengths) + 4
  return rows.flatMap(({ name, summary }) => {
    const lines = wrap(summary, width - column).map((line) => ' '.repeat(column) + line)
    const [first = '', ...rest] = lines
    if (name.length > longestName) return [`  ${name}`, ...lines]
    return [`  ${name.padEnd(column - 2)}${first.trimStart()}`, ...rest]
  })
}

/** Breaks a paragraph into lines. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line]
}
