import { writeFileSync } from 'node:fs'
import * as v from 'valibot'
import { exportEngineSchema } from '../../../shared/calls/config-calls.ts'
import { conflict } from '../../../shared/errors.ts'
import { describeSystemError } from '../../app/system-error.ts'
import { transferHandlers } from '../../app/transfer/transfer.ts'
import { createTrash } from '../../app/trash.ts'
import { UsageError, type Command, type Given } from '../command.ts'
import type { Console } from '../console.ts'
import { configOption, openConfig } from '../config-edit.ts'

export const exportCommand: Command = {
  name: 'export',
  summary: 'Writes the port rules as a config of V2Ray, Xray or HAProxy, or all as a Nexthop export.',
  operands: [],
  options: {
    format: { type: 'string', value: 'FORMAT', summary: 'v2ray (for Xray, too), haproxy or nexthop' },
    ...configOption,
    output: {
      type: 'string',
      value: 'FILE',
      summary: 'the file to write, readable by its owner alone (stdout)',
    },
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
      line: 'nexthop export --format v2ray --output config.json',
      says: 'for v2ray -config, or xray run -config',
    },
    { line: 'nexthop export --format haproxy > haproxy.cfg', says: 'for next hops that speak SOCKS4' },
  ],
  run: async (given, { console, env }) => {
    const format = given.text('format')
    if (format === undefined) throw new UsageError('--format is missing: v2ray, haproxy or nexthop')
    const { editor } = openConfig(given, env)
    const handlers = transferHandlers(editor, createTrash())
    if (format === 'nexthop') {
      if (given.flag('with-passwords')) {
        throw new UsageError('--with-passwords is for v2ray: the app locks them in its own exports')
      }
      write(given, (await handlers['config.export']({})).text, console)
      return 0
    }
    const engine = v.safeParse(exportEngineSchema, format)
    if (!engine.success) throw new UsageError('--format must be v2ray, haproxy or nexthop')
    const { text, notes, unmapped } = await handlers['config.exportEngine']({
      engine: engine.output,
      withPasswords: given.flag('with-passwords'),
    })
    write(given, text, console)
    for (const message of notes) tell(console, 'note', message)
    for (const message of unmapped) tell(console, 'left out', message)
    return 0
  },
}

function write(given: Given, text: string, console: Console): void {
  const path = given.text('output')
  if (path === undefined) {
    console.result(text.trimEnd(), { event: 'exported', text })
    return
  }
  try {
    writeFileSync(path, text, { mode: 0o600 })
  } catch (error) {
    throw conflict(`${path} can not be written: ${describeSystemError(error)}`)
  }
  console.result(`${path} is written`, { event: 'exported', file: path })
}

/** On stderr, so that the config alone is on stdout. */
function tell(console: Console, what: 'note' | 'left out', message: string): void {
  const entry = { event: what === 'note' ? 'note' : 'unmapped', message }
  console.writeLog(`${console.isJson ? JSON.stringify(entry) : `${what.padEnd(8)} ${message}`}\n`)
}
