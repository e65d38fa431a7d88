import type { Command } from '../command.ts'
import { optionsOf } from '../parse-arguments.ts'
import { quote, spellings, valuesOf, type Values } from './values.ts'

/** The completion script for bash 4 and newer; it needs no other package. */
export function bashCompletion(commands: readonly Command[]): string {
  const names = commands.map(({ name }) => name)
  return `# bash completion of nexthop, made from its own definitions
_nexthop() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command=\${COMP_WORDS[1]}
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    ${words([...names, 'help', '--help', '--version'])}
    return
  fi
  case "$command $previous" in
${commands.flatMap(valueCases).join('\n')}
  esac
  case "$command" in
    help)
      (( COMP_CWORD > 2 )) || ${words(names)} ;;
${commands.map(commandCase).join('\n')}
  esac
}
complete -F _nexthop nexthop
`
}

/** What stands behind each option that takes a value. */
function valueCases(command: Command): string[] {
  return Object.entries(optionsOf(command)).flatMap(([name, option]) => {
    if (option.type !== 'string') return []
    const patterns = spellings(name, option).map((spelling) => quote(`${command.name} ${spelling}`))
    return [`    ${patterns.join(' | ')}) ${offer(valuesOf(option.value))} return ;;`]
  })
}

function commandCase(command: Command): string {
  const options = Object.entries(optionsOf(command)).flatMap(([name, option]) => spellings(name, option))
  const [operand] = command.operands
  const others = operand ? offerOperand(valuesOf(operand.name)) : ''
  return `    ${command.name})
      if [[ $current == -* ]]; then
        ${words(options)}
      else
        ${others || ':'}
      fi ;;`
}

/** A choice is the first operand, which options may come before; what follows on it is another. */
function offerOperand(values: Values): string {
  if (values.kind !== 'choice') return offer(values)
  const isMade = `" \${COMP_WORDS[*]:2:COMP_CWORD-2} " =~ ' '(${values.words.join('|')})' '`
  return `[[ ${isMade} ]] || ${offer(values)}`
}

function offer(values: Values): string {
  switch (values.kind) {
    case 'choice':
      return `${words(values.words)};`
    case 'file':
      return 'compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$current");'
    case 'folder':
      return 'compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$current");'
    case 'text':
      return ''
  }
}

function words(all: readonly string[]): string {
  return `mapfile -t COMPREPLY < <(compgen -W ${quote(all.join(' '))} -- "$current")`
}
