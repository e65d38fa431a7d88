import type { Command, OptionDefinition } from '../command.ts'
import { optionsOf } from '../parse-arguments.ts'
import { quote, spellings, valuesOf } from './values.ts'

/** The completion script for zsh: a file _nexthop on its fpath, or sourced after compinit. */
export function zshCompletion(commands: readonly Command[]): string {
  return `#compdef nexthop
# made from the definitions of nexthop itself
_nexthop() {
  local -a commands=(
${commands.map(({ name, summary }) => `    ${quote(`${name}:${summary}`)}`).join('\n')}
    'help:Shows the help of a command.'
  )
  if (( CURRENT == 2 )); then
    if [[ $words[2] == -* ]]; then
      compadd -- --help --version
    else
      _describe command commands
    fi
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${commands.map(commandCase).join('\n')}
    help)
      _describe command commands ;;
  esac
}
if [[ $funcstack[1] == _nexthop ]]; then
  _nexthop "$@"
else
  compdef _nexthop nexthop
fi
`
}

function commandCase(command: Command): string {
  const options = Object.entries(optionsOf(command)).flatMap(([name, option]) => optionSpecs(name, option))
  const operands = command.operands.map(({ name, summary }, index) =>
    quote(`${index + 1}:${plain(summary)}:${operandAction(name)}`),
  )
  const specs = [...options, ...operands].map((spec) => `        ${spec}`)
  return `    ${command.name})
      _arguments \\
${specs.join(' \\\n')} ;;`
}

function optionSpecs(name: string, option: OptionDefinition): string[] {
  const isRepeated = option.type === 'string' && option.multiple
  const value = option.type === 'string' ? `:${plain(option.value)}:${action(option.value)}` : ''
  return spellings(name, option).map((spelling) =>
    quote(`${isRepeated ? '*' : ''}${spelling}[${plain(option.summary)}]${value}`),
  )
}

/** Where anything may stand, zsh would take the beginning of an option for it. */
function operandAction(name: string): string {
  return valuesOf(name).kind === 'text' ? '_guard "^-*" " "' : action(name)
}

function action(value: string): string {
  const values = valuesOf(value)
  if (values.kind === 'choice') return `(${values.words.join(' ')})`
  if (values.kind === 'file') return '_files'
  return values.kind === 'folder' ? '_files -/' : ' '
}

/** Without what _arguments reads as its own. */
function plain(text: string): string {
  return text.replace(/[[\]:\\]/g, '\\$&')
}
