import type { Command, OptionDefinition } from './command.ts'
import { defaultConfigPath } from './config-path.ts'
import { usageLine } from './help.ts'
import { optionsOf } from './parse-arguments.ts'

/** The manual page nexthop(1) in the man macros, see groff_man(7). */
export function manPage(commands: readonly Command[], version: string): string {
  return [
    `.TH NEXTHOP 1 "" "Nexthop ${version}" "User Commands"`,
    '.SH NAME',
    'nexthop \\- forward local TCP ports through SOCKS proxies',
    '.SH SYNOPSIS',
    ...commands.flatMap((command, index) => [...(index > 0 ? ['.br'] : []), synopsis(command)]),
    '.SH DESCRIPTION',
    'Nexthop SOCKSifies TCP: it listens on local ports and forwards what arrives through SOCKS next hops,',
    'for programs that know nothing of SOCKS.',
    '.SH COMMANDS',
    ...commands.flatMap(describeCommand),
    '.SH EXIT STATUS',
    ...paragraphs([
      ['0', 'fine'],
      ['1', 'failed'],
      ['2', 'wrong usage'],
    ]),
    '.SH ENVIRONMENT',
    ...paragraphs([
      ['NEXTHOP_PASSWORD', 'the password of the next hops whose URL names a user and no password'],
      ['XDG_CONFIG_HOME', 'the folder of config files, ~/.config where it is not set'],
    ]),
    '.SH FILES',
    ...paragraphs([
      [defaultConfigPath({}, 'linux', '~'), 'the config of one user'],
      ['/var/lib/nexthop/config.json', 'the config of the system’s service, nexthop.service'],
    ]),
    '.SH SEE ALSO',
    '.BR ssh (1),',
    '.BR systemctl (1)',
    '',
  ].join('\n')
}

function synopsis(command: Command): string {
  const [program = '', name = '', ...rest] = usageLine(command).split(' ')
  return `\\fB${escape(`${program} ${name}`)}\\fR ${escape(rest.join(' '))}`
}

function describeCommand(command: Command): string[] {
  const options = Object.entries(optionsOf(command))
  return [
    `.SS ${quoted(`nexthop ${command.name}`)}`,
    text(command.summary),
    ...command.operands.flatMap(({ name, summary }) => ['.TP', `\\fI${escape(name)}\\fR`, text(summary)]),
    ...options.flatMap(([name, option]) => ['.TP', label(name, option), text(option.summary)]),
    ...command.notes.flatMap((note) => ['.PP', text(note)]),
    ...command.examples.flatMap(({ line, says }) => [
      '.PP',
      text(`Example: ${says}`),
      '.PP',
      '.RS',
      '.nf',
      text(line),
      '.fi',
      '.RE',
    ]),
  ]
}

function label(name: string, option: OptionDefinition): string {
  const short = option.short ? `\\fB${escape(`-${option.short}`)}\\fR, ` : ''
  const value = option.type === 'string' ? ` \\fI${escape(option.value)}\\fR` : ''
  return `${short}\\fB${escape(`--${name}`)}\\fR${value}`
}

function paragraphs(rows: readonly (readonly [string, string])[]): string[] {
  return rows.flatMap(([name, says]) => ['.TP', `\\fB${escape(name)}\\fR`, text(says)])
}

/** A line of text; one that begins like a request gets something before it. */
function text(line: string): string {
  return escape(line).replace(/^(?=[.'])/, '\\&')
}

function quoted(line: string): string {
  return `"${escape(line).replaceAll('"', '""')}"`
}

function escape(line: string): string {
  return line.replaceAll('\\', '\\e').replaceAll('-', '\\-')
}
