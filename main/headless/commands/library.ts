import { existsSync } from 'node:fs'
import { notFound } from '../../../shared/errors.ts'
import { inLanguage, type RuleSet } from '../../../shared/library/rule-set.ts'
import { InvalidError } from '../../app/invalid-error.ts'
import { applySet } from '../../app/library/apply-set.ts'
import { libraryFolder } from '../../app/library/library-folder.ts'
import { listSets } from '../../app/library/library.ts'
import { readSet } from '../../app/library/read-set.ts'
import { UsageError, type Command, type ExitCode, type Given } from '../command.ts'
import { configOption, openConfig, type EditedConfig } from '../config-edit.ts'
import type { Console } from '../console.ts'
import { answerForm, describeQuestion, parseAnswers } from '../library-answers.ts'
import { readInput } from '../read-input.ts'
import { tellChanges, tellOutcome } from '../tell-changes.ts'

export const library: Command = {
  name: 'library',
  summary: 'Adds rule sets: hops, lists and rules with sound defaults that ask only for what is missing.',
  operands: [
    { name: 'list|show|apply', summary: 'what to do' },
    { name: 'SET', summary: 'show and apply: the set’s id, or a file that holds one', optional: true },
  ],
  options: {
    ...configOption,
    set: {
      type: 'string',
      value: 'NAME=VALUE',
      multiple: true,
      summary: 'apply: the answer to a question of the set',
    },
    'dry-run': { type: 'boolean', summary: 'apply: tell what would change, and change nothing' },
  },
  notes: [
    '"nexthop library show SET" tells what a set asks for. Your own sets are JSON files in the folder "library" beside the ' +
      'config. A "nexthop serve" that runs on this config follows at once.',
    'A password in a URL stays in your shell’s history. Leave it out, and enter it in the app.',
  ],
  examples: [
    { line: 'nexthop library list', says: 'what there is' },
    {
      line: 'nexthop library apply next-hop-proxy --set hops=Office=socks5h://10.0.0.5:1080',
      says: 'a working TCP proxy port 9102',
    },
  ],
  run: async (given, context) => {
    const { console } = context
    const [action, name] = given.operands
    const config = openConfig(given, context)
    if (action === 'list') {
      if (name !== undefined) throw new UsageError('list takes no SET: library show SET tells more of one')
      return list(config, console)
    }
    if (action !== 'show' && action !== 'apply') throw new UsageError('library takes list, show or apply')
    if (name === undefined) throw new UsageError('SET is missing: library list tells which there are')
    const set = findSet(name, config, console)
    return action === 'show' ? show(set, console) : apply(set, given, config, console)
  },
}

function sets(config: EditedConfig, console: Console) {
  return listSets(libraryFolder(config.path), {
    warn: (message) => {
      console.error(message)
    },
  })
}

function list(config: EditedConfig, console: Console): ExitCode {
  for (const { set, isOwn } of sets(config, console)) {
    const name = inLanguage(set.name, 'en')
    const summary = inLanguage(set.summary, 'en')
    const line = `${set.id.padEnd(20)} ${name}${isOwn ? ' (yours)' : ''}\n${' '.repeat(21)}${summary}`
    console.result(line, { event: 'set', id: set.id, name, summary, isOwn })
  }
  return 0
}

function findSet(name: string, config: EditedConfig, console: Console): RuleSet {
  const found = sets(config, console).find(({ set }) => set.id === name)
  if (found) return found.set
  if (existsSync(name)) return readSet(readInput(name))
  throw notFound(`There is no rule set or file "${name}": library list tells which there are`)
}

function show(set: RuleSet, console: Console): ExitCode {
  if (console.isJson) {
    console.result('', { event: 'set', set })
    return 0
  }
  console.note(inLanguage(set.name, 'en'))
  console.note(inLanguage(set.summary, 'en'))
  for (const question of set.questions) console.note(`  ${describeQuestion(question)}`)
  return 0
}

async function apply(set: RuleSet, given: Given, edited: EditedConfig, console: Console): Promise<ExitCode> {
  const { editor } = edited
  const answers = parseAnswers(set, given.texts('set'), editor.config.hops)
  const { config, preview } = mistakesAsUsage(set, () => applySet(editor.config, set, answers))
  const isDryRun = given.flag('dry-run')
  if (!isDryRun) await editor.change(() => ({ config, value: undefined }))
  tellChanges(preview, console)
  tellOutcome(edited, isDryRun, preview, console)
  return 0
}

/** An answer that is missing or wrong is one that was not typed right. */
function mistakesAsUsage<T>(set: RuleSet, task: () => T): T {
  try {
    return task()
  } catch (error) {
    const issues = error instanceof InvalidError ? error.issues : []
    const [first] = issues
    if (first?.path[0] !== 'answers') throw error
    const lines = issues.map(({ path, message }) => `--set ${answerForm(set, path[1])}: ${message}`)
    throw new UsageError([...new Set(lines)].join('; '))
  }
}
