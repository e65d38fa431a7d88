import type { Console } from './console.ts'
import type { ProgramFiles } from './program-files.ts'

// What a command is. Definitions are data: parsing, help, and the reference in docs/ are all made from them.

export type OptionDefinition = {
  readonly summary: string
  readonly short?: string
} & (
  | { readonly type: 'boolean' }
  /** `value` names what stands behind the option, in capitals: `--via URL`. */
  | { readonly type: 'string'; readonly value: string; readonly multiple?: true }
)

export interface Command {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** What stands behind the name and is not an option, in order; all are needed but those that are optional. */
  readonly operands: readonly Operand[]
  readonly options: Readonly<Record<string, OptionDefinition>>
  /** What else there is to know, a paragraph each. */
  readonly notes: readonly string[]
  readonly examples: readonly { readonly line: string; readonly says: string }[]
  run(given: Given, context: CommandContext): Promise<ExitCode>
}

export interface Operand {
  readonly name: string
  readonly optional?: true
  readonly summary: string
}

/** 0: fine; 1: failed; 2: wrong usage. */
export type ExitCode = 0 | 1 | 2

/** What was typed, checked against the definition. */
export interface Given {
  /** As many as the command has operands, less optional ones at the end that were left out. */
  readonly operands: readonly string[]
  /** The value of an option, undefined where it was not given. */
  text(option: string): string | undefined
  /** All values of an option that may be repeated. */
  texts(option: string): readonly string[]
  flag(option: string): boolean
}

export interface CommandContext {
  readonly console: Console
  /** The environment at the start; the process itself has no password in its own any more. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly version: string
  /** All of the program, for those that tell of the others. */
  readonly commands: readonly Command[]
  readonly files: ProgramFiles
}

/** A mistake in what was typed; `message` says which, without repeating what may be a password. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}
