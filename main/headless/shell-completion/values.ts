import type { OptionDefinition } from '../command.ts'

/** What can stand where a value is wanted, as far as its name tells. */
export type Values =
  | { readonly kind: 'choice'; readonly words: readonly string[] }
  | { readonly kind: 'file' }
  | { readonly kind: 'folder' }
  /** Anything: a shell has nothing to offer. */
  | { readonly kind: 'text' }

/** `here|hop` is a choice, FILE a file; what else a name says is for people. */
export function valuesOf(name: string): Values {
  if (name.includes('|')) return { kind: 'choice', words: name.split('|') }
  if (/^FILE\b/.test(name)) return { kind: 'file' }
  if (/^(FOLDER|DIR)\b/.test(name)) return { kind: 'folder' }
  return { kind: 'text' }
}

/** `--config`, and `-c` where there is one. */
export function spellings(name: string, { short }: OptionDefinition): string[] {
  return [`--${name}`, ...(short ? [`-${short}`] : [])]
}

/** Quoted for bash, zsh and fish alike. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", '’')}'`
}
