import { describe, expect, it } from 'vitest'
import { commands } from '../../../main/headless/commands.ts'
import { optionsOf } from '../../../main/headless/parse-arguments.ts'
import { manPage } from '../../../main/headless/man-page.ts'
import { bashCompletion } from '../../../main/headless/shell-completion/bash.ts'
import { fishCompletion } from '../../../main/headless/shell-completion/fish.ts'
import { valuesOf } from '../../../main/headless/shell-completion/values.ts'
import { zshCompletion } from '../../../main/headless/shell-completion/zsh.ts'

describe('the completion of shells', () => {
  it.each([
    ['bash', bashCompletion],
    ['zsh', zshCompletion],
    ['fish', fishCompletion],
  ])('knows every command and option in %s', (shell, script) => {
    const text = script(commands)
    for (const command of commands) {
      expect(text).toContain(command.name)
      for (const name of Object.keys(optionsOf(command))) {
        expect(text).toContain(shell === 'fish' ? `-l ${name}` : `--${name}`)
      }
    }
  })

  it.each([
    ['here|hop', { kind: 'choice', words: ['here', 'hop'] }],
    ['FILE', { kind: 'file' }],
    ['FOLDER', { kind: 'folder' }],
    ['URL', { kind: 'text' }],
  ])('offers for %s what it stands for', (name, values) => {
    expect(valuesOf(name)).toEqual(values)
  })
})

describe('the manual page', () => {
  const page = manPage(commands, '1.2.3')

  it.each(commands)('tells of $name and its options', (command) => {
    expect(page).toContain(`.SS "nexthop ${command.name.replaceAll('-', '\\-')}"`)
    for (const name of Object.keys(optionsOf(command))) {
      expect(page).toContain(`\\fB\\-\\-${name.replaceAll('-', '\\-')}\\fR`)
    }
  })

  it('ends the word for an example with one mark alone', () => {
    const lines = page.split('\n').filter((line) => line.startsWith('Example'))
    expect(lines.length).toBeGreaterThan(commands.length)
    expect(lines.filter((line) => /[?.:]:$/.test(line))).toEqual([])
  })

  it('has no line that begins like a request by accident', () => {
    const known = /^\.(TH|SH|SS|TP|PP|RS|RE|nf|fi|br|BR)\b/
    expect(page.split('\n').filter((line) => /^[.']/.test(line) && !known.test(line))).toEqual([])
  })
})
