import { parseArgs } from 'node:util'
import { UsageError, type Command, type Given, type OptionDefinition } from './command.ts'
import { nearMiss } from './near-miss.ts'

/** Options that every command has. */
export const commonOptions = {
  json: { type: 'boolean', summary: 'print JSON lines, for programs' },
  help: { type: 'boolean', short: 'h', summary: 'show this help' },
} as const satisfies Record<string, OptionDefinition>

export function optionsOf(command: Command): Readonly<Record<string, OptionDefinition>> {
  return { ...command.options, ...commonOptions }
}

/**
 * Checks what was typed behind a command's name. Throws `UsageError`. Node's own strict mode repeats arguments in its
 * messages, which may be URLs with passwords; hence the tokens.
 */
export function parseArguments(command: Command, args: readonly string[]): Given {
  const options = optionsOf(command)
  const { tokens, values, positionals } = parseArgs({
    args: [...args],
    options: Object.fromEntries(Object.entries(options).map(([name, option]) => [name, toNode(option)])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const seen = new Set<string>()
  for (const token of tokens) if (token.kind === 'option') checkOption(token, options, seen)
  const given: Given = {
    operands: positionals,
    text: (option) => {
      const value = values[option]
      return typeof value === 'string' ? value : undefined
    },
    texts: (option) => [values[option] ?? []].flat().filter((value) => typeof value === 'string'),
    flag: (option) => values[option] === true,
  }
  if (!given.flag('help')) checkOperands(command, positionals.length)
  return given
}

function toNode(option: OptionDefinition) {
  return {
    type: option.type,
    ...(option.short && { short: option.short }),
    ...(option.type === 'string' && option.multiple && { multiple: true }),
  }
}

interface OptionToken {
  readonly name: string
  readonly rawName: string
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

function checkOption(
  { name, rawName, value, inlineValue }: OptionToken,
  options: Readonly<Record<string, OptionDefinition>>,
  seen: Set<string>,
): void {
  const option = Object.hasOwn(options, name) ? options[name] : undefined
  if (!option) throw new UsageError(`there is no option ${rawName}${suggestion(name, Object.keys(options))}`)
  if (option.type === 'boolean' && value !== undefined) throw new UsageError(`${rawName} takes no value`)
  if (option.type === 'string') {
    const isMissing =
      value === undefined || value === '' || (!inlineValue && /^-./.test(value) && !isNegative(option, value))
    if (isMissing) throw new UsageError(`${rawName} needs a value: ${rawName} ${option.value}`)
    if (seen.has(name) && !option.multiple) throw new UsageError(`${rawName} is given twice: keep one`)
  }
  seen.add(name)
}

const quantities: readonly string[] = ['N', 'MB', 'BYTES', 'TIME', 'PORT']

/** A number below zero is a value; that it is a wrong one is said by who knows the right ones. */
function isNegative(option: OptionDefinition, value: string): boolean {
  return option.type === 'string' && quantities.includes(option.value) && /^-[\d.]/.test(value)
}

function suggestion(name: string, known: readonly string[]): string {
  const near = nearMiss(name, known)
  return near === undefined ? '' : `; did you mean --${near}?`
}

function checkOperands({ operands }: Command, count: number): void {
  const missing = operands[count]
  if (missing && !missing.optional) throw new UsageError(`${missing.name} is missing: ${missing.summary}`)
  if (count > operands.length) {
    const takes =
      operands.length === 0 ? 'takes none' : `takes ${operands.map(({ name }) => name).join(' and ')}`
    throw new UsageError(`there are too many arguments: this command ${takes}, besides its options`)
  }
}
