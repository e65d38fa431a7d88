// Command lines as people keep them: in notes, scripts and unit files.

/** The programs that can be imported, by the names they are called with. */
const programs = { ssh: 'ssh', autossh: 'ssh', gost: 'gost' } as const
export type ImportedProgram = (typeof programs)[keyof typeof programs]

export interface CommandLine {
  /** Undefined for a line that calls something else. */
  readonly program?: ImportedProgram
  readonly args: readonly string[]
  /** Counted from 1. */
  readonly line: number
}

/** Every command in a text: comments and empty lines left out, continued lines joined, quotes taken off. */
export function readCommandLines(text: string): CommandLine[] {
  const commands: CommandLine[] = []
  let pending = ''
  let start = 1
  text.split(/\r?\n/).forEach((row, index) => {
    if (pending === '') start = index + 1
    if (/\\$/.test(row)) {
      pending += `${row.slice(0, -1)} `
      return
    }
    const whole = (pending + row).trim()
    pending = ''
    if (whole === '' || whole.startsWith('#')) return
    for (const words of splitCommands(whole)) commands.push({ ...toCommand(words), line: start })
  })
  for (const words of splitCommands(pending)) commands.push({ ...toCommand(words), line: start })
  return commands
}

/** A prompt, "sudo", "exec", "ExecStart=" and the program's folder say nothing about what it does. */
function toCommand(words: readonly string[]): Omit<CommandLine, 'line'> {
  const index = words.findIndex((word) => programOf(word) !== undefined)
  const before = words.slice(0, Math.max(index, 0))
  const isPlain = before.every((word) => /^(\$|#|sudo|exec|nohup|env|command|-\S+|\w+=\S*)$/.test(word))
  const program = index < 0 ? undefined : programOf(words[index] ?? '')
  const args = words.slice(index + 1)
  if (!program || !isPlain || !args.some(isOptionOrLogin)) return { args: words }
  return { program, args: /autossh(\.exe)?$/.test(words[index] ?? '') ? withoutMonitor(args) : args }
}

/** -L, me@host or ssh://host: in prose and in lists, what follows a program's name is neither. */
function isOptionOrLogin(arg: string): boolean {
  return /^--?\w|^\S+@\S|^ssh:/.test(arg)
}

/** autossh's own option: -M PORT. */
function withoutMonitor(args: readonly string[]): readonly string[] {
  const index = args.findIndex((arg) => arg.startsWith('-M'))
  return index < 0 ? args : args.toSpliced(index, args[index] === '-M' ? 2 : 1)
}

function programOf(word: string): ImportedProgram | undefined {
  const name = word
    .replace(/^ExecStart=[-@:+!]*/, '')
    .split(/[\\/]/)
    .at(-1)
    ?.replace(/\.exe$/i, '')
  return name !== undefined && Object.hasOwn(programs, name)
    ? programs[name as keyof typeof programs]
    : undefined
}

/** The words of each command in a line: ";", "&" and "&&" begin another one. */
export function splitCommands(line: string): string[][] {
  const { words, rest } = splitWords(line)
  return [...(words.length > 0 ? [words] : []), ...(rest === '' ? [] : splitCommands(rest))]
}

/** Splits as a POSIX shell does, without its expansions, up to the next command. What is redirected is left out. */
function splitWords(line: string): { readonly words: string[]; readonly rest: string } {
  const words: string[] = []
  let word: string | undefined
  for (const [, single, double, escaped, space, end, plain] of line.matchAll(
    /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|(\s+)|([;&|<>].*)|(.)/g,
  )) {
    if (end !== undefined) {
      // "&" inside a word belongs to a URL's query that was pasted without quotes.
      if (word === undefined || !/^&[^&]/.test(end)) {
        if (word !== undefined) words.push(word)
        return { words, rest: afterCommand(end) }
      }
      const all = [...words, ...`${word}${end}`.replace(/\s*&+\s*$/, '').split(/\s+/)]
      return { words: all, rest: '' }
    }
    if (space !== undefined) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else {
      word = (word ?? '') + (single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? plain ?? '')
    }
  }
  if (word !== undefined) words.push(word)
  return { words, rest: '' }
}

/** What follows the end of a command, its pipes and redirections (`2>&1` is one). */
function afterCommand(end: string): string {
  const [, rest = ''] = /(?:;|&&|\|\||(?<![<>&])&(?![&>]))[;&|\s]*(.*)/.exec(end) ?? []
  return rest
}
