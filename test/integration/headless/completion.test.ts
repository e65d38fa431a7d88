import { writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { cli } from '../../support/cli.ts'
import { managed } from '../../support/managed.ts'
import { mustRun, run } from '../../support/process.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { describeWith, tool } from '../../support/tools.ts'

/** The folder with what the program prints, in a file. */
async function printed(args: readonly string[]) {
  const { code, stdout } = await cli(args)
  expect(code).toBe(0)
  const folder = await managed(makeTempDir())
  await writeFile(folder.file('printed'), stdout)
  await writeFile(folder.file('config.json'), '{}')
  return folder
}

describeWith(['bash'], 'the completion in bash', () => {
  it.each([
    [['nexthop', 'fo'], ['forward']],
    [
      ['nexthop', 'forward', '--re'],
      ['--receive-header', '--resolve', '--retries'],
    ],
    [
      ['nexthop', 'forward', '--resolve', ''],
      ['here', 'hop'],
    ],
    [['nexthop', 'forward', '--user', ''], []],
    [['nexthop', 'serve', '--config', 'conf'], ['config.json']],
    [['nexthop', 'validate', 'conf'], ['config.json']],
    [
      ['nexthop', 'completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [
      ['nexthop', 'library', ''],
      ['list', 'show', 'apply'],
    ],
    [['nexthop', 'library', 'show', ''], []],
    [
      ['nexthop', 'profile', '--config', 'list.json', ''],
      ['list', 'use'],
    ],
    [['nexthop', 'profile', '--json', 'use', ''], []],
    [['nexthop', 'help', 'forward', ''], []],
    [
      ['nexthop', 'export', '--format', ''],
      ['v2ray', 'haproxy', 'nexthop'],
    ],
  ])('of %j offers %j', async (words, offered) => {
    const folder = await printed(['completion', 'bash'])
    // What readline does at Tab; compopt works only there.
    const script = `compopt() { :; }
. ./printed
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}) COMP_CWORD=${words.length - 1}
_nexthop
printf '%s\\n' "\${COMPREPLY[@]}"`
    const output = await mustRun(tool('bash'), ['--norc', '-c', script], { cwd: folder.path })
    expect(output.split('\n').filter((line) => line !== '')).toEqual(offered)
  })
})

describeWith(['fish'], 'the completion in fish', () => {
  it.each([
    ['nexthop fo', ['forward']],
    ['nexthop forward --resol', ['--resolve']],
    ['nexthop forward --resolve h', ['here', 'hop']],
    ['nexthop serve --config conf', ['config.json']],
    ['nexthop library ', ['apply', 'list', 'show']],
    ['nexthop library show ', []],
    ['nexthop export --format ', ['haproxy', 'nexthop', 'v2ray']],
  ])('of "%s" offers %j', async (line, offered) => {
    const folder = await printed(['completion', 'fish'])
    const script = `source ./printed; complete -C ${JSON.stringify(line)}`
    const output = await mustRun(tool('fish'), ['--no-config', '-c', script], {
      cwd: folder.path,
      env: { ...process.env, HOME: folder.path },
    })
    const words = output.split('\n').map((row) => row.split('\t')[0])
    expect(words.filter((word) => word !== '')).toEqual(offered)
  })
})

describeWith(['zsh'], 'the completion in zsh', () => {
  it('is a script that zsh can read', async () => {
    const folder = await printed(['completion', 'zsh'])
    await mustRun(tool('zsh'), ['-n', folder.file('printed')])
  })

  it.each([
    ['forw\\t--direc\\t', 'forward --direct'],
    ['library sh\\t', 'library show'],
    ['export --format ha\\t', 'export --format haproxy'],
  ])('completes %s in a terminal', async (typed, completed) => {
    const folder = await printed(['completion', 'zsh'])
    // A shell in a pseudo-terminal, where Tab is pressed and Enter tells what became of the line.
    const script = `zmodload zsh/zpty
zpty shell "TERM=dumb zsh -f -i"
zpty -w shell "PS1=; autoload -U compinit; compinit -u -D; source ./printed; nexthop() { print -r -- \\"got:\\$*:\\" }; print re''ady"
until [[ $seen == *ready* ]]; do zpty -r shell line || exit 1; seen+=$line; done
zpty -w -n shell $'nexthop ${typed}\\n'
seen=
until [[ $seen == *got:*:* ]]; do zpty -r shell line || exit 1; seen+=$line; done
print -r -- $seen`
    const { stdout } = await run(tool('zsh'), ['-f', '-c', script], {
      cwd: folder.path,
      env: { ...process.env, HOME: folder.path },
    })
    expect(stdout).toContain(`got:${completed}:`)
  })
})

describeWith(['man'], 'the manual page', () => {
  it('is set without a warning', async () => {
    const folder = await printed(['man'])
    const { code, stdout, stderr } = await run(
      tool('man'),
      ['--warnings', '-E', 'UTF-8', '-l', '-Tutf8', '-Z', folder.file('printed')],
      { env: { ...process.env, LC_ALL: 'C.UTF-8', MANROFFSEQ: '' } },
    )
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(stdout.length).toBeGreaterThan(1000)
  })
})

describe('what is printed for shells', () => {
  it('is refused for a shell that is not known', async () => {
    const { code, stderr } = await cli(['completion', 'tcsh'])
    expect(code).toBe(2)
    expect(stderr).toContain('bash, zsh, fish')
  })
})
