import * as v from 'valibot'
import { exportEngineSchema } from '../../../shared/calls/config-calls.ts'
import { conflict } from '../../../shared/errors.ts'
import { describeSystemError } from '../../app/system-error.ts'
import { transferHandlers } from '../../app/transfer/transfer.ts'
import { createTrash } from '../../app/trash.ts'
import { UsageError, type Command } from '../command.ts'
import type { Console } from '../console.ts'
import { openPresentConfig, readConfigOption } from '../config-edit.ts'
import { isSameFile, openOutput, refuseExisting } from '../output-file.ts'

export const exportCommand: Command = {
  name: 'export',
  summary: 'Writes the port rules as a config of V2Ray, Xray or HAProxy, or all as a Nexthop export.',
  operands: [],
  options: {
    format: { type: 'string', value: 'v2ray|haproxy|nexthop', summary: 'v2ray is for Xray, too' },
    ...readConfigOption,
    output: {
      type: 'string',
      value: 'FILE',
      summary: 'the file to write, readable by its owner alone (stdout)',
    },
    force: { type: 'boolean', summary: 'overwrite the file of --output where it is there already' },
    'with-passwords': {
      type: 'boolean',
      summary: 'v2ray: the passwords too, in clear; without it, CHANGE-ME stands in their place',
    },
  },
  notes: [
    'For rules that outgrow one desktop. What the engine does otherwise, and what can not be said in its words and is left ' +
      'out, goes to stderr, a line each. Rules that are switched off are left out.',
  ],
  examples: [
    {
      line: 'nexthop export --format v2ray --output v2ray.json',
      says: 'for v2ray -config, or xray run -config',
    },
    { line: 'nexthop export --format haproxy > haproxy.cfg', says: 'for next hops that speak SOCKS4' },
  ],
  run: async (given, context) => {
    const { console } = context
    const format = given.text('format')
    if (format === undefined) throw new UsageError('--format is missing: v2ray, haproxy or nexthop')
    const { path, editor } = openPresentConfig(given, context)
    const output = given.text('output')
    if (output !== undefined) refuseOutput(output, path, given.flag('force'))
    const handlers = transferHandlers(editor, createTrash())
    if (format === 'nexthop') {
      if (given.flag('with-passwords')) {
        throw new UsageError('--with-passwords is for v2ray: the app locks them in its own exports')
      }
      await write(output, (await handlers['config.export']({})).text, console)
      const withPassword = editor.config.hops.filter(({ password }) => password !== undefined)
      if (withPassword.length > 0) tell(console, 'note', describeLeftPasswords(withPassword))
      return 0
    }
    const engine = v.safeParse(exportEngineSchema, format)
    if (!engine.success) throw new UsageError('--format must be v2ray, haproxy or nexthop')
    const { text, ruleCount, notes, unmapped } = await handlers['config.exportEngine']({
      engine: engine.output,
      withPasswords: given.flag('with-passwords'),
    })
    if (ruleCount > 0) await write(output, text, console)
    for (const message of notes) tell(console, 'note', message)
    for (const message of unmapped) tell(console, 'left out', message)
    if (ruleCount > 0) return 0
    console.error('Nothing is exported, for there is no port rule that can be')
    return 1
  },
}

/** Throws where the output would replace what is not to be replaced. */
function refuseOutput(output: string, configPath: string, isForced: boolean): void {
  if (isSameFile(output, configPath)) {
    throw conflict(
      `The file ${output} is the config itself, which an export must not replace: choose another file`,
    )
  }
  refuseExisting(output, isForced)
}

function describeLeftPasswords(hops: readonly { readonly name: string }[]): string {
  const names = hops.map(({ name }) => `"${name}"`).join(', ')
  return hops.length === 1
    ? `The password of ${names} is not in the export: the app can add it, locked with a passphrase`
    : `The passwords of ${names} are not in the export: the app can add them, locked with a passphrase`
}

async function write(path: string | undefined, text: string, console: Console): Promise<void> {
  if (path === undefined) {
    console.result(text.trimEnd(), { event: 'exported', text })
    return
  }
  const file = await openOutput(path)
  try {
    await file.writeFile(text)
  } catch (error) {
    throw conflict(`The file ${path} can not be written: ${describeSystemError(error)}`)
  } finally {
    await file.close()
  }
  console.result(`${path} is written`, { event: 'exported', file: path })
}

/** On stderr, so that the config alone is on stdout. */
function tell(console: Console, what: 'note' | 'left out', message: string): void {
  const entry = { event: what === 'note' ? 'note' : 'unmapped', message }
  console.writeLog(`${console.isJson ? JSON.stringify(entry) : `${what.padEnd(8)} ${message}`}\n`)
}
