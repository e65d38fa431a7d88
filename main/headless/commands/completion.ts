import { UsageError, type Command } from '../command.ts'
import { bashCompletion } from '../shell-completion/bash.ts'
import { fishCompletion } from '../shell-completion/fish.ts'
import { zshCompletion } from '../shell-completion/zsh.ts'

const shells: Readonly<Record<string, (commands: readonly Command[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
}

export const completion: Command = {
  name: 'completion',
  summary: 'Prints what makes a shell complete the commands and options of nexthop.',
  operands: [{ name: 'bash|zsh|fish', summary: 'the shell' }],
  options: {},
  notes: ['Packages of Nexthop bring these files along, in the places where the shells look for them.'],
  examples: [
    {
      line:
        'mkdir -p ~/.local/share/bash-completion/completions && ' +
        'nexthop completion bash > ~/.local/share/bash-completion/completions/nexthop',
      says: 'for bash',
    },
    {
      line: 'mkdir -p ~/.zfunc && nexthop completion zsh > ~/.zfunc/_nexthop',
      says: 'for zsh, with "fpath=(~/.zfunc $fpath)" before compinit in ~/.zshrc',
    },
    {
      line: 'mkdir -p ~/.config/fish/completions && nexthop completion fish > ~/.config/fish/completions/nexthop.fish',
      says: 'for fish',
    },
  ],
  run: ({ operands: [name = ''] }, { console, commands }) => {
    const script = Object.hasOwn(shells, name) ? shells[name] : undefined
    if (!script) throw new UsageError(`the shell is one of ${Object.keys(shells).join(', ')}`)
    const text = script(commands)
    console.result(text.trimEnd(), { shell: name, script: text })
    return Promise.resolve(0)
  },
}
